"""Every change of an order's state. What spans other apps is a flow that calls one of these."""

import uuid
from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from lapak.goods.catalogue import stock
from lapak.goods.catalogue.stock import Cause, Reason
from lapak.lib import clock
from lapak.lib.calendar import after_working_days
from lapak.people.users.models import User
from lapak.trade.orders.errors import OrderMoved, OrderNotFound, ReturnOpen
from lapak.trade.orders.models import Order, OrderEvent, OrderLine, PaymentAllocation
from lapak.trade.orders.rules import HOLDS_STOCK, RefundSplit, State, may_move


def lock_order(order_id: uuid.UUID) -> Order:
    """The order, held until the transaction ends: every change of state starts here. `OrderNotFound` if there is none."""
    order = (
        Order.objects.select_for_update(of=("self",), no_key=True).select_related("shop").filter(id=order_id).first()
    )
    if order is None:
        raise OrderNotFound
    return order


def lock_orders_of_purchase(purchase_id: uuid.UUID) -> list[Order]:
    """A purchase's orders, held until the transaction ends, in id order so that two flows cannot wait for each other."""
    return list(
        Order.objects.select_for_update(of=("self",), no_key=True)
        .select_related("shop")
        .filter(purchase_id=purchase_id)
        .order_by("id")
    )


def mark_paid(order: Order, paid_at: datetime, told_at: datetime) -> Order:
    """The (locked) order is paid and its money held; its clock to be packed starts: whole working days of the shop's,
    from the later of paid and told, so that late news leaves nobody a deadline in the past."""
    order.paid_at = paid_at
    order.escrow_idr += order.total_idr
    order.pack_by = after_working_days(max(paid_at, told_at), order.pack_within_working_days, order.shop.time_zone)
    return _move(order, State.TO_PACK, None, "", ["paid_at", "escrow_idr", "pack_by"])


def allocate_payment(intent_id: uuid.UUID, orders: Collection[Order]) -> None:
    """The attempt paid each of the (locked) orders in full."""
    PaymentAllocation.objects.bulk_create(
        PaymentAllocation(intent_id=intent_id, order=order, shop_id=order.shop_id, amount_idr=order.total_idr)
        for order in orders
    )


@transaction.atomic
def pack_order(order_id: uuid.UUID, by: User) -> Order:
    """The shop has packed the order; the courier is to have it within its working days.

    Refuses (`OrderMoved`) unless it is paid and not yet packed.
    """
    order = lock_order(order_id)
    order.packed_at = clock.now()
    order.ship_by = after_working_days(order.packed_at, order.ship_within_working_days, order.shop.time_zone)
    return _move(order, State.PACKED, by, "", ["packed_at", "ship_by"])


def mark_shipped(order: Order, by: User) -> Order:
    """The (locked) order left with the courier, and its goods left the shop's stock: on hand and reserved both fall."""
    order.shipped_at = clock.now()
    _move(order, State.SHIPPED, by, "", ["shipped_at"])
    stock.take_from_shelf(_pieces(order), Cause(Reason.SHIPPED, by.id, order.id))
    return order


def mark_delivered(order: Order, by: User | None, reason: str = "") -> Order:
    """The (locked) order arrived; it completes by itself when the days to ask for a return are over."""
    order.delivered_at = clock.now()
    order.complete_at = order.delivered_at + timedelta(days=order.complete_after_days)
    return _move(order, State.DELIVERED, by, reason, ["delivered_at", "complete_at"])


def mark_completed(order: Order, by: User | None, reason: str = "") -> Order:
    """The (locked) order is done: nothing stands between the shop and its money.

    Refuses (`ReturnOpen`) an order whose return is not over.
    """
    if order.open_return_id:
        raise ReturnOpen
    order.completed_at = clock.now()
    return _move(order, State.COMPLETED, by, reason, ["completed_at"])


@transaction.atomic
def complete_when_due(order_id: uuid.UUID) -> Order:
    """The days to ask for a return are over without a word: the order is completed. Refuses one not delivered."""
    return mark_completed(lock_order(order_id), None, "")


