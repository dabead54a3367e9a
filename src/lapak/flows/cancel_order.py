"""An order will not happen: stock is free again, what was paid is owed back, and nobody earns on it."""

import uuid
from collections.abc import Collection

from django.utils.translation import gettext_noop

from lapak.affiliates.commissions import reverse_commissions
from lapak.flows.owe_back import owe_back
from lapak.goods.catalogue import stock
from lapak.goods.catalogue.stock import Cause, Reason
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.money.ledger.commands import post_transfers
from lapak.money.payments.commands import end_attempts
from lapak.people.shops.closings import has_closed
from lapak.people.users.models import User
from lapak.trade.orders.cancelling import mark_cancelled
from lapak.trade.orders.carts import put_back_into_cart
from lapak.trade.orders.errors import OrderMoved, OrderNotFound
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State, is_over
from lapak.trade.orders.settlement import order_refunded
from lapak.trade.orders.steps import for_buyer, for_seller, lock_order, lock_orders_of_purchase, refuse_disputed

Lines = Collection[uuid.UUID]
"""Lines of the order, by id."""

AGREED = gettext_noop("The buyer asked to cancel and the shop agreed.")
UNPACKED = gettext_noop("Not packed in time.")
UNSHIPPED = gettext_noop("Not handed to the courier in time.")
SHOP_CLOSED = gettext_noop("The shop has closed, and no courier had the goods by then.")
SELLER_SILENT = gettext_noop("The seller did not answer the wish to cancel in time.")


@act
def cancel_unpaid_purchase(by: User | None, purchase_id: uuid.UUID, reason: str) -> list[Order]:
    """Every order of the purchase is cancelled, its stock free, its payment closed, its goods in the buyer's cart again;
    returns the orders.

    Refuses anyone but the buyer (`OrderNotFound`), a purchase that has been paid, and the clock (`by` None) before the
    time to pay is over (`OrderMoved`). A payment that comes all the same is kept for the buyer
    (flows/receive_payment.py).
    """
    orders = lock_orders_of_purchase(purchase_id)
    if by and any(order.buyer_id != by.id for order in orders):
        raise OrderNotFound
    if any(order.state != State.AWAITING_PAYMENT for order in orders):
        raise OrderMoved
    if by is None and not all(is_over(order.pay_by, clock.now()) for order in orders):
        raise OrderMoved
    mark_cancelled(by, orders, reason)
    end_attempts(purchase_id)
    if orders:
        put_back_into_cart(orders[0].purchase)
    for order in orders:
        reverse_commissions(order.id, reason)
    return orders


@act
def cancel_paid_order(
    by: User,
    order_id: uuid.UUID,
    reason: str,
    *,
    sold_out: Lines = (),
    damaged: Lines = (),
) -> Order:
    """The order is cancelled before it was shipped, and all that is still held of what the buyer paid is owed to them.

    The shop may until the courier has it, and says why; the buyer until it is packed, and then asks (`ask_to_cancel`).
    Of what a shop calls `sold_out` nothing more is for sale, of what it calls `damaged` so many pieces fewer: else the
    next to order it would be cancelled as well.
    Refuses strangers (`OrderNotFound`) and an order in another state (`OrderMoved`). Posts as `_cancel`.
    """
    order = lock_order(order_id, for_buyer(by), for_seller(by))
    may_cancel_in = {State.TO_PACK} if order.buyer_id == by.id else {State.TO_PACK, State.PACKED}
    if order.state not in may_cancel_in:
        raise OrderMoved
    _cancel(by, order, reason)
    if order.buyer_id != by.id:
        _take_off_sale(by, order, sold_out, damaged)
    return order


@act
def cancel_late_order(order_id: uuid.UUID) -> Order:
    """The shop let its time to pack, or to have it with the courier, pass: as `cancel_paid_order`.

    Refuses (`OrderMoved`) before that, and an order in another state.
    """
    order, now = lock_order(order_id), clock.now()
    if order.state == State.TO_PACK and is_over(order.pack_by, now):
        return _cancel(None, order, UNPACKED)
    if order.state == State.PACKED and is_over(order.ship_by, now):
        return _cancel(None, order, UNSHIPPED)
    raise OrderMoved


@act
def cancel_unsent_order(order_id: uuid.UUID) -> Order:
    """The shop's closing, or the marketplace's, has ended the time to hand it to a courier: as `cancel_paid_order`.

    Refuses (`OrderMoved`) before that, and an order in another state.
    """
    order = lock_order(order_id)
    if order.state not in {State.TO_PACK, State.PACKED} or not has_closed(order.shop_id):
        raise OrderMoved
    return _cancel(None, order, SHOP_CLOSED)


@act
def cancel_unanswered_order(order_id: uuid.UUID) -> Order:
    """The shop has been silent for too long on the buyer's wish to cancel, which is agreement: as `cancel_paid_order`.

    Refuses (`OrderMoved`) before that, and when there is no such wish (any more).
    """
    order = lock_order(order_id)
    if order.state != State.PACKED or not is_over(order.cancel_answer_by, clock.now()):
        raise OrderMoved
    return _cancel(None, order, SELLER_SILENT)


@act
def agree_to_cancel(by: User, order_id: uuid.UUID) -> Order:
    """The shop grants the buyer's wish to cancel a packed order: as `cancel_paid_order`.

    Refuses strangers (`OrderNotFound`), and when there is no such wish (any more) (`OrderMoved`).
    """
    order = lock_order(order_id, for_seller(by))
    if order.state != State.PACKED or order.cancel_asked_at is None:
        raise OrderMoved
    return _cancel(by, order, AGREED)


def _take_off_sale(by: User, order: Order, sold_out: Lines, damaged: Lines) -> None:
    """The (cancelled) order's goods that are not there; what other buyers were promised stays on the shelf."""
    lines, cause = list(order.lines.all()), Cause(Reason.GONE, by.id, order.id)
    gone = {line.variant_id: -line.pieces for line in lines if line.id in damaged}
    none_left = {line.variant_id: 0 for line in lines if line.id in sold_out}
    if gone:
        stock.shift(gone, cause)
    if none_left:
        stock.set_on_hand(none_left, cause)


def _cancel(by: User | None, order: Order, reason: str) -> Order:
    """Posts order_escrow → buyer_refund_payable: all that is still held, goods and shipping. Refuses (`PaymentDisputed`) while
    the buyer's bank is taking that back."""
    refuse_disputed(order)
    mark_cancelled(by, [order], reason)
    owe_back(order, order.held, reason)
    reverse_commissions(order.id, reason)
    post_transfers(order_refunded(order.id, order.shop_id, order.buyer_id, order.held.total_idr))
    return order
