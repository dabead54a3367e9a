"""No money waits for ever: every state of an attempt, refund, payout, commission and dispute that is not final has a clock or
is on the operator's list. (Orders and returns: test_waiting_states.py.)"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.affiliates.models import Commission
from lapak.affiliates.queries import commissions_to_credit
from lapak.flows.answer_dispute import answer_dispute, bear_rest
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.clocks import run_due_clocks
from lapak.flows.pay_out import confirm_payout, fail_payout, hand_over, send_due_payouts
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.review_commission import freeze_commission, release_commission
from lapak.flows.send_refund import receive_refund
from lapak.flows.tests.partner import Partner
from lapak.lib import clock
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.payments.models import Dispute, PaymentIntent, Refund
from lapak.money.payments.queries import (
    bank_refunds_owed,
    disputes_for_a_person,
    disputes_to_ask_about,
    disputes_to_send,
    refunds_to_ask_about,
    undecided_disputes,
)
from lapak.money.payments.rules import DISPUTE_TRANSITIONS, UNDECIDED
from lapak.money.payouts.models import Payout
from lapak.money.payouts.queries import batches_to_dispatch, payouts_to_ask_about, unconfirmed_payouts
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import paid_order
from lapak.testing.market import dispute_report
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owed(cast: Cast) -> Refund:
    """A paid order was cancelled."""
    order = paid_order(cast, (stocked_variant(cast.shop), 1))
    cancel_paid_order(order.id, cast.buyer, "changed my mind")
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
        batch = send_due_payouts(provider, cast.operator)
        assert batch
        with clock.stopped_at(clock.now() + timedelta(days=1)):
            assert batch in batches_to_dispatch()
        hand_over(batch.id)
        payout = Payout.objects.get(batch=batch)
        assert payout in unconfirmed_payouts()
        if provider == "sandbox":
            with clock.stopped_at(clock.now() + timedelta(days=2)):
                assert payout in payouts_to_ask_about()
            fail_payout(payout.id, "closed")
        else:
            confirm_payout(payout.id, cast.operator)
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


def test_a_dispute_is_asked_about_every_day_and_on_the_operator_s_list_until_all_of_it_is_somebody_s(
    cast: Cast, owed: Refund
) -> None:
    assert {state for state, steps in DISPUTE_TRANSITIONS.items() if steps} == set(UNDECIDED)
    receive_refund(RefundReport(owed.id, RefundStatus.ARRIVED, owed.amount_idr, ""), "sandbox")
    intent = PaymentIntent.objects.get()
    receive_dispute(dispute_report(intent, reference="dp1"), "sandbox")
    dispute = Dispute.objects.get()
    for acts in (None, lambda: answer_dispute(dispute.id, cast.operator, "It went back.")):
        if acts:
            acts()
            assert dispute in disputes_to_send()
        assert dispute in undecided_disputes()
        assert (dispute in disputes_for_a_person()) == (acts is None)
        with clock.stopped_at(clock.now() + timedelta(days=1, hours=1)):
            assert dispute in disputes_to_ask_about()
    receive_dispute(dispute_report(intent, status="lost", reference="dp1"), "sandbox")
    assert not undecided_disputes()
    assert dispute in disputes_for_a_person()
    bear_rest(dispute.id, cast.operator, "Refunded before.")
    assert not disputes_for_a_person()
