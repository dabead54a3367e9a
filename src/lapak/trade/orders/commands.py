"""An order on its way: packed, handed over, shipped, arrived, completed. What spans other apps is a flow."""

import uuid
from datetime import timedelta

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.written import LONGEST_NOTE
from lapak.people.users.models import User
from lapak.trade.orders.errors import CancelAsked, NotArrived, OrderMoved, ReceiptMissing, ReturnOpen, TooEarly
from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.orders.rules import State, Word, is_over
from lapak.trade.orders.steps import (
    for_buyer,
    for_seller,
    lock_order,
    move,
    note_event,
    refuse_disputed,
    refuse_unless,
    take_from_shop,
    working_days_after,
)


@act
def pack_order(by: User, order_id: uuid.UUID) -> Order:
    """The shop has packed the order; the courier is to have it within its working days.

    Refuses strangers (`OrderNotFound`), an order that is not to be packed (`OrderMoved`), and one whose time to be packed
    is over (`OutOfTime`).
    """
    order, now = lock_order(order_id, for_seller(by)), clock.now()
    refuse_unless(order, State.TO_PACK, order.pack_by, now)
    order.packed_at = now
    order.ship_by = working_days_after(order, now, order.ship_within_working_days)
    return move(by, order, State.PACKED, "", ["packed_at", "ship_by"], deadline=order.ship_by)


@act
def show_handed_over(by: User, order_id: uuid.UUID, receipt: str) -> Order:
    """The shop shows (`receipt`: what the courier gave it) that the courier has the parcel whose number is not known yet; its
    goods have left the shop's stock.

    Once: the order is not cancelled meanwhile, and the number is due within the same working days again. Refuses
    strangers (`OrderNotFound`), an order not packed or shown before (`OrderMoved`), out of time (`OutOfTime`), while the
    buyer waits for an answer (`CancelAsked`), and without a receipt (`ReceiptMissing`).
    """
    order, now, receipt = lock_order(order_id, for_seller(by)), clock.now(), receipt.strip()
    refuse_unless(order, State.PACKED, order.ship_by, now)
    if order.handed_over_at:
        raise OrderMoved
    if order.cancel_asked_at:
        raise CancelAsked
    if not 1 <= len(receipt) <= LONGEST_NOTE:
        raise ReceiptMissing
    order.handed_over_at = now
    order.ship_by = working_days_after(order, now, order.ship_within_working_days)
    order.save(update_fields=["handed_over_at", "ship_by"])
    note_event(by, order, OrderEvent.Kind.HANDED_OVER, receipt, order.ship_by)
    take_from_shop(by, order)
    return order


def mark_shipped(by: User, order: Order) -> Order:
    """The (locked) order left with the courier, and its goods, if they had not before, the shop's stock: on hand and reserved
    both fall.

    Refuses an order not packed (`OrderMoved`), out of time (`OutOfTime`), and while the buyer waits for an answer to
    their wish to cancel (`CancelAsked`).
    """
    now = clock.now()
    refuse_unless(order, State.PACKED, order.ship_by, now)
    if order.cancel_asked_at:
        raise CancelAsked
    order.shipped_at = now
    order.arrive_by = now + timedelta(days=order.arrive_within_days)
    order.decide_by = now + timedelta(days=order.decide_within_days)
    move(by, order, State.SHIPPED, "", ["shipped_at", "arrive_by", "decide_by"], deadline=order.arrive_by)
    if not order.handed_over_at:
        take_from_shop(by, order)
    return order


@act
def claim_not_arrived(by: User, order_id: uuid.UUID) -> Order:
    """The buyer says that the parcel did not arrive in time: the operator finds out and decides; the money stays held.

    Refuses strangers (`OrderNotFound`), an order that is not shipped or was claimed before (`OrderMoved`), and before its
    days to arrive are over (`TooEarly`).
    """
    order = lock_order(order_id, for_buyer(by))
    if order.state != State.SHIPPED or order.not_arrived_at:
        raise OrderMoved
    if not is_over(order.arrive_by, clock.now()):
        raise TooEarly
    order.not_arrived_at = clock.now()
    order.save(update_fields=["not_arrived_at"])
    note_event(by, order, OrderEvent.Kind.NOT_ARRIVED, "", order.decide_by)
    return order


def mark_delivered(by: User | None, order: Order, word: Word, reason: str = "") -> Order:
    """The (locked) order arrived; it completes by itself when the days to ask for a return are over. They are more when
    it is the shop's word alone, which no longer counts once the buyer has said that nothing came (`NotArrived`)."""
    if word == Word.SHOP and order.not_arrived_at:
        raise NotArrived
    order.delivered_at, order.delivered_by = clock.now(), word
    days = order.complete_after_days_by_shop if word == Word.SHOP else order.complete_after_days
    order.complete_at = order.delivered_at + timedelta(days=days)
    changed = ["delivered_at", "delivered_by", "complete_at"]
    return move(by, order, State.DELIVERED, reason, changed, deadline=order.complete_at)


def mark_completed(by: User | None, order: Order, reason: str = "") -> Order:
    """The (locked) order is done: nothing stands between the shop and its money.

    Refuses an order whose return is not over (`ReturnOpen`) and one whose payment is in dispute (`PaymentDisputed`).
    """
    refuse_disputed(order)
    if order.open_return_id:
        raise ReturnOpen
    order.completed_at = clock.now()
    return move(by, order, State.COMPLETED, reason, ["completed_at"])


@act
def complete_when_due(order_id: uuid.UUID) -> Order:
    """The days to ask for a return are over without a word: the order is completed. Refuses (`OrderMoved`) one that is
    not delivered, or whose days are not over."""
    order = lock_order(order_id)
    if not is_over(order.complete_at, clock.now()):
        raise OrderMoved
    return mark_completed(None, order, "")


def wait_for_return(order: Order, return_id: uuid.UUID) -> None:
    """The (locked) order neither completes nor settles while this return of its goods is open."""
    order.open_return_id = return_id
    order.save(update_fields=["open_return_id"])


def let_go_of_return(order: Order, stood_still: timedelta) -> None:
    """The (locked) order's return is over; its own clocks go on, the days to ask for another where they stood."""
    order.open_return_id = None
    if order.state == State.DELIVERED and order.complete_at:
        order.complete_at += stood_still
    order.save(update_fields=["open_return_id", "complete_at"])
