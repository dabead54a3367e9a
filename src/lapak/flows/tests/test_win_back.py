"""A bank that has taken a payment back for good gives it back after all: what it took, to the rupiah, from where it went."""

from collections import Counter
from datetime import timedelta

import pytest

from lapak.affiliates.models import Commission, Programme
from lapak.affiliates.terms.commands import set_budget
from lapak.affiliates.terms.models import BudgetUse
from lapak.flows.answer_dispute import bear_rest
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.clocks import run_due_clocks
from lapak.flows.credit_creator import credit_creator
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.flows.refund_return import approve_return
from lapak.flows.send_refund import receive_refund
from lapak.flows.ship_order import confirm_receipt, ship_order
from lapak.flows.tests.disputed import again, balance, paid, tell
from lapak.lib import clock
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.ledger.models import Account, AccountKind
from lapak.money.ledger.queries import balances_idr
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.payments.models import Dispute, Refund
from lapak.money.payments.rules import DisputeOutcome
from lapak.money.payouts.models import Payout
from lapak.money.remittances.commands import remit
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order, tracking_number
from lapak.trade.orders.commands import pack_order, show_handed_over
from lapak.trade.orders.models import Order

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("everyone_has_what_is_theirs")]


def balances() -> Counter[AccountKey]:
    """Every account that holds something, but for the dispute's charge."""
    keys = [AccountKey(AccountKind(row.kind), row.owner) for row in Account.objects.all()]
    held = Counter(balances_idr(keys))
    held[AccountKey(AccountKind.GATEWAY_FEE, PLATFORM)] -= 50_000 * Dispute.objects.filter(fee_idr__gt=0).count()
    held[AccountKey(AccountKind.GATEWAY_CASH, "sandbox")] += 50_000 * Dispute.objects.filter(fee_idr__gt=0).count()
    return +held


def figures(order: Order) -> tuple[object, ...]:
    """What the rows say of its money."""
    order = again(order)
    line, commission = order.lines.get(), Commission.objects.filter(order_id=order.id).first()
    earned = commission and (commission.state, commission.base_idr, commission.amount_idr)
    return order.state, order.escrow_idr, order.refunded_idr, order.borne_by_shop_idr, line.taken_back_idr, earned


def handed_over(cast: Cast) -> Order:
    order = paid(cast)
    pack_order(cast.seller, order.id)
    return show_handed_over(cast.seller, order.id, "Manifest 0815")


@pytest.mark.parametrize("amount_idr", [115_000, 100_000, 33_333])
class TestItIsAsBefore:
    def test_in_the_buyers_hands(self, delivered: Order, amount_idr: int) -> None:
        before, booked = figures(delivered), balances()
        tell(delivered, "lost", amount_idr)
        assert figures(delivered) != before
        assert tell(delivered, "won", amount_idr) is DisputeOutcome.WON_AFTER_ALL
        assert (figures(delivered), balances()) == (before, booked)
        assert tell(delivered, "won", amount_idr) is DisputeOutcome.NOTHING_NEW
        order = confirm_receipt(delivered.buyer, delivered.id)
        assert balance(AccountKind.SELLER_PAYABLE, order.shop_id) == 87_780

    def test_on_its_way(self, cast: Cast, amount_idr: int) -> None:
        order = handed_over(cast)
        before, booked = figures(order), balances()
        tell(order, "lost", amount_idr)
        tell(order, "won", amount_idr)
        assert (figures(order), balances()) == (before, booked)
        assert ship_order(cast.seller, order.id, tracking_number()).state == "shipped"

    def test_settled_and_credited(self, cast: Cast, settled_order: Order, amount_idr: int) -> None:
        before, booked = figures(settled_order), balances()
        tell(settled_order, "lost", amount_idr)
        tell(settled_order, "won", amount_idr)
        credit_creator(cast.creator.id)
        assert (figures(settled_order), balances()) == (before, booked)

    def test_paid_out_and_owed_meanwhile(self, cast: Cast, settled_order: Order, amount_idr: int) -> None:
        send_due_payouts(cast.operator, "sandbox")
        for payout in Payout.objects.all():
            confirm_payout(None, payout.id)
        before, booked = figures(settled_order), balances()
        tell(settled_order, "lost", amount_idr)
        assert balance(AccountKind.SELLER_RECEIVABLE, cast.shop.id)
        tell(settled_order, "won", amount_idr)
        credit_creator(cast.creator.id)
        assert (figures(settled_order), balances()) == (before, booked)


def test_its_clocks_go_on_where_they_stood(cast: Cast, delivered: Order) -> None:
    left, now = delivered.complete_at, clock.now()
    assert left
    with clock.stopped_at(now + timedelta(days=1)):
        tell(delivered, "lost")
    with clock.stopped_at(now + timedelta(days=61)):
        tell(delivered, "won")
        assert again(delivered).complete_at == left + timedelta(days=60)
        run_due_clocks()
    assert again(delivered).state == "delivered"
    assert again(delivered).events.filter(kind="moved").latest("id").from_state == "refunded"


