"""An order's way as its buyer follows it: what happened, where it stands, and what comes next by when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.orders.rules import State

TITLES: dict[State, Promise] = {
    State.AWAITING_PAYMENT: _("Ordered"),
    State.TO_PACK: _("Paid"),
    State.PACKED: _("Packed by the shop"),
    State.SHIPPED: _("With the courier"),
    State.DELIVERED: _("Arrived"),
    State.COMPLETED: _("Completed"),
    State.REFUNDED: _("Returned and refunded"),
    State.CANCELLED: _("Cancelled"),
}

WAY = [State.AWAITING_PAYMENT, State.TO_PACK, State.PACKED, State.SHIPPED, State.DELIVERED, State.COMPLETED]


@dataclass(frozen=True, slots=True)
class Step:
    """A row of `shell/components/timeline.html`; a step ahead has a moment when a clock runs towards it."""

    title: Promise
    phase: str
    moment: datetime | None = None
    note: str = ""


def timeline(order: Order, events: Iterable[OrderEvent]) -> list[Step]:
    """Every step taken, then those ahead; a cancelled or refunded order has none ahead."""
    taken = [
        Step(TITLES[State(event.to_state)], _phase(order, event), event.happened_at, _why(event)) for event in events
    ]
    if order.state in {State.CANCELLED, State.REFUNDED}:
        return taken
    return taken + [_ahead(order, state) for state in WAY[WAY.index(State(order.state)) + 1 :]]


def _phase(order: Order, event: OrderEvent) -> str:
    if event.to_state == State.CANCELLED:
        return "bad"
    is_over = order.state in {State.COMPLETED, State.REFUNDED}
    return "now" if event.to_state == order.state and not is_over else "done"


def _why(event: OrderEvent) -> str:
    """A reason of ours in the reader's language; a person's own words as they are."""
    return gettext(event.reason) if event.reason else ""


def _ahead(order: Order, state: State) -> Step:
    due_by = {
        State.TO_PACK: order.pay_by,
        State.PACKED: order.pack_by,
        State.SHIPPED: order.ship_by,
        State.COMPLETED: order.complete_at,
    }
    moment = due_by.get(state) if not (state == State.TO_PACK and order.paid_at) else None
    return Step(TITLES[state], "next", moment, gettext("at the latest") if moment else "")
