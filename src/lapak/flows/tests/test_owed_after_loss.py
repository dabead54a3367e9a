"""What the buyer has from their bank they do not get once more, whenever it comes to be owed."""

from datetime import timedelta

import pytest

from lapak.flows.answer_dispute import bear_rest
from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.clocks import run_due_clocks
from lapak.flows.pay_out import confirm_payout, return_payout, send_due_payouts
from lapak.flows.receive_payment import receive_payment
from lapak.flows.resolve_receipt import give_receipt_back, take_receipt_as_payment
from lapak.flows.send_refund import receive_refund
from lapak.flows.tasks import speak_to_partners
from lapak.flows.tests.disputed import again, balance, intent_of, paid, tell
from lapak.flows.tests.partner import Partner
from lapak.lib import clock
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM
from lapak.money.payments.errors import TakenByBank
from lapak.money.payments.models import Dispute, Refund
from lapak.money.payments.queries import bank_refunds_owed
from lapak.money.payouts.models import Payout
from lapak.people.users.models import BankAccount
from lapak.testing.cast import Cast
from lapak.testing.market import charge_report
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("everyone_has_what_is_theirs")]


@pytest.fixture(autouse=True)
def no_gateway_has_it_then(partner: Partner) -> None:
    partner.refund = RefundStatus.ARRIVED


def is_set_off(unexplained_idr: int = 0) -> None:
    assert Refund.objects.filter(status="owed").exists()
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        speak_to_partners(0)
        assert send_due_payouts(None, "sandbox") is None
        run_due_clocks()
    assert not Refund.objects.filter(status="owed").exists()
    assert Dispute.objects.get().unexplained_idr == unexplained_idr


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_the_payment_is_told_only_now(cast: Cast, placed: Order, *, is_cancelled: bool) -> None:
    tell(placed, "lost")
    if is_cancelled:
        cancel_unpaid_purchase(cast.buyer, placed.purchase_id, "no")
    receive_payment(charge_report(intent_of(placed)), "sandbox")
    assert (again(placed).paid_at, again(placed).escrow_idr) == (None, 0)
    is_set_off()


def test_a_part_was_lost_and_the_rest_goes_back(placed: Order) -> None:
    tell(placed, "lost", 15_000)
    receive_payment(charge_report(intent_of(placed)), "sandbox")
    run_due_clocks()
    assert set(Refund.objects.values_list("route", "status", "amount_idr")) == {
        ("gateway", "failed", 115_000), ("chargeback", "arrived", 15_000), ("gateway", "owed", 100_000),
    }  # fmt: skip
    speak_to_partners(0)
    assert not Refund.objects.filter(status="owed").exists()


def test_money_in_another_amount_pays_nothing_and_is_not_given_back_twice(cast: Cast, placed: Order) -> None:
    receive_payment(charge_report(intent_of(placed), amount_idr=50_000), "sandbox")
    tell(placed, "lost", 50_000)
    with refused(TakenByBank):
        take_receipt_as_payment(cast.operator, intent_of(placed).id)
    give_receipt_back(cast.operator, intent_of(placed).id)
    is_set_off()


@pytest.mark.parametrize("is_borne", [False, True])
def test_a_refund_on_its_way_fails(cast: Cast, *, is_borne: bool) -> None:
    order = paid(cast)
    cancel_paid_order(cast.buyer, order.id, "no")
    refund = Refund.objects.get()
    receive_refund(RefundReport(refund.id, RefundStatus.PENDING, refund.amount_idr, ""), "sandbox")
    tell(order)
    tell(order, "lost")
    if is_borne:
        bear_rest(cast.operator, Dispute.objects.get().id, "Refunded before.")
    receive_refund(RefundReport(refund.id, RefundStatus.FAILED, refund.amount_idr, "closed"), "sandbox")
    is_set_off()
    assert balance(AccountKind.CHARGEBACK_LOSS, PLATFORM) == 0


def test_the_bank_sends_a_refund_back(cast: Cast) -> None:
    order = paid(cast)
    cancel_paid_order(cast.buyer, order.id, "no")
    Refund.objects.update(route="bank", ask_at=None)
    BankAccount.objects.create(user=cast.buyer, bank_code="014", number="12345678", holder=cast.buyer.name)
    send_due_payouts(cast.operator, "sandbox")
    payout = Payout.objects.get()
    confirm_payout(None, payout.id)
    tell(order, amount_idr=40_000)
    tell(order, "lost", 40_000)
    bear_rest(cast.operator, Dispute.objects.get().id, "Refunded before.")
    return_payout(None, payout.id, "closed")
    run_due_clocks()
    assert set(Refund.objects.exclude(status="failed").values_list("route", "status", "amount_idr")) == {
        ("chargeback", "arrived", 40_000), ("bank", "owed", 75_000),
    }  # fmt: skip
    assert bank_refunds_owed().count() == 1


@pytest.mark.parametrize("took_it", [True, False])
def test_a_refund_whose_answer_was_lost_when_it_is_lost_at_once(cast: Cast, partner: Partner, *, took_it: bool) -> None:
    """Whether the gateway has it is asked before anybody counts it as the bank's."""
    order = paid(cast)
    cancel_paid_order(cast.buyer, order.id, "no")
    partner.loses_its_answers, partner.is_away = took_it, not took_it
    speak_to_partners(0)
    partner.loses_its_answers = partner.is_away = False
    tell(order, "lost")
    assert (Refund.objects.get().status, Dispute.objects.get().unexplained_idr) == ("owed", 115_000)
    run_due_clocks()
    assert Refund.objects.get().status == "owed"
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        speak_to_partners(0)
        run_due_clocks()
    refund = Refund.objects.get()
    assert (refund.route, refund.status) == ("gateway" if took_it else "chargeback", "arrived")
    assert Dispute.objects.get().unexplained_idr == (115_000 if took_it else 0)
