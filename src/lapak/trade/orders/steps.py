"""Every step of an order: locked for whoever may, moved, recorded. The changes themselves are in commands, cancelling, escrow."""

import uuid
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime

from django.db.models import F

from lapak.goods.catalogue import stock
from lapak.goods.catalogue.stock import Cause, Reason
from lapak.lib import clock
from lapak.lib.calendar import after_working_days
from lapak.people.shops.queries import works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, is_let_in
from lapak.trade.orders.errors import OrderMoved, OrderNotFound, OutOfTime, PaymentDisputed
from lapak.trade.orders.models import Order, OrderEvent, OrderLine
from lapak.trade.orders.rules import State, is_over, may_move

Gate = Callable[[Order], bool]
"""Whose the order is, asked of the locked one."""


def lock_order(order_id: uuid.UUID, *gates: Gate) -> Order:
    """The order, held until the transaction ends: every change of state starts here.

    `OrderNotFound` if there is none, and for whom no gate lets through. Without gates, for nobody: the clock, the courier.
    """
    order = (
        Order.objects.select_for_update(of=("self",), no_key=True).select_related("shop").filter(id=order_id).first()
    )
    if order is None or (gates and not any(gate(order) for gate in gates)):
        raise OrderNotFound
    return order


def for_buyer(by: User) -> Gate:
    """The one who bought."""
    return lambda order: order.buyer_id == by.id


def for_seller(by: User) -> Gate:
    """One who deals with the orders of the shop; `NotYourDuty` for the others who work there."""
    return lambda order: works_for(by, order.shop_id, Duty.ORDERS)


def for_operator(by: User, desk: Desk) -> Gate:
    """Whoever runs the marketplace, and has this desk there."""
    return lambda _order: is_let_in(by, desk)


def lock_orders_of_purchase(purchase_id: uuid.UUID) -> list[Order]:
    """A purchase's orders, held until the transaction ends, in id order so that two flows cannot wait for each other."""
    return list(
        Order.objects.select_for_update(of=("self",), no_key=True)
        .select_related("shop")
        .filter(purchase_id=purchase_id)
        .order_by("id")
    )


def refuse_unless(order: Order, state: State, deadline: datetime | None, now: datetime) -> None:
    """The (locked) order stands there (else `OrderMoved`), and its time for that is not over (`OutOfTime`); in a dispute it
    stands still."""
    if order.state != state:
        raise OrderMoved
    if is_over(deadline, now) and not order.disputed_at:
        raise OutOfTime


def refuse_disputed(order: Order) -> None:
    """`PaymentDisputed` while the (locked) order's payment is in dispute."""
    if order.disputed_at:
        raise PaymentDisputed


def move(
    by: User | None,
    order: Order,
    to_state: State,
    reason: str = "",
    also_changed: Collection[str] = (),
    *,
    deadline: datetime | None = None,
) -> Order:
    """The (locked) order stands elsewhere, and that stays on record. Refuses what rules.py does not allow (`OrderMoved`)."""
    if not may_move(order.state, to_state):
        raise OrderMoved
    from_state, order.state = order.state, to_state
    order.save(update_fields=["state", *also_changed])
    _write_event(by, order, OrderEvent.Kind.MOVED, from_state, reason=reason, deadline=deadline)
    return order


def note_event(
    by: User | None, order: Order, kind: OrderEvent.Kind, reason: str, deadline: datetime | None
) -> OrderEvent:
    """What changes no state is told all the same."""
    return _write_event(by, order, kind, order.state, reason=reason, deadline=deadline)


def _write_event(
    by: User | None, order: Order, kind: OrderEvent.Kind, from_state: str, *, reason: str, deadline: datetime | None
) -> OrderEvent:
    return OrderEvent.objects.create(
        order=order,
        shop_id=order.shop_id,
        kind=kind,
        from_state=from_state,
        to_state=order.state,
        actor=by,
        reason=reason,
        deadline=deadline,
        happened_at=clock.now(),
    )


def working_days_after(order: Order, start: datetime, days: int) -> datetime:
    """The shop's working days; a holiday of its own counts that was announced before the order was placed."""
    days_off = order.shop.holiday_known_at(order.placed_at) or ()
    return after_working_days(start, days, order.shop.time_zone, days_off)


def take_from_shop(by: User, order: Order) -> None:
    """The (locked) order's goods are no longer the shop's: on hand and reserved both fall."""
    stock.take_from_shelf(pieces_of(order), Cause(Reason.SHIPPED, by.id, order.id))


def pieces_of(*orders: Order) -> dict[uuid.UUID, int]:
    """How many of each variant the orders hold, all of them together: stock is changed once, in one order."""
    pieces: Counter[uuid.UUID] = Counter()
    of_orders = OrderLine.objects.filter(order__in=orders)
    for variant_id, quantity in of_orders.values_list("variant_id", F("quantity") - F("cancelled_quantity")):
        pieces[variant_id] += quantity
    return pieces
