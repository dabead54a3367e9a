"""Until when an order's money is shared out at the latest, by its own clocks: docs/concepts/orders-and-clocks.md."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Case, DateTimeField, F, When

from lapak.lib import clock
from lapak.lib.calendar import after_working_days
from lapak.trade.orders.rules import State


@dataclass(frozen=True, slots=True)
class Underway:
    """An order on its way: the last day for what comes next (`act_by`), and the clocks it was placed under."""

    state: str
    act_by: date
    pack_within_working_days: int
    ship_within_working_days: int
    arrive_within_days: int
    complete_after_days: int


def settles_by(order: Underway, today: date) -> date | None:
    """The last day on which its money is shared out if each takes all their time and nothing is asked back; None for an
    order that ended without. What is due already is done today. Days that a shop takes off are not known ahead.
    """
    arrives = order.arrive_within_days + order.complete_after_days
    left = {
        State.AWAITING_PAYMENT: (order.pack_within_working_days + order.ship_within_working_days, arrives),
        State.TO_PACK: (order.ship_within_working_days, arrives),
        State.PACKED: (0, arrives),
        State.SHIPPED: (0, order.complete_after_days),
        State.DELIVERED: (0, 0),
        State.COMPLETED: (0, 0),
    }.get(State(order.state))
    if left is None:
        return None
    working_days, days = left
    acted = datetime.combine(max(order.act_by, today), time(), clock.WIB)
    return after_working_days(acted, working_days, str(clock.WIB)).date() + timedelta(days=days)


def act_by(of: str = "") -> Case:
    """In SQL, of the order at this path: until when it is paid, packed, with the courier, there, or kept; once it is late,
    until when the operator has decided whether it arrived. Of a completed order, when it was."""
    return Case(
        When(**{f"{of}state": State.AWAITING_PAYMENT}, then=F(f"{of}pay_by")),
        When(**{f"{of}state": State.TO_PACK}, then=F(f"{of}pack_by")),
        When(**{f"{of}state": State.PACKED}, then=F(f"{of}ship_by")),
        When(**{f"{of}state": State.SHIPPED, f"{of}arrive_by__lt": clock.now()}, then=F(f"{of}decide_by")),
        When(**{f"{of}state": State.SHIPPED}, then=F(f"{of}arrive_by")),
        When(**{f"{of}state": State.DELIVERED}, then=F(f"{of}complete_at")),
        default=F(f"{of}placed_at"),
        output_field=DateTimeField(),
    )
