"""A shop does not have some of an order's goods: they are paid back, and the rest goes on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from lapak.affiliates.models import Commission
from lapak.flows.cancel_goods import cancel_goods
from lapak.flows.cancel_order import cancel_late_order, cancel_paid_order
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.flows.refund_return import approve_return
from lapak.flows.resolve_receipt import take_receipt_as_payment
from lapak.flows.ship_order import confirm_receipt, deliver_order, ship_order
from lapak.flows.tests.disputed import again, balance, intent_of, tell
from lapak.goods.catalogue.models import Stock, Variant
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM
from lapak.money.payments.models import Refund
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.histories import tracking_number
from lapak.testing.market import charge_report
from lapak.testing.refused import refused
from lapak.trade.orders.cancelling import ask_to_cancel
from lapak.trade.orders.commands import pack_order, show_handed_over
from lapak.trade.orders.errors import (
    CancelAsked,
    OrderMoved,
    OrderNotFound,
    OutOfTime,
    PaymentDisputed,
    PiecesRefused,
)
from lapak.trade.orders.models import Order, OrderLine
from lapak.trade.returns.asking import ask_for_return

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("everyone_has_what_is_theirs")]

SOLD_OUT = "The goods are sold out."


@pytest.fixture
def shirt(cast: Cast) -> Variant:
    return stocked_variant(cast.shop, price_idr=50_000)


@pytest.fixture
def mug(cast: Cast) -> Variant:
    return stocked_variant(cast.shop, price_idr=33_333)


@pytest.fixture
def order(cast: Cast, shirt: Variant, mug: Variant) -> Order:
    """Two shirts and three mugs, 199,999 and shipping, brought about by the creator's link."""
    click = click_on(link_to(cast, shirt.product))
    purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (shirt, 2), (mug, 3)), [click])
    order = Order.objects.get(purchase_id=purchase_id)
    receive_payment(charge_report(intent_of(order)), "sandbox")
    return again(order)


def line_of(order: Order, variant: Variant) -> OrderLine:
    return order.lines.get(variant=variant)


def shelf(variant: Variant) -> tuple[int, int]:
    stock = Stock.objects.get(variant=variant)
    return stock.on_hand, stock.reserved


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("pieces", [1, 3])
def test_what_is_missing_is_paid_back_and_free(
    cast: Cast, order: Order, mug: Variant, shirt: Variant, *, is_packed: bool, pieces: int
) -> None:
    if is_packed:
        pack_order(cast.seller, order.id)
    before, shipping_idr = again(order), order.shipping_idr
    cancel_goods(cast.seller, order.id, {line_of(order, mug).id: pieces}, SOLD_OUT)
    order = again(order)
    assert (order.state, order.refunded_goods_idr) == (before.state, 33_333 * pieces)
    assert order.escrow_idr == before.escrow_idr - 33_333 * pieces
    assert (order.remaining_shipping_idr, order.contract) == (shipping_idr, before.contract)
    refund = Refund.objects.get()
    assert (refund.amount_idr, refund.reason, refund.status) == (33_333 * pieces, SOLD_OUT, "owed")
    assert (shelf(mug), shelf(shirt)) == ((10, 3 - pieces), (10, 2))
    event = order.events.latest("id")
    assert (event.kind, event.actor, event.reason) == ("goods_missing", cast.seller, SOLD_OUT)


def test_the_rest_is_sent_settled_and_earned_on(cast: Cast, order: Order, mug: Variant, shirt: Variant) -> None:
    cancel_goods(cast.seller, order.id, {line_of(order, shirt).id: 1}, SOLD_OUT)
    pack_order(cast.seller, order.id)
    cancel_goods(cast.seller, order.id, {line_of(order, mug).id: 3}, SOLD_OUT)
    ship_order(cast.seller, order.id, tracking_number())
    assert (shelf(shirt), shelf(mug)) == ((9, 0), (10, 0))
    confirm_receipt(cast.buyer, order.id)
    assert balance(AccountKind.PLATFORM_FEE, PLATFORM) == 1_000
    assert balance(AccountKind.COURIER_PAYABLE, "jne") == order.shipping_idr
    assert Commission.objects.get(line=line_of(order, shirt)).amount_idr == 5_000


@pytest.mark.parametrize(("are_sold_out", "on_hand"), [(False, 10), (True, 2)])
def test_sold_out_nothing_more_is_for_sale_but_what_was_promised(
    cast: Cast, order: Order, mug: Variant, *, are_sold_out: bool, on_hand: int
) -> None:
    cancel_goods(cast.seller, order.id, {line_of(order, mug).id: 1}, SOLD_OUT, are_sold_out=are_sold_out)
    assert shelf(mug) == (on_hand, 2)


def test_of_everything_it_is_a_cancelled_order_shipping_and_all(cast: Cast, order: Order, mug: Variant) -> None:
    cancel_goods(cast.seller, order.id, {line_of(order, mug).id: 3}, SOLD_OUT)
    pieces = {line.id: line.remaining_quantity for line in order.lines.all()}
    cancel_goods(cast.seller, order.id, pieces, SOLD_OUT, are_sold_out=True)
    assert (again(order).state, again(order).escrow_idr) == ("cancelled", 0)
    assert sum(Refund.objects.values_list("amount_idr", flat=True)) == order.total_idr
    assert shelf(mug) == (10, 0)
    assert not Commission.objects.exclude(state="reversed").exists()


