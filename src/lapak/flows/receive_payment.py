"""A buyer's money arrives, or does not: once, whatever the order and number of the provider's messages."""

import uuid
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_noop

from lapak.flows.lose_dispute import LOST
from lapak.flows.share_dispute import share_open_disputes
from lapak.flows.withhold import withheld_of
from lapak.lib.acts import act
from lapak.money.gateways.contract import ChargeReport
from lapak.money.ledger.commands import post_transfers
from lapak.money.payments.commands import (
    end_attempts,
    keep_unexplained,
    lock_intent,
    mark_intent_expired,
    mark_intent_failed,
    mark_intent_paid,
)
from lapak.money.payments.errors import IntentNotFound
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.postings import (
    gateway_charge,
    late_payment_received,
    payment_received,
    unexplained_received,
)
from lapak.money.payments.queries import is_lost_to_bank, purchase_of_attempt, receipt_of
from lapak.money.payments.refunds import owe_refund
from lapak.money.payments.rules import Outcome, Status, believable_fee_idr, is_from_another
from lapak.trade.orders.escrow import allocate_payment, mark_paid
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State
from lapak.trade.orders.steps import lock_orders_of_purchase

PAID_TOO_LATE = gettext_noop("The payment came after the order had ended.")
PAID_TWICE = gettext_noop("The purchase had been paid already.")


@act
def receive_payment(report: ChargeReport, from_provider: str) -> Outcome:
    """What the provider reports about a payment is true here, once; says what came of it.

    Paid while the goods are held: the orders are paid and each shop's part is in escrow. Paid later, or when the buyer's
    bank has taken it back before it was told: all of it is owed back, never lost. Paid in another amount
    than asked: kept as unexplained, for the operator to decide, and what is said of the amount after that is refused.
    Expired or failed: the attempt is over. Another provider's word is not believed.
    """
    try:
        # Orders first, then the payment: the same way round as cancelling, so that the two cannot wait for each other.
        orders = lock_orders_of_purchase(purchase_of_attempt(report.intent_id))
        intent = lock_intent(report.intent_id)
    except IntentNotFound:
        return Outcome.UNKNOWN_INTENT
    if is_from_another(from_provider, intent.provider):
        return Outcome.PROVIDER_DIFFERS
    if report.status is Status.PAID:
        return _receive(report, intent, orders)
    # Only the attempt's end: the orders follow by their own clock, which also frees their stock.
    if report.status is Status.EXPIRED and mark_intent_expired(intent):
        return Outcome.EXPIRED
    if report.status is Status.FAILED and mark_intent_failed(intent):
        return Outcome.FAILED
    return Outcome.NOTHING_NEW


def _receive(report: ChargeReport, intent: PaymentIntent, orders: Sequence[Order]) -> Outcome:
    receipt = receipt_of(intent.id)
    if receipt:  # what came is booked, and a person says what becomes of it; another word about it is theirs to see
        return Outcome.NOTHING_NEW if receipt.amount_idr == report.amount_idr else Outcome.AMOUNT_DIFFERS
    if report.amount_idr != intent.amount_idr:
        return _keep_unexplained(report, intent)
    if not mark_intent_paid(intent, report.paid_at or intent.expires_at):
        return Outcome.NOTHING_NEW
    post_transfers(gateway_charge(intent.id, intent.provider, believable_fee_idr(report.fee_idr, report.amount_idr)))
    is_lost = is_lost_to_bank(intent.id)
    if is_lost or any(order.state != State.AWAITING_PAYMENT for order in orders):
        post_transfers(late_payment_received(intent.id, intent.provider, intent.buyer_id, intent.amount_idr))
        reason = LOST if is_lost else PAID_TWICE if any(order.paid_at for order in orders) else PAID_TOO_LATE
        owe_refund(buyer_id=intent.buyer_id, amount_idr=intent.amount_idr, reason=reason, intent_id=intent.id)
        return Outcome.PAID_LATE
    post_transfers(payment_received(intent.id, intent.provider, [(order.shop_id, order.total_idr) for order in orders]))
    pay_orders(intent, orders, {})
    return Outcome.PAID


def pay_orders(intent: PaymentIntent, orders: Sequence[Order], missing_idr: Mapping[uuid.UUID, int]) -> None:
    """The (locked) orders of a purchase are paid by the (paid) attempt, but for what is missing, by order: nobody is to pay
    by another any more."""
    paid_at = intent.paid_at or intent.expires_at
    for order, withheld_bp in zip(orders, withheld_of(orders, paid_at), strict=True):
        mark_paid(order, paid_at, intent.told_at or intent.expires_at, withheld_bp)
    allocate_payment(intent.id, orders, missing_idr)
    end_attempts(intent.pays_for)
    share_open_disputes(intent, orders)


def _keep_unexplained(report: ChargeReport, intent: PaymentIntent) -> Outcome:
    """Neither may the goods go out for it nor the money be lost sight of. The code is used up: a new attempt may be made."""
    if report.amount_idr <= 0 or intent.status == Status.PAID:
        return Outcome.AMOUNT_DIFFERS
    keep_unexplained(intent, report.amount_idr)
    mark_intent_failed(intent)
    post_transfers(unexplained_received(intent.id, intent.provider, report.amount_idr))
    post_transfers(gateway_charge(intent.id, intent.provider, believable_fee_idr(report.fee_idr, report.amount_idr)))
    return Outcome.AMOUNT_UNEXPLAINED
