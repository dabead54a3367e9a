"""An order that will not happen: cancelled, or the buyer wishes it were."""

import uuid
from collections.abc import Collection

from lapak.goods.catalogue import stock
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.users.models import User
from lapak.trade.orders.errors import CancelDeclined, OrderMoved
from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.orders.queries import was_declined
from lapak.trade.orders.rules import State
from lapak.trade.orders.steps import for_buyer, for_seller, lock_order, move, note_event, pieces_of, refuse_unless


def mark_cancelled(by: User | None, orders: Collection[Order], reason: str) -> None:
    """The (locked) orders will not happen; what they had reserved is free again: all of it at once, in one order. What a
    courier has is not: it is on the shelf again when the shop says so."""
    holding = [order for order in orders if order.is_in_shop]
    for order in orders:
        order.cancelled_at, order.escrow_idr = clock.now(), 0
        move(by, order, State.CANCELLED, reason, ["cancelled_at", "escrow_idr"])
    stock.release(pieces_of(*holding))


@act
def ask_to_cancel(by: User, order_id: uuid.UUID, reason: str = "") -> Order:
    """The buyer's wish to cancel a packed order waits for the shop; 48 h of silence is agreement. Once: nothing is shipped
    meanwhile.

    Refuses strangers (`OrderNotFound`), an order not packed, asked for already, or shown to be with the courier
    (`OrderMoved`): there the shop's silence would cost it goods and money; and one that the shop has declined to cancel
    (`CancelDeclined`).
    """
    order = lock_order(order_id, for_buyer(by))
    if order.state != State.PACKED or order.cancel_asked_at or order.handed_over_at:
        raise OrderMoved
    if was_declined(order):
        raise CancelDeclined
    order.cancel_asked_at = clock.now()
    order.save(update_fields=["cancel_asked_at"])
    note_event(by, order, OrderEvent.Kind.CANCEL_ASKED, reason, order.cancel_answer_by)
    return order


@act
def decline_to_cancel(by: User, order_id: uuid.UUID) -> Order:
    """The shop ships anyway: the buyer's wish to cancel is off the table.

    Refuses strangers (`OrderNotFound`), when there is no wish (`OrderMoved`), and after 48 h (`OutOfTime`): the shop has
    agreed by then.
    """
    order = lock_order(order_id, for_seller(by))
    if not order.cancel_asked_at:
        raise OrderMoved
    refuse_unless(order, State.PACKED, order.cancel_answer_by, clock.now())
    order.cancel_asked_at = None
    order.save(update_fields=["cancel_asked_at"])
    note_event(by, order, OrderEvent.Kind.CANCEL_DECLINED, "", order.ship_by)
    return order
