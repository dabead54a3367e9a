"""How orders move, and on which clocks."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """Where an order stands; domain.md §2. The same values as `Order.State`."""

    AWAITING_PAYMENT = "awaiting_payment"
    TO_PACK = "to_pack"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.AWAITING_PAYMENT: frozenset({State.TO_PACK, State.CANCELLED}),
    State.TO_PACK: frozenset({State.PACKED, State.CANCELLED}),
    State.PACKED: frozenset({State.SHIPPED, State.CANCELLED}),
    State.SHIPPED: frozenset({State.DELIVERED}),
    State.DELIVERED: frozenset({State.COMPLETED, State.REFUNDED}),
    State.COMPLETED: frozenset({State.REFUNDED}),
    State.REFUNDED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""Every allowed step; what is not here is refused."""

HOLDS_STOCK = frozenset({State.AWAITING_PAYMENT, State.TO_PACK, State.PACKED})
"""States in which the goods are reserved but still on the shop's shelf."""

CANCEL_ANSWER_WITHIN = timedelta(hours=48)
"""A seller silent this long on a buyer's wish to cancel a packed order has agreed."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long each side has; domain.md §2. An order keeps the clocks it was placed under."""

    pack_within_working_days: int = 2
    ship_within_working_days: int = 3
    arrive_within_days: int = 15
    decide_within_days: int = 30
    complete_after_days: int = 6
    complete_after_days_by_shop: int = 10


@dataclass(frozen=True, slots=True)
class RefundSplit:
    """What goes back to a buyer out of an order, IDR."""

    goods_idr: int
    shipping_idr: int

    @property
    def total_idr(self) -> int:
        return self.goods_idr + self.shipping_idr


def paid_for_pieces_idr(paid_idr: int, quantity: int, *, before: int, pieces: int) -> int:
    """What `pieces` of a line were paid, when `before` pieces were counted already: the parts sum to the whole."""
    return paid_idr * (before + pieces) // quantity - paid_idr * before // quantity


@dataclass(frozen=True, slots=True)
class UnpaidLimits:
    """How much one buyer may keep from others without having paid: open purchases, and pieces of one variant."""

    purchases: int
    few: int
    """So many pieces are always allowed: what a household buys at once."""
    share: int
    """Of more, one in so many of those on the shelf."""

    def pieces_of(self, on_hand: int) -> int:
        return max(self.few, on_hand // self.share)


_VERIFIED = UnpaidLimits(purchases=5, few=10, share=2)
_UNVERIFIED = UnpaidLimits(purchases=2, few=3, share=10)
"""An account costs nothing before its e-mail address is confirmed; three of them once held a shop's whole stock."""


def unpaid_limits(*, is_verified: bool) -> UnpaidLimits:
    """The limits of a buyer whose e-mail address is confirmed, or not yet. The numbers are ours (domain.md §2)."""
    return _VERIFIED if is_verified else _UNVERIFIED


def may_move(from_state: str, to_state: str) -> bool:
    """Whether an order may go from one state to another in one step."""
    return State(to_state) in TRANSITIONS[State(from_state)]
