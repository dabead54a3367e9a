"""Money that came in another amount than asked: the operator says what becomes of it."""

import uuid

from django.utils.translation import gettext_noop

from lapak.flows.receive_payment import pay_orders
from lapak.lib.acts import act
from lapak.money.ledger.commands import post_transfers
from lapak.money.payments.commands import (
    lock_intent,
    lock_receipt_for_operator,
    mark_intent_paid,
    mark_receipt_resolved,
)
from lapak.money.payments.errors import TakenByBank
from lapak.money.payments.models import PaymentIntent, UnexplainedReceipt
from lapak.money.payments.postings import unexplained_given_back, unexplained_taken
from lapak.money.payments.queries import is_lost_to_bank, purchase_of_attempt
from lapak.money.payments.refunds import owe_refund
from lapak.people.users.models import User
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.rules import State
from lapak.trade.orders.steps import lock_orders_of_purchase

NOT_AS_ASKED = gettext_noop("Another amount was paid than was asked.")
PAID_TOO_MUCH = gettext_noop("More was paid than was asked.")


@act
def give_receipt_back(by: User, intent_id: uuid.UUID) -> None:
    """All that came is owed back to the buyer.

    Refuses anyone but the operator (`IntentNotFound`) and what was decided before (`ReceiptResolved`).
    Posts unexplained_receipt → buyer_refund_payable.
    """
    intent = lock_intent(intent_id)
    receipt = lock_receipt_for_operator(by, intent_id)
    _owe_back(intent, receipt.amount_idr, NOT_AS_ASKED)
    mark_receipt_resolved(by, receipt, UnexplainedReceipt.Resolution.GIVEN_BACK)


@act
def take_receipt_as_payment(by: User, intent_id: uuid.UUID) -> None:
    """It pays the purchase: the platform bears what is missing, what is too much is owed back to the buyer.

    Refuses (`OrderMoved`) when the goods are no longer held for it, and (`TakenByBank`) what the buyer's bank has taken
    back; else as `give_receipt_back`.
    Posts unexplained_receipt → order_escrow of each shop, and promotion_cost → order_escrow for what is missing.
    """
    orders = lock_orders_of_purchase(purchase_of_attempt(intent_id))
    intent = lock_intent(intent_id)
    receipt = lock_receipt_for_operator(by, intent_id)
    if any(order.state != State.AWAITING_PAYMENT for order in orders):
        raise OrderMoved
    if is_lost_to_bank(intent_id):
        raise TakenByBank
    mark_intent_paid(intent, receipt.received_at)
    left_idr, missing_idr = receipt.amount_idr, dict[uuid.UUID, int]()
    for order in orders:
        came_idr = min(left_idr, order.total_idr)
        left_idr -= came_idr
        missing_idr[order.id] = order.total_idr - came_idr
        post_transfers(unexplained_taken(intent.id, intent.provider, order.shop_id, came_idr, missing_idr[order.id]))
    if left_idr:
        _owe_back(intent, left_idr, PAID_TOO_MUCH)
    pay_orders(intent, orders, missing_idr)
    mark_receipt_resolved(by, receipt, UnexplainedReceipt.Resolution.TAKEN)


def _owe_back(intent: PaymentIntent, amount_idr: int, reason: str) -> None:
    post_transfers(unexplained_given_back(intent.id, intent.provider, intent.buyer_id, amount_idr))
    owe_refund(buyer_id=intent.buyer_id, amount_idr=amount_idr, reason=reason, intent_id=intent.id)
