"""A refund goes back the way its money came, or by bank; the books and its row say the same at every step."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import confirm_payout, fail_payout, return_payout, send_due_payouts
from lapak.flows.send_refund import receive_refund, send_refund
from lapak.flows.tasks import speak_to_partners
from lapak.flows.tests.partner import Partner, issued
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.gateways.errors import GatewayUnavailable
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.money.payments.rules import RefundOutcome
from lapak.money.payouts.models import Payout
from lapak.people.users.models import BankAccount
from lapak.testing.cast import Cast
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def refund(cast: Cast, placed: Order, pay: Callable[..., str]) -> Refund:
    """The worked example's order was paid and cancelled: 115,000 are owed."""
    issued(PaymentIntent.objects.get())
    pay(placed.purchase_id)
    cancel_paid_order(cast.buyer, placed.id, "changed my mind")
    return Refund.objects.get()


@pytest.fixture
def by_bank(refund: Refund, cast: Cast, partner: Partner) -> Refund:
    """The gateway will not, so it goes to the bank account that the buyer has named."""
    partner.refuses = "too_late"
    send_refund(refund.id)
    partner.refuses = ""
    BankAccount.objects.create(user=cast.buyer, bank_code="014", number="5551234", holder="Buyer")
    return Refund.objects.get(route="bank")


def figures(refund: Refund) -> tuple[str, int, int]:
    """Its state, what is owed to the buyer, and what is on its way at the gateway."""
    refund.refresh_from_db()
    owed = AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(refund.buyer_id))
    on_its_way = AccountKey(AccountKind.PAYOUT_IN_TRANSIT, "sandbox")
    return refund.status, balance_idr(owed), balance_idr(on_its_way)


def test_it_goes_the_way_the_money_came(refund: Refund, partner: Partner) -> None:
    assert (refund.route, figures(refund)) == ("gateway", ("owed", 115_000, 0))
    speak_to_partners(0)
    assert (partner.asked, figures(refund)) == (["refund"], ("sent", 0, 115_000))
    partner.refund = RefundStatus.ARRIVED
    with clock.stopped_at(clock.now() + timedelta(minutes=31)):
        speak_to_partners(0)
    assert figures(refund) == ("arrived", 0, 0)
    assert balance_idr(AccountKey(AccountKind.GATEWAY_CASH, "sandbox")) == -805
    assert refund.arrived_at is not None


def test_told_in_any_order_and_number_it_arrives_once(refund: Refund, partner: Partner) -> None:
    arrived = RefundReport(refund.id, RefundStatus.ARRIVED, 115_000)
    assert receive_refund(arrived, "sandbox") == "refund arrived"
    assert receive_refund(arrived, "sandbox") == "ignored: nothing new"
    assert send_refund(refund.id) == "ignored: nothing new"
    assert figures(refund) == ("arrived", 0, 0)


def test_a_gateway_that_is_away_is_tried_again(refund: Refund, partner: Partner) -> None:
    partner.is_away = True
    speak_to_partners(0)
    assert figures(refund) == ("owed", 115_000, 0)
    partner.is_away = False
    with clock.stopped_at(clock.now() + timedelta(minutes=5)):
        speak_to_partners(0)
    assert figures(refund) == ("sent", 0, 115_000)


@pytest.mark.parametrize("was_sent", [True, False])
def test_what_the_gateway_cannot_give_back_goes_by_bank(refund: Refund, partner: Partner, *, was_sent: bool) -> None:
    if was_sent:
        speak_to_partners(0)
    report = RefundReport(refund.id, RefundStatus.FAILED, 115_000, "account_closed")
    assert receive_refund(report, "sandbox") == "refund failed"
    assert receive_refund(report, "sandbox") == "ignored: nothing new"
    assert figures(refund) == ("failed", 115_000, 0)
    other = Refund.objects.get(instead_of=refund)
    assert (other.route, other.status, other.amount_idr, other.order_id) == ("bank", "owed", 115_000, refund.order_id)


def test_a_gateway_that_says_no_is_not_asked_again(refund: Refund, partner: Partner) -> None:
    partner.refuses = "too_late"
    assert send_refund(refund.id) == "refund failed"
    refund.refresh_from_db()
    assert (refund.failure, refund.ask_at) == ("too_late", None)


