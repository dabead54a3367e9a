"""A buyer's bank, or the partner, takes a payment back, and who has the money is decided: once, whatever comes in whatever
order (docs/concepts/disputes.md)."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop

from lapak.flows.lose_dispute import lose_dispute
from lapak.flows.share_dispute import share_among_orders
from lapak.flows.win_back import win_back
from lapak.lib.acts import act
from lapak.money.gateways.contract import DisputeReport
from lapak.money.ledger.commands import post_transfers
from lapak.money.payments.commands import ask_now
from lapak.money.payments.disputes import (
    add_late_win,
    dispute_named,
    mark_dispute_answered,
    mark_dispute_ended,
    mark_taken,
    note_charge,
    open_dispute,
)
from lapak.money.payments.errors import CannotBeUndone, IntentNotFound
from lapak.money.payments.models import Dispute, PaymentIntent
from lapak.money.payments.postings import chargeback_fee, chargeback_returned, chargeback_taken, won_late
from lapak.money.payments.queries import parts_of_dispute, purchase_of_attempt
from lapak.money.payments.rules import DisputeOutcome, DisputeState, Status, is_from_another
from lapak.trade.orders.disputes import go_on
from lapak.trade.orders.models import Order
from lapak.trade.orders.steps import lock_orders_of_purchase
from lapak.trade.returns.disputes import end_dispute_of_return

WON = gettext_noop("The bank has decided for the shop: everything goes on.")


@act
def receive_dispute(report: DisputeReport, from_provider: str) -> DisputeOutcome:
    """What the provider reports about a dispute is true here, once; says what came of it.

    Opened: each order the payment paid stands still with its part (flows/share_dispute.py); a payment we had not heard of
    is asked about. The money, once taken, is with nobody: posts `chargeback_taken`. Won: everything goes on where it
    stood; posts `chargeback_returned`. Lost: see flows/lose_dispute.py; won after that: flows/win_back.py or, where the
    orders have moved on, flows/decide_late_win.py: posts `won_late`. What the provider charges for it, whenever it says so:
    posts `chargeback_fee`. Another provider's word is not believed, nor
    another amount or payment than the first time.
    """
    try:
        # The orders' lock stands for that of their payment's disputes.
        orders = lock_orders_of_purchase(purchase_of_attempt(report.intent_id))
    except IntentNotFound:
        return DisputeOutcome.UNKNOWN_INTENT
    intent = PaymentIntent.objects.get(id=report.intent_id)
    if is_from_another(from_provider, intent.provider):
        return DisputeOutcome.PROVIDER_DIFFERS
    dispute = dispute_named(intent.provider, report.reference)
    if report.amount_idr <= 0 or (dispute and not _is_the_same(dispute, report)):
        return DisputeOutcome.DIFFERS
    if dispute is None:
        dispute = _open(report, intent, orders)
        outcome = _go_on(dispute, report, orders) or DisputeOutcome.OPENED
    elif dispute.ended_at:
        outcome = _again(dispute, report, orders)
    else:
        outcome = _go_on(dispute, report, orders) or DisputeOutcome.NOTHING_NEW
    is_charged = not outcome.is_refused and _charge(dispute, report.fee_idr)
    return DisputeOutcome.CHARGED if is_charged and outcome is DisputeOutcome.NOTHING_NEW else outcome


def _open(report: DisputeReport, intent: PaymentIntent, orders: Sequence[Order]) -> Dispute:
    dispute = open_dispute(report, intent)
    share_among_orders(dispute, orders)
    if intent.status != Status.PAID:
        ask_now(intent.id)
    return dispute


def _go_on(dispute: Dispute, report: DisputeReport, orders: Sequence[Order]) -> DisputeOutcome | None:
    """The undecided dispute as the report says; None when that is nothing new."""
    if (report.is_taken or report.status is DisputeState.LOST) and mark_taken(dispute):
        post_transfers([chargeback_taken(dispute.intent_id, dispute.id, dispute.provider, dispute.amount_idr)])
    if report.status is DisputeState.WON:
        return _win(dispute, orders)
    if report.status is DisputeState.LOST or (dispute.concession and dispute.taken_at):  # given up before it was taken
        mark_dispute_ended(dispute, DisputeState.LOST)
        lose_dispute(dispute, orders)
        return DisputeOutcome.LOST
    if report.status is DisputeState.ANSWERED and mark_dispute_answered(dispute):
        return DisputeOutcome.ANSWERED
    return None


def _win(dispute: Dispute, orders: Sequence[Order]) -> DisputeOutcome:
    mark_dispute_ended(dispute, DisputeState.WON)
    if dispute.taken_at:
        post_transfers([chargeback_returned(dispute.intent_id, dispute.id, dispute.provider, dispute.amount_idr)])
    order_of = {order.id: order for order in orders}
    for share in parts_of_dispute(dispute):
        order = order_of[share.order_id]
        end_dispute_of_return(order, go_on(order, share.amount_idr, WON), WON)
    return DisputeOutcome.WON


def _is_the_same(dispute: Dispute, report: DisputeReport) -> bool:
    return (dispute.intent_id, dispute.amount_idr) == (report.intent_id, report.amount_idr)


def _again(dispute: Dispute, report: DisputeReport, orders: Sequence[Order]) -> DisputeOutcome:
    """It is decided: what began it may come late; of the other end only that it is won after all."""
    is_other_end = report.status in {DisputeState.WON, DisputeState.LOST} and report.status != dispute.status
    if not is_other_end or hasattr(dispute, "late_win"):
        return DisputeOutcome.NOTHING_NEW
    if report.status is not DisputeState.WON:
        return DisputeOutcome.ENDED_OTHERWISE
    try:
        win_back(dispute, orders)
    except CannotBeUndone:
        add_late_win(dispute)
        post_transfers([won_late(dispute.intent_id, dispute.id, dispute.provider, dispute.amount_idr)])
        return DisputeOutcome.WON_LATE
    return DisputeOutcome.WON_AFTER_ALL


def _charge(dispute: Dispute, fee_idr: int) -> bool:
    """What the provider keeps for it is the platform's; whether any of it is new."""
    before_idr = dispute.fee_idr
    more_idr = note_charge(dispute, fee_idr)
    post_transfers(chargeback_fee(dispute.intent_id, dispute.id, dispute.provider, more_idr, before_idr=before_idr))
    return more_idr > 0
