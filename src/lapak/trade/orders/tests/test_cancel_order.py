"""Cancelling: by whom until when, the wish and its answer, and several shops at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lapak.flows.cancel_order import (
    agree_to_cancel,
    cancel_late_order,
    cancel_paid_order,
    cancel_unanswered_order,
    cancel_unpaid_purchase,
)
from lapak.flows.clocks import run_due_clocks
from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue.models import Stock
from lapak.lib import clock
from lapak.money.payments.models import Refund
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast, asked_for, stocked_variant
from lapak.testing.refused import refused
from lapak.trade.orders.cancelling import ask_to_cancel, decline_to_cancel
from lapak.trade.orders.commands import show_handed_over
from lapak.trade.orders.errors import CancelDeclined, OrderMoved, OrderNotFound, OutOfTime
from lapak.trade.orders.models import Order
from lapak.trade.orders.tests.conftest import last_event, later

pytestmark = pytest.mark.django_db


class TestBeforeItIsPaid:
    def test_only_by_the_buyer(self, cast: Cast, unpaid: Order) -> None:
        with refused(OrderNotFound):
            cancel_unpaid_purchase(cast.stranger, unpaid.purchase_id, "")
        with refused(OrderNotFound):
            cancel_unpaid_purchase(cast.seller, unpaid.purchase_id, "")
        cancel_unpaid_purchase(cast.buyer, unpaid.purchase_id, "Too dear.")
        assert last_event(unpaid) == ("moved", "awaiting_payment", "cancelled", cast.buyer, "Too dear.")

    def test_by_the_clock_not_before_its_time(self, unpaid: Order) -> None:
        with later(unpaid, "pay_by"), refused(OrderMoved):
            cancel_unpaid_purchase(None, unpaid.purchase_id, "")
        with later(unpaid, "pay_by", seconds=1):
            cancel_unpaid_purchase(None, unpaid.purchase_id, "")

    def test_the_stock_of_all_its_shops_is_locked_in_one_statement(self, cast: Cast) -> None:
        other = open_shop(cast.stranger, slug="toko-lain", name="Toko Lain", city="Solo", province_code="33")
        goods = [stocked_variant(shop) for shop in (cast.shop, other, cast.shop)]
        purchase_id = place_purchase(cast.buyer.id, asked_for(cast, *((variant, 2) for variant in goods)))
        with CaptureQueriesContext(connection) as done:
            cancel_unpaid_purchase(cast.buyer, purchase_id, "")
        assert sum("catalogue_stock" in query["sql"] for query in done) == 1
        assert list(Stock.objects.values_list("reserved", flat=True)) == [0, 0, 0]


class TestBeforeItIsPacked:
    @pytest.mark.parametrize("who", ["buyer", "seller"])
    def test_by_either_side_at_once_and_all_is_owed_back(self, cast: Cast, paid: Order, who: str) -> None:
        order = cancel_paid_order(getattr(cast, who), paid.id, "Changed my mind.")
        assert (order.state, order.escrow_idr) == ("cancelled", 0)
        refund = Refund.objects.get()
        assert (refund.buyer_id, refund.order_id, refund.amount_idr) == (cast.buyer.id, order.id, 115_000)

    @pytest.mark.parametrize("who", ["stranger", "operator"])
    def test_by_nobody_else(self, cast: Cast, paid: Order, who: str) -> None:
        with refused(OrderNotFound):
            cancel_paid_order(getattr(cast, who), paid.id, "")

    def test_by_the_clock_not_before_its_time(self, paid: Order) -> None:
        with later(paid, "pack_by"), refused(OrderMoved):
            cancel_late_order(paid.id)


class TestOncePacked:
    def test_the_buyer_asks_and_the_shop_may_say_so_by_itself(self, cast: Cast, packed: Order) -> None:
        with refused(OrderMoved):
            cancel_paid_order(cast.buyer, packed.id, "")
        assert cancel_paid_order(cast.seller, packed.id, "It broke.").state == "cancelled"

    def test_every_wish_and_answer_is_told(self, cast: Cast, packed: Order) -> None:
        asked = ask_to_cancel(cast.buyer, packed.id)
        assert last_event(packed) == ("cancel_asked", "packed", "packed", cast.buyer, "")
        assert asked.cancel_asked_at is not None
        assert packed.events.latest("id").deadline == asked.cancel_asked_at + timedelta(hours=48)
        decline_to_cancel(cast.seller, packed.id)
        assert last_event(packed) == ("cancel_declined", "packed", "packed", cast.seller, "")

    def test_not_once_the_courier_has_it(self, cast: Cast, packed: Order) -> None:
        show_handed_over(cast.seller, packed.id, "Manifest 7")
        with refused(OrderMoved):
            ask_to_cancel(cast.buyer, packed.id)

    def test_once_declined_the_parcel_may_leave(self, cast: Cast, packed: Order) -> None:
        """A wish again and again would keep it from leaving until it is cancelled as late."""
        ask_to_cancel(cast.buyer, packed.id)
        decline_to_cancel(cast.seller, packed.id)
        with refused(CancelDeclined):
            ask_to_cancel(cast.buyer, packed.id)

    @pytest.mark.parametrize("act", [decline_to_cancel, agree_to_cancel])
    def test_only_the_shop_answers_and_only_a_wish(self, cast: Cast, packed: Order, act: Callable[..., Order]) -> None:
        with refused(OrderMoved):
            act(cast.seller, packed.id)
        ask_to_cancel(cast.buyer, packed.id)
        for who in (cast.buyer, cast.stranger):
            with refused(OrderNotFound):
                act(who, packed.id)

    def test_only_the_buyer_wishes(self, cast: Cast, packed: Order) -> None:
        for who in (cast.seller, cast.stranger):
            with refused(OrderNotFound):
                ask_to_cancel(who, packed.id)

    def test_after_48_hours_the_shop_has_agreed_however_late_the_sweep(self, cast: Cast, packed: Order) -> None:
        asked_at = ask_to_cancel(cast.buyer, packed.id).cancel_asked_at
        assert asked_at is not None
        with clock.stopped_at(asked_at + timedelta(hours=48)), refused(OrderMoved):
            cancel_unanswered_order(packed.id)
        with clock.stopped_at(asked_at + timedelta(hours=48, seconds=1)):
            with refused(OutOfTime):
                decline_to_cancel(cast.seller, packed.id)
            assert run_due_clocks()["silent"] == 1
        packed.refresh_from_db()
        assert packed.state == "cancelled"

    def test_answered_in_the_last_second_the_sweep_leaves_it(self, cast: Cast, packed: Order) -> None:
        asked_at = ask_to_cancel(cast.buyer, packed.id).cancel_asked_at
        assert asked_at is not None
        with clock.stopped_at(asked_at + timedelta(hours=48)):
            decline_to_cancel(cast.seller, packed.id)
        with clock.stopped_at(asked_at + timedelta(hours=48, seconds=1)), refused(OrderMoved):
            cancel_unanswered_order(packed.id)


def test_once_shipped_nobody_cancels(cast: Cast, shipped: Order) -> None:
    for who in (cast.buyer, cast.seller):
        with refused(OrderMoved):
            cancel_paid_order(who, shipped.id, "")
    with refused(OrderMoved):
        ask_to_cancel(cast.buyer, shipped.id)
