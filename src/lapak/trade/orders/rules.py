"""How orders move, and on which clocks."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """Where an order stands; domain.md §2. The same values as `Order.State`."""

    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.AWAITING_PAYMENT: frozenset({State.PAID, State.CANCELLED}),
    State.PAID: frozenset({State.PACKED, State.CANCELLED}),
    State.PACKED: frozenset({State.SHIPPED, State.CANCELLED}),
    State.SHIPPED: frozenset({State.DELIVERED}),
    State.DELIVERED: frozenset({State.COMPLETED, State.REFUNDED}),
    State.COMPLETED: frozenset(),
    State.REFUNDED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""Every allowed step; what is not here is refused."""

HOLDS_STOCK = frozenset({State.AWAITING_PAYMENT, State.PAID, State.PACKED})
"""States in which the goods are reserved but still on the shop's shelf."""

CANCEL_ANSWER_WITHIN = timedelta(hours=48)
"""A seller silent this long on a buyer's wish to cancel a packed order has agreed."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long each side has. An order keeps the clocks it was placed under."""

    ship_within_working_days: int = 2
    complete_after_days: int = 6


def may_move(from_state: str, to_state: str) -> bool:
    """Whether an order may go from one state to another in one step."""
    return State(to_state) in TRANSITIONS[State(from_state)]
