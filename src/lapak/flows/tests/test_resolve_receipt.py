"""Money that came in another amount than asked: the operator gives it back, or takes it as the payment."""

from datetime import timedelta

import pytest

from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.pay_again import pay_again
from lapak.flows.place_purchase import place_purchase
from lapak.flows.refund_return import approve_return
from lapak.flows.resolve_receipt import give_receipt_back, take_receipt_as_payment
from lapak.flows.ship_order import confirm_receipt, decide_fate, deliver_order, ship_order
from lapak.flows.tests.conftest import report
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.payments.errors import IntentNotFound, ReceiptResolved
from lapak.money.payments.models import PaymentIntent, Refund, UnexplainedReceipt
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, tracking_number
from lapak.testing.refused import refused
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


def unexplained(amount_idr: int) -> PaymentIntent:
    intent = PaymentIntent.objects.get()
    report(intent, amount_idr=amount_idr)
    intent.refresh_from_db()
    return intent


def balance(kind: AccountKind, owner: object) -> int:
    return balance_idr(AccountKey(kind, str(owner)))


def test_given_back_it_is_a_refund(cast: Cast, placed: Order) -> None:
    intent = unexplained(114_000)
    give_receipt_back(cast.operator, intent.id)
    refund = Refund.objects.get()
    assert (refund.amount_idr, refund.route, refund.intent_id) == (114_000, "gateway", intent.id)
    assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == 114_000
    assert balance(AccountKind.UNEXPLAINED_RECEIPT, "sandbox") == 0
    assert UnexplainedReceipt.objects.get().resolved_by == cast.operator


@pytest.mark.parametrize(("came_idr", "missing_idr", "over_idr"), [(114_000, 1_000, 0), (120_000, 0, 5_000)])
def test_taken_it_pays_the_order(cast: Cast, placed: Order, came_idr: int, missing_idr: int, over_idr: int) -> None:
    intent = unexplained(came_idr)
    other = pay_again(cast.buyer, placed.purchase_id)
    take_receipt_as_payment(cast.operator, intent.id)
    other.refresh_from_db()
    assert other.status == "expired"
    placed.refresh_from_db()
    intent.refresh_from_db()
    assert (placed.state, placed.escrow_idr, intent.status) == ("to_pack", 115_000, "paid")
    assert balance(AccountKind.ORDER_ESCROW, cast.shop.id) == 115_000
    assert balance(AccountKind.PROMOTION_COST, PLATFORM) == missing_idr
    assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == over_idr
    assert sum(Refund.objects.values_list("amount_idr", flat=True)) == over_idr


def test_not_for_goods_that_are_no_longer_held(cast: Cast, placed: Order) -> None:
    intent = unexplained(114_000)
    cancel_unpaid_purchase(placed.buyer, placed.purchase_id, "")
    with refused(OrderMoved):
        take_receipt_as_payment(cast.operator, intent.id)


def test_once_and_by_the_operator_alone(cast: Cast, placed: Order) -> None:
    intent = unexplained(114_000)
    for who in (cast.buyer, cast.seller):
        with refused(IntentNotFound):
            give_receipt_back(who, intent.id)
    give_receipt_back(cast.operator, intent.id)
    with refused(ReceiptResolved):
        give_receipt_back(cast.operator, intent.id)


class TestWhatThePlatformPutIn:
    """Goods + shipping 115,000, paid with 40,000: no way back gives the buyer more than that."""

    @pytest.fixture
    def order(self, cast: Cast) -> Order:
        shirt = stocked_variant(cast.shop, price_idr=50_000)
        purchase_id = place_purchase(
            cast.buyer.id, asked_for(cast, (shirt, 2)), [click_on(link_to(cast, shirt.product))]
        )
        take_receipt_as_payment(cast.operator, unexplained(40_000).id)
        return Order.objects.get(purchase_id=purchase_id)

    def went_back(self, cast: Cast) -> tuple[list[int], int]:
        """The buyer's refunds, and what the platform has borne in the end."""
        owed = list(Refund.objects.order_by("owed_at").values_list("amount_idr", flat=True))
        assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == sum(owed)
        return owed, balance(AccountKind.PROMOTION_COST, PLATFORM)

    def test_cancelled(self, cast: Cast, order: Order) -> None:
        cancel_paid_order(cast.buyer, order.id, "no")
        assert self.went_back(cast) == ([40_000], 0)

    def test_lost(self, cast: Cast, order: Order) -> None:
        pack_order(cast.seller, order.id)
        ship_order(cast.seller, order.id, tracking_number())
        with clock.stopped_at(clock.now() + timedelta(days=16)):
            decide_fate(cast.operator, order.id, "lost", "The courier says that it is lost. " * 29)
        assert self.went_back(cast) == ([40_000], 0)
        assert len(Refund.objects.get().reason) > 900

    @pytest.mark.parametrize("settles_between", [True, False])
    def test_returned_piece_by_piece(self, cast: Cast, order: Order, *, settles_between: bool) -> None:
        pack_order(cast.seller, order.id)
        ship_order(cast.seller, order.id, tracking_number())
        deliver_order(None, order.id)
        approve_return(cast.seller, asked_return(cast, order, 1, goods_come_back=False).id)
        assert self.went_back(cast) == ([40_000], 75_000 - 10_000)
        if settles_between:
            confirm_receipt(cast.buyer, order.id)
        approve_return(cast.seller, asked_return(cast, order, 1, goods_come_back=False).id)
        assert self.went_back(cast) == ([40_000], 0)
