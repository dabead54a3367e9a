"""An order will not happen: stock is free again, what was paid is owed back, and nobody earns on it."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_noop

from lapak.affiliates.commissions import reverse_commissions
from lapak.money.ledger.commands import post_transfers
from lapak.money.payments.commands import end_attempts
from lapak.money.payments.refunds import owe_refund
from lapak.people.users.models import User
from lapak.trade.orders.carts import put_back_into_cart
from lapak.trade.orders.commands import lock_order, lock_orders_of_purchase, mark_cancelled
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import payment_of
from lapak.trade.orders.rules import State
from lapak.trade.orders.settlement import order_refunded

AGREED = gettext_noop("The buyer asked to cancel and the shop agreed.")


@transaction.atomic
def cancel_unpaid_purchase(purchase_id: uuid.UUID, by: User | None, reason: str) -> list[Order]:
    """Every order of the purchase is cancelled, its stock free, its payment closed, its goods in the buyer's cart again;
    returns the orders.

    Refuses (`OrderMoved`) a purchase that has been paid. A payment that comes all the same is kept for the buyer
    (flows/receive_payment.py).
    """
    orders = lock_orders_of_purchase(purchase_id)
    if any(order.state != State.AWAITING_PAYMENT for order in orders):
        raise OrderMoved
    for order in orders:
        mark_cancelled(order, by, reason)
        reverse_commissions(order.id, reason)
    end_attempts(purchase_id)
    if orders:
        put_back_into_cart(orders[0].purchase)
    return orders


@transaction.atomic
def cancel_paid_order(order_id: uuid.UUID, by: User | None, reason: str) -> Order:
    """The order is cancelled before it was shipped, and all the buyer paid for it is owed to them.

    Refuses (`OrderMoved`) an order not paid yet, or already shipped. Posts order_escrow → buyer_refund_payable.
    """
    order = lock_order(order_id)
    if order.state not in {State.TO_PACK, State.PACKED}:
        raise OrderMoved
    mark_cancelled(order, by, reason)
    reverse_commissions(order.id, reason)
    post_transfers(order_refunded(order.id, order.shop_id, order.buyer_id, order.total_idr))
    owe_refund(
        buyer_id=order.buyer_id,
        amount_idr=order.total_idr,
        reason=reason,
        order_id=order.id,
        intent_id=payment_of(order),
    )
    return order


@transaction.atomic
def agree_to_cancel(order_id: uuid.UUID, by: User) -> Order:
    """The shop grants the buyer's wish to cancel a packed order: as `cancel_paid_order`.

    Refuses (`OrderMoved`) when there is no such wish (any more).
    """
    if lock_order(order_id).cancel_asked_at is None:
        raise OrderMoved
    return cancel_paid_order(order_id, by, AGREED)