class TestAfterIt:
    @pytest.fixture(autouse=True)
    def a_shirt_is_missing(self, cast: Cast, order: Order, shirt: Variant) -> None:
        cancel_goods(cast.seller, order.id, {line_of(order, shirt).id: 1}, SOLD_OUT)

    def test_the_buyer_may_cancel_the_rest(self, cast: Cast, order: Order) -> None:
        cancel_paid_order(cast.buyer, order.id, "no")
        assert sum(Refund.objects.values_list("amount_idr", flat=True)) == order.total_idr

    def test_the_shop_cancels_the_rest_as_damaged(self, cast: Cast, order: Order, shirt: Variant) -> None:
        """Of the two shirts one was taken out before: one is damaged."""
        cancel_paid_order(cast.seller, order.id, "It is torn.", damaged=[line_of(order, shirt).id])
        assert shelf(shirt) == (10 - 1, 0)

    def test_the_clock_cancels_the_rest(self, order: Order) -> None:
        assert order.pack_by
        with clock.stopped_at(order.pack_by + timedelta(seconds=1)):
            cancel_late_order(order.id)
        assert sum(Refund.objects.values_list("amount_idr", flat=True)) == order.total_idr

    def test_all_the_rest_goes_back_for_its_faults_with_the_shipping(self, cast: Cast, order: Order) -> None:
        pack_order(cast.seller, order.id)
        ship_order(cast.seller, order.id, tracking_number())
        deliver_order(None, order.id)
        return_ = ask_for_return(
            cast.buyer,
            order.id,
            quantities={line.id: line.remaining_quantity for line in order.lines.all()},
            reason="damaged",
            words="All broken.",
            goods_come_back=False,
        )
        approve_return(cast.seller, return_.id)
        assert again(order).state == "refunded"
        assert sum(Refund.objects.values_list("amount_idr", flat=True)) == order.total_idr

    @pytest.mark.parametrize("amount_idr", [10_000, 60_000, 214_999])
    def test_the_bank_takes_the_payment_back(self, order: Order, amount_idr: int) -> None:
        """What is owed for the missing shirt first; the rest, still in the shop, is cancelled."""
        tell(order, "lost", amount_idr)
        assert again(order).state == "cancelled"
        live = Refund.objects.exclude(status="failed")
        assert sum(live.values_list("amount_idr", flat=True)) == order.total_idr
        assert sum(live.filter(route="chargeback").values_list("amount_idr", flat=True)) == amount_idr


def test_what_the_platform_had_put_in_goes_back_last(cast: Cast, shirt: Variant) -> None:
    """100,000 came for 165,000 and was taken: of three shirts two are missing, one after the other."""
    order = Order.objects.get(purchase_id=place_purchase(cast.buyer.id, asked_for(cast, (shirt, 3))))
    receive_payment(charge_report(intent_of(order), amount_idr=100_000), "sandbox")
    take_receipt_as_payment(cast.operator, intent_of(order).id)
    for _ in range(2):
        cancel_goods(cast.seller, order.id, {line_of(order, shirt).id: 1}, SOLD_OUT)
    cancel_paid_order(cast.seller, order.id, "no")
    assert sum(Refund.objects.values_list("amount_idr", flat=True)) == 100_000
    assert balance(AccountKind.PROMOTION_COST, PLATFORM) == 0


class TestRefused:
    def test_for_strangers_and_the_buyer(self, cast: Cast, order: Order, mug: Variant) -> None:
        for who in (cast.buyer, cast.stranger, cast.operator):
            with refused(OrderNotFound):
                cancel_goods(who, order.id, {line_of(order, mug).id: 1}, SOLD_OUT)

    @pytest.mark.parametrize("pieces", [0, -1, 4])
    def test_pieces_that_are_not_in_it(self, cast: Cast, order: Order, mug: Variant, pieces: int) -> None:
        with refused(PiecesRefused):
            cancel_goods(cast.seller, order.id, {line_of(order, mug).id: pieces}, SOLD_OUT)

    def test_another_orders_line_and_none_at_all(self, cast: Cast, order: Order, settled_order: Order) -> None:
        other = settled_order.lines.get().id
        for pieces in ({other: 1}, {}):
            with refused(PiecesRefused):
                cancel_goods(cast.seller, order.id, pieces, SOLD_OUT)

    def test_a_parcel_that_has_left(self, cast: Cast, order: Order, mug: Variant) -> None:
        act: Callable[..., Any] = cancel_goods
        asked = (cast.seller, order.id, {line_of(order, mug).id: 1}, SOLD_OUT)
        pack_order(cast.seller, order.id)
        show_handed_over(cast.seller, order.id, "Manifest 7")
        with refused(OrderMoved):
            act(*asked)
        ship_order(cast.seller, order.id, tracking_number())
        with refused(OrderMoved):
            act(*asked)

    def test_what_is_not_paid(self, cast: Cast, placed: Order) -> None:
        with refused(OrderMoved):
            cancel_goods(cast.seller, placed.id, {placed.lines.get().id: 1}, SOLD_OUT)

    def test_while_the_buyer_or_their_bank_waits(self, cast: Cast, order: Order, mug: Variant) -> None:
        asked = (cast.seller, order.id, {line_of(order, mug).id: 1}, SOLD_OUT)
        tell(order)
        with refused(PaymentDisputed):
            cancel_goods(*asked)
        tell(order, "won")
        pack_order(cast.seller, order.id)
        ask_to_cancel(cast.buyer, order.id)
        with refused(CancelAsked):
            cancel_goods(*asked)

    def test_too_late(self, cast: Cast, order: Order, mug: Variant) -> None:
        assert order.pack_by
        with clock.stopped_at(order.pack_by + timedelta(seconds=1)), refused(OutOfTime):
            cancel_goods(cast.seller, order.id, {line_of(order, mug).id: 1}, SOLD_OUT)
