"""A parcel arrives, by whose word; or it does not, and the operator finds out."""

from datetime import timedelta

import pytest

from lapak.affiliates.models import Commission
from lapak.flows.clocks import run_due_clocks
from lapak.flows.ship_order import confirm_receipt, decide_fate, deliver_order, ship_order
from lapak.lib import clock
from lapak.money.payments.models import Refund
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, paid_order, tracking_number
from lapak.testing.refused import refused
from lapak.trade.orders.commands import claim_not_arrived, complete_when_due, pack_order
from lapak.trade.orders.errors import (
    DecisionMissing,
    NotArrived,
    OrderMoved,
    OrderNotFound,
    ReturnOpen,
    TooEarly,
)
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import orders_not_arrived
from lapak.trade.orders.tests.conftest import last_event, later

pytestmark = pytest.mark.django_db


def days_to_object(order: Order) -> int:
    assert order.complete_at is not None
    assert order.delivered_at is not None
    return (order.complete_at - order.delivered_at).days


class TestByWhoseWord:
    def test_by_the_courier_s_six_days(self, shipped: Order) -> None:
        order = deliver_order(None, shipped.id)
        assert (order.delivered_by, days_to_object(order)) == ("courier", 6)

    def test_by_the_shop_s_alone_ten(self, cast: Cast, shipped: Order) -> None:
        with later(shipped, "shipped_at", days=3):
            order = deliver_order(cast.seller, shipped.id)
        assert (order.delivered_by, days_to_object(order)) == ("shop", 10)
        assert order.complete_at is not None
        with clock.stopped_at(order.complete_at - timedelta(seconds=1)):
            assert run_due_clocks()["completed"] == 0
        with clock.stopped_at(order.complete_at + timedelta(seconds=1)):
            assert run_due_clocks()["completed"] == 1

    def test_the_shop_s_word_counts_not_before_the_service_can_be_there(self, cast: Cast, shipped: Order) -> None:
        """JNE Reguler takes two days at least."""
        with refused(TooEarly):
            deliver_order(cast.seller, shipped.id)
        with later(shipped, "shipped_at", days=1), refused(TooEarly):
            deliver_order(cast.seller, shipped.id)

    @pytest.mark.parametrize("who", ["stranger", "buyer"])
    def test_nobody_else_s(self, cast: Cast, shipped: Order, who: str) -> None:
        with refused(OrderNotFound):
            deliver_order(getattr(cast, who), shipped.id)

    def test_by_the_buyer_s_it_is_completed_and_settled(self, cast: Cast, shipped: Order) -> None:
        with refused(OrderNotFound):
            confirm_receipt(cast.stranger, shipped.id)
        with refused(OrderNotFound):
            confirm_receipt(cast.seller, shipped.id)
        order = confirm_receipt(cast.buyer, shipped.id)
        order.refresh_from_db()
        assert (order.state, order.delivered_by, order.escrow_idr) == ("completed", "buyer", 0)
        assert order.settled_at


class TestNotArrived:
    def test_the_buyer_is_heard_after_fifteen_days(self, cast: Cast, shipped: Order) -> None:
        with later(shipped, "arrive_by"), refused(TooEarly):
            claim_not_arrived(cast.buyer, shipped.id)
        with later(shipped, "arrive_by", seconds=1):
            with refused(OrderNotFound):
                claim_not_arrived(cast.seller, shipped.id)
            order = claim_not_arrived(cast.buyer, shipped.id)
            with refused(OrderMoved):
                claim_not_arrived(cast.buyer, shipped.id)
            assert last_event(order) == ("not_arrived", "shipped", "shipped", cast.buyer, "")
            assert (order.state, order.escrow_idr) == ("shipped", 115_000)

    def test_then_the_shop_s_word_no_longer_counts_and_the_courier_s_does(self, cast: Cast, shipped: Order) -> None:
        with later(shipped, "arrive_by", seconds=1):
            claim_not_arrived(cast.buyer, shipped.id)
            with refused(NotArrived):
                deliver_order(cast.seller, shipped.id)
            assert deliver_order(None, shipped.id).state == "delivered"

    def test_the_operator_s_list_has_it_claimed_or_not_and_says_what_is_late(self, cast: Cast, shipped: Order) -> None:
        with later(shipped, "arrive_by"):
            assert not orders_not_arrived()
        with later(shipped, "decide_by", seconds=1):
            assert list(orders_not_arrived()) == [shipped]

    def test_lost_all_goes_back_and_nobody_earns(self, cast: Cast) -> None:
        shirt = stocked_variant(cast.shop)
        order = paid_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
        pack_order(cast.seller, order.id)
        ship_order(cast.seller, order.id, tracking_number())
        with later(order, "arrive_by", seconds=1):
            lost = decide_fate(cast.operator, order.id, "lost", "The courier paid the shop.")
        assert (lost.state, lost.refunded_idr, lost.escrow_idr) == ("refunded", 115_000, 0)
        assert Refund.objects.get().amount_idr == 115_000
        assert Commission.objects.get().state == "reversed"
        assert last_event(lost)[2:] == ("refunded", cast.operator, "The courier paid the shop.")

    def test_delivered_the_buyer_has_six_days_and_may_still_object(self, cast: Cast, shipped: Order) -> None:
        with later(shipped, "arrive_by", seconds=1):
            order = decide_fate(cast.operator, shipped.id, "delivered", "Signed for by a neighbour.")
            assert (order.delivered_by, days_to_object(order)) == ("courier", 6)
            assert asked_return(cast, order, reason="not_arrived").goods_come_back is False

    @pytest.mark.parametrize(("fate", "words"), [("gone", "x"), ("lost", " "), ("lost", "x" * 1001)])
    def test_not_without_reasons(self, cast: Cast, shipped: Order, fate: str, words: str) -> None:
        with later(shipped, "arrive_by", seconds=1), refused(DecisionMissing):
            decide_fate(cast.operator, shipped.id, fate, words)

    def test_not_by_others_nor_too_early_nor_of_what_arrived(self, cast: Cast, shipped: Order) -> None:
        with refused(TooEarly):
            decide_fate(cast.operator, shipped.id, "lost", "x")
        with later(shipped, "arrive_by", seconds=1):
            for who in (cast.buyer, cast.seller, cast.stranger):
                with refused(OrderNotFound):
                    decide_fate(who, shipped.id, "lost", "x")
            deliver_order(None, shipped.id)
            with refused(OrderMoved):
                decide_fate(cast.operator, shipped.id, "lost", "x")


def test_an_order_completes_by_itself_only_after_its_days_and_its_return(cast: Cast, shipped: Order) -> None:
    order = deliver_order(None, shipped.id)
    with later(order, "complete_at"), refused(OrderMoved):
        complete_when_due(order.id)
    asked_return(cast, order)
    with later(order, "complete_at", seconds=1):
        with refused(ReturnOpen):
            complete_when_due(order.id)
        with refused(ReturnOpen):
            confirm_receipt(cast.buyer, order.id)