def test_a_cancelled_order_is_owed_back_to_its_buyer(cast: Cast) -> None:
    """It will not happen any more: all of it is theirs, and their bank has not given it."""
    order = paid(cast)
    tell(order, "lost", 15_000)
    tell(order, "won", 15_000)
    assert again(order).state == "cancelled"
    live = Refund.objects.exclude(status="failed")
    assert sorted(live.values_list("route", "status", "amount_idr")) == [
        ("gateway", "owed", 15_000), ("gateway", "owed", 100_000),
    ]  # fmt: skip


def test_what_was_owed_anyway_is_owed_again(cast: Cast) -> None:
    order = paid(cast)
    cancel_paid_order(cast.buyer, order.id, "no")
    tell(order, "lost", 40_000)
    tell(order, "won", 40_000)
    assert balance(AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id) == 115_000
    assert sum(Refund.objects.filter(status="owed").values_list("amount_idr", flat=True)) == 115_000


@pytest.mark.parametrize("is_borne", [False, True])
def test_what_nobody_had_is_the_platforms_again(cast: Cast, *, is_borne: bool) -> None:
    order = paid(cast)
    cancel_paid_order(cast.buyer, order.id, "no")
    refund = Refund.objects.get()
    receive_refund(RefundReport(refund.id, RefundStatus.ARRIVED, refund.amount_idr, ""), "sandbox")
    booked = balances()
    tell(order, "lost")
    if is_borne:
        bear_rest(cast.operator, Dispute.objects.get().id, "Refunded before.")
    tell(order, "won")
    assert balances() == booked
    assert Dispute.objects.get().unexplained_idr == 0


class TestWhatHasMovedOnIsAPersons:
    def is_refused(self, order: Order, amount_idr: int) -> None:
        """Nothing is undone; what came waits for a person, once."""
        before = again(order)
        assert tell(order, "won", amount_idr) is DisputeOutcome.WON_LATE
        assert tell(order, "won", amount_idr) is DisputeOutcome.NOTHING_NEW
        assert balance(AccountKind.UNEXPLAINED_RECEIPT) == amount_idr
        after = again(order)
        assert (after.state, after.escrow_idr, after.refunded_idr) == (
            before.state,
            before.escrow_idr,
            before.refunded_idr,
        )

    def test_settled_on_what_was_left(self, cast: Cast, delivered: Order) -> None:
        tell(delivered, "lost", 60_000)
        confirm_receipt(cast.buyer, delivered.id)
        self.is_refused(delivered, 60_000)

    def test_goods_went_back(self, cast: Cast, delivered: Order) -> None:
        tell(delivered, "lost", 60_000)
        approve_return(cast.seller, asked_return(cast, delivered, 1, goods_come_back=False).id)
        self.is_refused(delivered, 60_000)

    def test_cancelled_after_it(self, cast: Cast) -> None:
        order = handed_over(cast)
        tell(order, "lost", 60_000)
        cancel_paid_order(cast.seller, order.id, "It came back.")
        self.is_refused(order, 60_000)

    def test_more_was_lost(self, delivered: Order) -> None:
        tell(delivered, "lost", 60_000)
        tell(delivered, "lost", 55_000, "dp2")
        self.is_refused(delivered, 60_000)
        assert tell(delivered, "won", 55_000, "dp2") is DisputeOutcome.WON_AFTER_ALL
        assert again(delivered).refunded_idr == 60_000

    def test_its_courier_has_been_paid(self, cast: Cast, delivered: Order) -> None:
        tell(delivered, "lost")
        account = Account.objects.get(kind="courier_payable")
        remit(cast.operator, account.id, 15_000, reference="JNE 11", paid_on=clock.now().date())
        self.is_refused(delivered, 115_000)


def test_buyer_and_shop_read_why(delivered: Order) -> None:
    tell(delivered, "lost")
    tell(delivered, "won")
    assert Refund.objects.get().failure.startswith("The bank has given back")
    assert again(delivered).events.latest("id").reason.startswith("The bank has given back")


def test_what_is_won_back_takes_no_budget_that_another_sale_has_by_now(cast: Cast) -> None:
    Programme.objects.update(created_at=clock.now())
    set_budget(cast.seller, cast.programme, 10_000)
    cast.programme.refresh_from_db()
    shirt = stocked_variant(cast.shop, price_idr=50_000)
    click = click_on(link_to(cast, shirt.product))
    order = delivered_order(cast, (shirt, 2), click=click)
    tell(order, "lost", 50_000)
    paid_order(cast, (shirt, 1), click=click)
    tell(order, "won", 50_000)
    tell(order, "lost", 20_000, "dp2")
    assert Commission.objects.get(order_id=order.id).amount_idr == 8_000
    assert BudgetUse.objects.get().used_idr == 10_000
