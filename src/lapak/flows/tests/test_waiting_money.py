"""No money waits for ever: every state of an attempt, refund, payout, commission and dispute that is not final has a clock or
is on the operator's list. (Orders and returns: test_waiting_states.py.)"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from lapak.affiliates.models import Commission
from lapak.affiliates.queries import commissions_to_credit, commissions_under_review
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.clocks import credit_due_creators, run_due_clocks
from lapak.flows.pay_out import confirm_payout, fail_payout, hand_over, send_due_payouts
from lapak.flows.review_commission import freeze_commission, release_commission
from lapak.flows.send_refund import receive_refund
from lapak.flows.tests.partner import Partner
from lapak.lib import clock
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.money.payments.queries import (
    bank_refunds_owed,
    refunds_to_ask_about,
)
from lapak.money.payouts.models import Payout
from lapak.money.payouts.queries import batches_to_dispatch, payouts_to_ask_about, unconfirmed_payouts
from lapak.money.remittances.commands import remit
from lapak.money.remittances.queries import dues
from lapak.money.remittances.rules import TAXES
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.findings import deny_for_good
from lapak.testing.histories import paid_order
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owed(cast: Cast) -> Refund:
    """A paid order was cancelled."""
    order = paid_order(cast, (stocked_variant(cast.shop), 1))
    cancel_paid_order(cast.buyer, order.id, "changed my mind")
    return Refund.objects.get()


def test_an_attempt_left_alone_ends_with_its_purchase(placed: Order) -> None:
    with clock.stopped_at(placed.pay_by + timedelta(hours=2)):
        run_due_clocks()
    assert set(PaymentIntent.objects.values_list("status", flat=True)) == {"expired"}


def test_a_refund_by_gateway_is_asked_about_until_it_ended(owed: Refund) -> None:
    assert owed.route == "gateway"
    for report in (None, RefundStatus.PENDING):
        if report:
            receive_refund(RefundReport(owed.id, report, owed.amount_idr, ""), "sandbox")
        with clock.stopped_at(clock.now() + timedelta(days=1)):
            assert owed in refunds_to_ask_about()


def test_a_refund_that_the_gateway_could_not_give_waits_for_a_bank_account(owed: Refund) -> None:
    receive_refund(RefundReport(owed.id, RefundStatus.FAILED, owed.amount_idr, "account_closed"), "sandbox")
    assert bank_refunds_owed().get().amount_idr == owed.amount_idr


def test_a_payout_is_handed_over_and_asked_about_or_on_the_operator_s_list(
    cast: Cast,
    settled: Callable[..., Order],
    partner: Partner,
) -> None:
    settled()
    for provider in ("sandbox", "bank_file"):
        batch = send_due_payouts(cast.operator, provider)
        assert batch
        with clock.stopped_at(clock.now() + timedelta(days=1)):
            assert batch in batches_to_dispatch()
        hand_over(batch.id)
        payout = Payout.objects.get(batch=batch)
        assert payout in unconfirmed_payouts()
        if provider == "sandbox":
            with clock.stopped_at(clock.now() + timedelta(days=2)):
                assert payout in payouts_to_ask_about()
            fail_payout(None, payout.id, "closed")
        else:
            confirm_payout(cast.operator, payout.id)
    assert not unconfirmed_payouts()


def test_a_commission_set_apart_is_credited_by_the_clock_after_a_review_too(
    cast: Cast, settled: Callable[..., Order]
) -> None:
    settled()
    commission = Commission.objects.get()
    assert commission in commissions_to_credit()
    freeze_commission(cast.operator, commission.pk, "Looked into.")
    assert commission not in commissions_to_credit()
    release_commission(cast.operator, commission.pk)
    run_due_clocks()
    commission.refresh_from_db()
    assert commission.state == "payable"


def test_a_commission_under_review_is_on_the_operator_s_list_with_a_last_day(
    cast: Cast, settled: Callable[..., Order]
) -> None:
    """The oldest first, fourteen days from when it was frozen; frozen anew, the days begin anew."""
    first, second = settled(), settled()
    start = clock.now()
    of_first, of_second = (Commission.objects.get(order_id=order.id) for order in (first, second))
    with clock.stopped_at(start + timedelta(days=1)):
        freeze_commission(cast.operator, of_first.pk, "Looked into.")
    with clock.stopped_at(start):
        freeze_commission(cast.operator, of_second.pk, "Looked into.")
    waiting = list(commissions_under_review())
    assert waiting == [of_second, of_first]
    assert [commission.decide_by for commission in waiting] == [start + timedelta(days=14), start + timedelta(days=15)]
    release_commission(cast.operator, of_second.pk)
    deny_for_good(cast.operator, of_first.pk, "Fraud.")
    assert not commissions_under_review().exists()
    with clock.stopped_at(start + timedelta(days=30)):
        freeze_commission(cast.operator, of_second.pk, "Looked into again.")
    assert [commission.decide_by for commission in commissions_under_review()] == [start + timedelta(days=44)]


def test_what_the_house_owes_is_on_the_operator_s_list_until_it_is_paid(
    cast: Cast, settled: Callable[..., Order]
) -> None:
    """Of its fee stays what the gateway has had."""
    settled()
    credit_due_creators()
    assert {due.kind for due in dues()} == {"courier_payable", "tax_pph21", "tax_vat", "platform_fee"}
    for number, due in enumerate(dues()):
        ntpn = f"{number:016d}" if due.kind in TAXES else ""
        remit(cast.operator, due.account.id, due.most_idr, reference=f"B{number}", ntpn=ntpn, paid_on=date(2026, 1, 31))
    assert [(due.kind, due.balance_idr, due.most_idr) for due in dues()] == [("platform_fee", 805, 0)]
