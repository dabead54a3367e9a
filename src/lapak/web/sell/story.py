"""An order's story, as its timeline tells it: what has happened, and what comes next."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.orders.rules import State
from lapak.trade.shipping.models import Parcel

TITLES = {
    State.AWAITING_PAYMENT: _("Ordered"),
    State.TO_PACK: _("Paid"),
    State.PACKED: _("Packed"),
    State.SHIPPED: _("Handed to the courier"),
    State.DELIVERED: _("Arrived at the buyer"),
    State.COMPLETED: _("Completed"),
    State.REFUNDED: _("Returned and refunded"),
    State.CANCELLED: _("Cancelled"),
}

PATH = [State.AWAITING_PAYMENT, State.TO_PACK, State.PACKED, State.SHIPPED, State.DELIVERED, State.COMPLETED]


def story_of_order(order: Order, events: Iterable[OrderEvent], parcel: Parcel | None) -> list[dict[str, Any]]:
    """Rows for `shell/components/timeline.html`."""
    happened = [_row(event, parcel) for event in events]
    if order.state in {State.CANCELLED, State.REFUNDED}:
        return happened
    if order.state != State.COMPLETED:
        happened[-1]["phase"] = "now"
    ahead = PATH[PATH.index(State(order.state)) + 1 :]
    return happened + [_row_ahead(order, state) for state in ahead]


def _row(event: OrderEvent, parcel: Parcel | None) -> dict[str, Any]:
    # A clock's reason is one of our own sentences; a person's passes through untranslated.
    note = gettext(event.reason) if event.reason else ""
    if event.to_state == State.SHIPPED and parcel:
        note = f"{parcel.service.name} {parcel.tracking_number}"
    return {
        "title": TITLES[State(event.to_state)],
        "moment": event.happened_at,
        "note": note,
        "phase": "bad" if event.to_state == State.CANCELLED else "done",
    }


def _row_ahead(order: Order, state: State) -> dict[str, Any]:
    note = gettext("by itself, unless the buyer objects") if state == State.COMPLETED else ""
    moment = order.complete_at if state == State.COMPLETED else None
    return {"title": TITLES[state], "moment": moment, "note": note, "phase": "next"}
