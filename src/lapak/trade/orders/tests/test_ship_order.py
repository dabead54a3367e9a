"""The parcel goes to the courier: with a number that the courier writes so, in time, and shown when it is late."""

import pytest

from lapak.flows.cancel_order import agree_to_cancel, cancel_late_order
from lapak.flows.clocks import run_due_clocks
from lapak.flows.ship_order import ship_order
from lapak.goods.catalogue.models import StockChange
from lapak.lib import clock
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.orders.cancelling import ask_to_cancel, decline_to_cancel
from lapak.trade.orders.commands import show_handed_over
from lapak.trade.orders.errors import CancelAsked, OrderMoved, OrderNotFound, OutOfTime, ReceiptMissing
from lapak.trade.orders.models import Order
from lapak.trade.orders.tests.conftest import last_event, later
from lapak.trade.shipping.errors import TrackingNumberMalformed
from lapak.trade.shipping.models import Parcel

pytestmark = pytest.mark.django_db

NUMBER = "JP123456789012"


def test_the_goods_leave_the_shelf_and_the_parcel_s_clocks_start(cast: Cast, packed: Order) -> None:
    order = ship_order(cast.seller, packed.id, " jp1234 56789012 ")
    assert order.shipped_at is not None
    assert order.arrive_by is not None
    assert order.decide_by is not None
    assert [(moment - order.shipped_at).days for moment in (order.arrive_by, order.decide_by)] == [15, 30]
    parcel = Parcel.objects.get()
    assert (parcel.tracking_number, parcel.shop_id, parcel.min_days) == (NUMBER, cast.shop.id, 2)
    change = StockChange.objects.latest("id")
    assert (change.from_on_hand, change.to_on_hand, change.reason) == (10, 9, "shipped")
    assert (change.actor, change.reference) == (cast.seller, order.id)


@pytest.mark.parametrize("who", ["stranger", "buyer", "operator"])
def test_nobody_else_ships(cast: Cast, packed: Order, who: str) -> None:
    with refused(OrderNotFound):
        ship_order(getattr(cast, who), packed.id, NUMBER)


@pytest.mark.parametrize(
    "number", ["AAAAAA", "AAAAAAAAAAAA", "000000000000", "1111-1111", "JP12", "ABCDEFGH12345678", "1" * 41]
)
def test_a_number_that_the_courier_does_not_write(cast: Cast, packed: Order, number: str) -> None:
    with refused(TrackingNumberMalformed):
        ship_order(cast.seller, packed.id, number)


def test_the_deadline_holds_however_late_the_sweep(cast: Cast, packed: Order) -> None:
    with later(packed, "ship_by", seconds=1):
        with refused(OutOfTime):
            ship_order(cast.seller, packed.id, NUMBER)
        assert run_due_clocks()["unshipped"] == 1
    packed.refresh_from_db()
    assert packed.state == "cancelled"
    assert last_event(packed)[4] == "Not handed to the courier in time."


class TestTheCourierHasIt:
    def test_shown_it_has_the_same_time_again(self, cast: Cast, packed: Order) -> None:
        deadline = packed.ship_by
        assert deadline is not None
        with later(packed, "ship_by", seconds=-1):
            shown = show_handed_over(cast.seller, packed.id, " Manifest 0815 ")
        assert shown.ship_by is not None
        assert shown.ship_by > deadline
        assert last_event(shown) == ("handed_over", "packed", "packed", cast.seller, "Manifest 0815")
        assert shown.events.latest("id").deadline == shown.ship_by
        with clock.stopped_at(shown.ship_by):
            with refused(OrderMoved):
                cancel_late_order(packed.id)
            ship_order(cast.seller, packed.id, NUMBER)

    def test_once(self, cast: Cast, packed: Order) -> None:
        show_handed_over(cast.seller, packed.id, "Manifest 0815")
        with refused(OrderMoved):
            show_handed_over(cast.seller, packed.id, "Manifest 0816")

    def test_then_it_is_cancelled_all_the_same(self, cast: Cast, packed: Order) -> None:
        show_handed_over(cast.seller, packed.id, "Manifest 0815")
        with later(packed, "ship_by", seconds=1):
            assert run_due_clocks()["unshipped"] == 1

    @pytest.mark.parametrize("receipt", ["", "  ", "x" * 201])
    def test_with_something_to_show(self, cast: Cast, packed: Order, receipt: str) -> None:
        with refused(ReceiptMissing):
            show_handed_over(cast.seller, packed.id, receipt)

    def test_in_time_and_by_the_shop(self, cast: Cast, packed: Order) -> None:
        with refused(OrderNotFound):
            show_handed_over(cast.stranger, packed.id, "Manifest 0815")
        with later(packed, "ship_by", seconds=1), refused(OutOfTime):
            show_handed_over(cast.seller, packed.id, "Manifest 0815")

    def test_only_of_a_packed_order(self, cast: Cast, paid: Order) -> None:
        with refused(OrderMoved):
            show_handed_over(cast.seller, paid.id, "Manifest 0815")


def test_while_the_buyer_waits_for_an_answer_nothing_is_shipped(cast: Cast, packed: Order) -> None:
    ask_to_cancel(cast.buyer, packed.id)
    with refused(CancelAsked):
        ship_order(cast.seller, packed.id, NUMBER)
    with refused(CancelAsked):
        show_handed_over(cast.seller, packed.id, "Manifest 0815")
    decline_to_cancel(cast.seller, packed.id)
    with refused(OrderMoved):
        agree_to_cancel(cast.seller, packed.id)
    assert ship_order(cast.seller, packed.id, NUMBER).state == "shipped"
