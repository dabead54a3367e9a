"""A buyer's money arrives, or does not: once, whatever the order and number of the provider's messages."""

from django.utils.translation import gettext_noop

from lapak.lib.acts import act
from lapak.money.gateways.contract import ChargeReport
from lapak.money.ledger.commands import post_transfers
from lapak.money.payments.commands import lock_intent, mark_intent_expired, mark_intent_paid
from lapak.money.payments.errors import IntentNotFound
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.postings import gateway_charge, late_payment_received, payment_received
from lapak.money.payments.queries import purchase_of_attempt
from lapak.money.payments.refunds import owe_refund
from lapak.money.payments.rules import Outcome, Status, problem_with_report
from lapak.trade.orders.commands import allocate_payment, lock_orders_of_purchase, mark_paid
from lapak.trade.orders.rules import State

PAID_TOO_LATE = gettext_noop("The payment came after the order had ended.")


@act
def receive_payment(report: ChargeReport, from_provider: str) -> Outcome:
    """What the provider reports about a payment is true here, once; says what came of it.

    Paid while the goods are held: the orders are paid and each shop's part is in escrow. Paid later: all of it is owed
    back to the buyer, never lost (domain.md §2). Expired: the payment is over. Anything else is not believed.
    """
    try:
        # Orders first, then the payment: the same way round as cancelling, so that the two cannot wait for each other.
        orders = lock_orders_of_purchase(purchase_of_attempt(report.intent_id))
        intent = lock_intent(report.intent_id)
    except IntentNotFound:
        return Outcome.UNKNOWN_INTENT
    problem = problem_with_report(
        report, from_provider=from_provider, asked_of_provider=intent.provider, asked_idr=intent.amount_idr
    )
    if problem:
        return problem
    if report.status == Status.EXPIRED:
        # Only the payment's end: the orders follow by their own clock, which also frees their stock.
        return Outcome.EXPIRED if mark_intent_expired(intent) else Outcome.NOTHING_NEW
    paid_at = report.paid_at or intent.expires_at
    change = mark_intent_paid(intent, paid_at)
    if not change:
        return Outcome.NOTHING_NEW
    post_transfers(gateway_charge(intent.id, intent.provider, report.fee_idr))
    if any(order.state != State.AWAITING_PAYMENT for order in orders):
        return _owe_back(intent)
    post_transfers(payment_received(intent.id, intent.provider, [(order.shop_id, order.total_idr) for order in orders]))
    for order in orders:
        mark_paid(order, paid_at)
    allocate_payment(intent.id, orders)
    return Outcome.PAID


def _owe_back(intent: PaymentIntent) -> Outcome:
    post_transfers(late_payment_received(intent.id, intent.provider, intent.buyer_id, intent.amount_idr))
    owe_refund(buyer_id=intent.buyer_id, amount_idr=intent.amount_idr, reason=PAID_TOO_LATE, intent_id=intent.id)
    return Outcome.PAID_LATE