def mark_refunded(order: Order, refund: RefundSplit, by: User | None) -> Order:
    """So much more of the (locked) order's money goes back to the buyer; when nothing remains, the order ends here."""
    order.refunded_goods_idr += refund.goods_idr
    order.refunded_shipping_idr += refund.shipping_idr
    if order.settled_at is None:
        order.escrow_idr -= refund.total_idr
    amounts = ["refunded_goods_idr", "refunded_shipping_idr", "escrow_idr"]
    if order.refunded_idr == order.total_idr:
        return _move(order, State.REFUNDED, by, "", amounts)
    order.save(update_fields=amounts)
    return order


def lock_orders_to_settle(order_ids: Collection[uuid.UUID]) -> list[Order]:
    """Those of the orders that are completed and not settled, held until the transaction ends, in id order."""
    return list(
        Order.objects.filter(id__in=order_ids, state=State.COMPLETED, settled_at=None, open_return_id=None)
        .select_for_update(no_key=True)
        .order_by("id")
    )


def mark_orders_settled(orders: Collection[Order], at: datetime) -> None:
    """The (locked) orders' money has been split in the ledger: nothing of it is held any more."""
    Order.objects.filter(id__in=[order.id for order in orders]).update(settled_at=at, escrow_idr=0)


def wait_for_return(order: Order, return_id: uuid.UUID) -> None:
    """The (locked) order neither completes nor settles while this return of its goods is open."""
    order.open_return_id = return_id
    order.save(update_fields=["open_return_id"])


def let_go_of_return(order: Order) -> None:
    """The (locked) order's return is over; its own clocks go on."""
    order.open_return_id = None
    order.save(update_fields=["open_return_id"])


def mark_cancelled(order: Order, by: User | None, reason: str) -> Order:
    """The (locked) order will not happen; what it had reserved is free again."""
    was_holding = State(order.state) in HOLDS_STOCK
    order.cancelled_at, order.escrow_idr = clock.now(), 0
    _move(order, State.CANCELLED, by, reason, ["cancelled_at", "escrow_idr"])
    if was_holding:
        stock.release(_pieces(order))
    return order


@transaction.atomic
def ask_to_cancel(order_id: uuid.UUID) -> Order:
    """The buyer's wish to cancel a packed order waits for the shop; 48 h of silence is agreement. Refuses other states."""
    order = lock_order(order_id)
    if order.state != State.PACKED or order.cancel_asked_at:
        raise OrderMoved
    order.cancel_asked_at = clock.now()
    order.save(update_fields=["cancel_asked_at"])
    return order


@transaction.atomic
def decline_to_cancel(order_id: uuid.UUID) -> Order:
    """The shop ships anyway: the buyer's wish to cancel is off the table. Refuses when there is none."""
    order = lock_order(order_id)
    if order.state != State.PACKED or not order.cancel_asked_at:
        raise OrderMoved
    order.cancel_asked_at = None
    order.save(update_fields=["cancel_asked_at"])
    return order


def _move(
    order: Order, to_state: State, by: User | None, reason: str = "", also_changed: Collection[str] = ()
) -> Order:
    if not may_move(order.state, to_state):
        raise OrderMoved
    event = OrderEvent(
        order=order,
        shop_id=order.shop_id,
        from_state=order.state,
        to_state=to_state,
        actor=by,
        reason=reason,
        happened_at=clock.now(),
    )
    order.state = to_state
    order.save(update_fields=["state", *also_changed])
    event.save(force_insert=True)
    return order


def _pieces(*orders: Order) -> dict[uuid.UUID, int]:
    """How many of each variant the orders hold, all of them together: stock is changed once, in one order."""
    pieces: Counter[uuid.UUID] = Counter()
    for variant_id, quantity in OrderLine.objects.filter(order__in=orders).values_list("variant_id", "quantity"):
        pieces[variant_id] += quantity
    return pieces
