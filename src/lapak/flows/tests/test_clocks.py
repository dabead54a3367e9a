"""What time alone brings about."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.affiliates.models import Commission
from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.clocks import run_due_clocks
from lapak.flows.ship_order import confirm_receipt, deliver_order, ship_order
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import PaymentIntent
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.orders.cancelling import ask_to_cancel, decline_to_cancel
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.shipping.errors import TrackingNumberMalformed, TrackingNumberTaken
from lapak.trade.shipping.models import Parcel

pytestmark = pytest.mark.django_db


def clocks_after(**span: float) -> dict[str, int]:
    with clock.stopped_at(clock.now() + timedelta(**span)):
        return {what: count for what, count in run_due_clocks().items() if count}


@pytest.fixture
def paid(placed: Order, pay: Callable[..., str]) -> Order:
    pay(placed.purchase_id)
    placed.refresh_from_db()
    return placed


def test_an_unpaid_purchase_ends_after_thirty_minutes(placed: Order) -> None:
    assert clocks_after(minutes=29) == {}
    assert clocks_after(minutes=34) == {"expired": 1}
    placed.refresh_from_db()
    assert placed.state == "cancelled"
    stock = placed.lines.get().variant.stock
    assert (stock.on_hand, stock.reserved) == (10, 0)
    assert Commission.objects.get().state == "reversed"
    assert PaymentIntent.objects.get().status == "expired"
    assert clocks_after(minutes=34) == {}


def test_an_unshipped_order_is_cancelled_and_refunded(cast: Cast, paid: Order) -> None:
    packed = pack_order(cast.seller, paid.id)
    assert packed.ship_by is not None
    with clock.stopped_at(packed.ship_by + timedelta(seconds=1)):
        assert run_due_clocks()["unshipped"] == 1
    refund = AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(cast.buyer.id))
    assert balance_idr(refund) == 115_000
    event = OrderEvent.objects.filter(order=paid).latest("happened_at")
    assert (event.to_state, event.actor, event.reason) == ("cancelled", None, "Not handed to the courier in time.")


def test_a_seller_silent_on_a_wish_to_cancel_has_agreed(cast: Cast, paid: Order) -> None:
    pack_order(cast.seller, paid.id)
    Order.objects.update(ship_by=clock.now() + timedelta(days=9))
    ask_to_cancel(cast.buyer, paid.id)
    assert clocks_after(hours=47) == {}
    assert clocks_after(hours=49) == {"silent": 1}


def test_the_shop_has_the_hours_that_the_order_was_placed_under(cast: Cast, paid: Order) -> None:
    pack_order(cast.seller, paid.id)
    Order.objects.update(ship_by=clock.now() + timedelta(days=9), cancel_answer_within_hours=24)
    asked = ask_to_cancel(cast.buyer, paid.id)
    assert asked.cancel_asked_at is not None
    assert asked.events.latest("id").deadline == asked.cancel_asked_at + timedelta(hours=24)
    assert clocks_after(hours=23) == {}
    assert clocks_after(hours=25) == {"silent": 1}


def test_a_declined_wish_is_off_the_table(cast: Cast, paid: Order) -> None:
    pack_order(cast.seller, paid.id)
    Order.objects.update(ship_by=clock.now() + timedelta(days=9))
    ask_to_cancel(cast.buyer, paid.id)
    with refused(OrderMoved):
        ask_to_cancel(cast.buyer, paid.id)
    decline_to_cancel(cast.seller, paid.id)
    assert clocks_after(hours=49) == {}


def test_a_delivered_order_completes_and_settles_after_six_days(cast: Cast, paid: Order) -> None:
    pack_order(cast.seller, paid.id)
    ship_order(cast.seller, paid.id, "JX0001234567")
    deliver_order(None, paid.id)
    assert clocks_after(days=5.9) == {}
    assert clocks_after(days=6.1) == {"completed": 1, "settled": 1, "credited": 1}
    assert balance_idr(AccountKey(AccountKind.SELLER_PAYABLE, str(cast.shop.id))) == 87_780


class TestRefused:
    def test_cancelling_out_of_turn(self, cast: Cast, paid: Order) -> None:
        with refused(OrderMoved):
            cancel_unpaid_purchase(cast.buyer, paid.purchase_id, "")
        pack_order(cast.seller, paid.id)
        ship_order(cast.seller, paid.id, "JX0001234567")
        with refused(OrderMoved):
            cancel_paid_order(cast.buyer, paid.id, "")
        with refused(OrderMoved):
            pack_order(cast.seller, paid.id)
        with refused(OrderMoved):
            ship_order(cast.seller, paid.id, "JX0001234568")
        with refused(OrderMoved):
            ask_to_cancel(cast.buyer, paid.id)

    def test_receiving_what_was_not_sent(self, cast: Cast, paid: Order) -> None:
        with refused(OrderMoved):
            confirm_receipt(cast.buyer, paid.id)

    @pytest.mark.parametrize("number", ["", "12", "JX 00;DROP", "x" * 41])
    def test_a_malformed_tracking_number(self, cast: Cast, paid: Order, number: str) -> None:
        pack_order(cast.seller, paid.id)
        with refused(TrackingNumberMalformed):
            ship_order(cast.seller, paid.id, number)
        paid.refresh_from_db()
        assert paid.state == "packed"
        assert paid.lines.get().variant.stock.reserved == 1

    def test_a_tracking_number_on_another_parcel(self, cast: Cast, paid: Order) -> None:
        pack_order(cast.seller, paid.id)
        Parcel.objects.create(
            order_id=cast.shop.id,
            shop_id=cast.shop.id,
            min_days=2,
            service_id=paid.shipping_service,
            tracking_number="JX0001234567",
            shipped_at=clock.now(),
        )
        with refused(TrackingNumberTaken):
            ship_order(cast.seller, paid.id, "jx0001234567")
        paid.refresh_from_db()
        assert paid.state == "packed"