def test_a_no_to_what_it_took_before_sends_nothing_by_bank(refund: Refund, partner: Partner) -> None:
    """Its answer was lost, and what is asked again it refuses: by bank, the buyer would have the money twice."""
    partner.loses_its_answers = True
    with pytest.raises(GatewayUnavailable):
        send_refund(refund.id)
    partner.loses_its_answers, partner.refuses = False, "reference_used"
    assert send_refund(refund.id) == "refund sent"
    assert figures(refund) == ("sent", 0, 115_000)
    assert not Refund.objects.filter(route="bank").exists()


def test_after_the_gateway_s_days_it_goes_by_bank_at_once(
    cast: Cast, placed: Order, pay: Callable[..., str], partner: Partner
) -> None:
    pay(placed.purchase_id)
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        cancel_paid_order(cast.buyer, placed.id, "changed my mind")
    assert Refund.objects.get().route == "bank"


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"refund_id": new_id()}, "refused: unknown refund"),
        ({"amount_idr": 1}, "refused: amount differs"),
        ({"provider": "other"}, "refused: another provider's refund"),
    ],
)
def test_a_wrong_word_moves_nothing(refund: Refund, changes: dict[str, object], outcome: str) -> None:
    said = {
        "refund_id": refund.id,
        "status": RefundStatus.ARRIVED,
        "amount_idr": 115_000,
        "provider": "sandbox",
    } | changes
    provider = str(said.pop("provider"))
    assert receive_refund(RefundReport(**said), provider) == outcome  # type: ignore[arg-type]
    assert figures(refund) == ("owed", 115_000, 0)


def test_an_answer_of_another_amount_is_seen(refund: Refund, partner: Partner) -> None:
    """It was asked for every minute, and nobody knew."""
    partner.other_amount_idr = 1
    speak_to_partners(0)
    speak_to_partners(0)
    assert partner.asked.count("refund") == 1
    assert RefundOutcome.AMOUNT_DIFFERS in StuckAct.objects.get(act="refunds").error


def test_failed_after_it_arrived_is_for_a_person(refund: Refund) -> None:
    receive_refund(RefundReport(refund.id, RefundStatus.ARRIVED, 115_000), "sandbox")
    failed = RefundReport(refund.id, RefundStatus.FAILED, 115_000, "?")
    assert receive_refund(failed, "sandbox") == "refused: ended the other way"
    assert figures(refund) == ("arrived", 0, 0)


def test_by_bank_it_is_sent_and_arrives_with_its_payout(by_bank: Refund, cast: Cast) -> None:
    assert send_due_payouts(None, "bank_file")
    by_bank.refresh_from_db()
    payout = Payout.objects.get()
    assert (by_bank.status, by_bank.payout_id, payout.amount_idr) == ("sent", payout.id, 115_000)
    confirm_payout(cast.operator, payout.id)
    by_bank.refresh_from_db()
    assert by_bank.status == "arrived"


@pytest.mark.parametrize("arrived_first", [True, False])
def test_by_bank_it_is_owed_again_when_it_comes_back(by_bank: Refund, cast: Cast, *, arrived_first: bool) -> None:
    send_due_payouts(None, "bank_file")
    payout = Payout.objects.get()
    if arrived_first:
        confirm_payout(cast.operator, payout.id)
        return_payout(cast.operator, payout.id, "account closed")
    else:
        fail_payout(cast.operator, payout.id, "account closed")
    assert figures(by_bank)[:2] == ("owed", 115_000)
    assert (by_bank.failure, by_bank.payout_id) == ("account closed", None)
    assert send_due_payouts(None, "bank_file")
    assert figures(by_bank)[:2] == ("sent", 0)


def test_a_payout_takes_only_what_goes_by_bank(refund: Refund, cast: Cast) -> None:
    BankAccount.objects.create(user=cast.buyer, bank_code="014", number="5551234", holder="Buyer")
    assert send_due_payouts(None, "bank_file") is None
    assert figures(refund) == ("owed", 115_000, 0)
