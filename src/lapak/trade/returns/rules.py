"""How a return moves, who has how long, and what is paid back: pure rules; docs/concepts/returns.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lapak.lib.calendar import after_working_days
from lapak.trade.orders.rules import RefundSplit, State


class ReturnState(StrEnum):
    """Where a return stands. The same values as `Return.State`."""

    ASKED = "asked"
    DECLINED = "declined"
    ESCALATED = "escalated"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    ARRIVED = "arrived"
    REFUNDED = "refunded"
    SEND_AGAIN = "send_again"
    SENT_AGAIN = "sent_again"
    CLOSED = "closed"


TRANSITIONS: dict[ReturnState, frozenset[ReturnState]] = {
    ReturnState.ASKED: frozenset({ReturnState.APPROVED, ReturnState.DECLINED, ReturnState.CLOSED}),
    ReturnState.DECLINED: frozenset({ReturnState.ESCALATED, ReturnState.APPROVED, ReturnState.CLOSED}),
    ReturnState.ESCALATED: frozenset({ReturnState.APPROVED, ReturnState.CLOSED, ReturnState.SEND_AGAIN}),
    ReturnState.APPROVED: frozenset({ReturnState.SENT_BACK, ReturnState.REFUNDED, ReturnState.CLOSED}),
    ReturnState.SENT_BACK: frozenset({ReturnState.ARRIVED, ReturnState.DECLINED, ReturnState.CLOSED}),
    ReturnState.ARRIVED: frozenset({ReturnState.REFUNDED, ReturnState.DECLINED, ReturnState.CLOSED}),
    ReturnState.SEND_AGAIN: frozenset({ReturnState.SENT_AGAIN, ReturnState.CLOSED, ReturnState.REFUNDED}),
    ReturnState.SENT_AGAIN: frozenset({ReturnState.CLOSED, ReturnState.ESCALATED}),
    ReturnState.REFUNDED: frozenset(),
    ReturnState.CLOSED: frozenset(),
}
"""Every allowed step; what is not here is refused. A shop may decline the wish, and again what came back; and it may
think better of it as long as the return is open. A return whose goods have left the buyer is never closed while the shop
has them: the operator who decides for the shop lets them be sent to the buyer again, who may say that they did not come.
But when the buyer's bank has given the buyer all of the money, there is nothing left to return for, and it is closed in any
state."""

OPEN = tuple(state for state in ReturnState if TRANSITIONS[state])
"""States in which the order waits for its return."""

GRANTED = (ReturnState.APPROVED, ReturnState.SENT_BACK, ReturnState.ARRIVED, ReturnState.REFUNDED)
"""States in which the money goes back, at once or when the goods are there."""

WAIT_FOR_SHOP = (ReturnState.ASKED, ReturnState.SENT_BACK, ReturnState.ARRIVED, ReturnState.SEND_AGAIN)
"""States in which it is the shop's turn."""

TIME_IN_STATE: dict[ReturnState, timedelta] = {
    ReturnState.ASKED: timedelta(days=2),
    ReturnState.DECLINED: timedelta(days=2),
    ReturnState.APPROVED: timedelta(days=5),
    ReturnState.SENT_BACK: timedelta(days=10),
    ReturnState.SENT_AGAIN: timedelta(days=10),
}
"""How long a state may last. The seller's two days are the market's
custom (docs/concepts/law-and-practice.md "Custom"); the others are ours, so that no money waits for
ever: two days to take a refusal to the operator, five to send the goods off, ten for a parcel to arrive, there or back."""

WORKING_DAYS_IN_STATE: dict[ReturnState, int] = {
    ReturnState.ARRIVED: 2,
    ReturnState.ESCALATED: 5,
    ReturnState.SEND_AGAIN: 3,
}
"""How many working days a state may last; docs/concepts/returns.md: a seller silent for two after the goods came
back has accepted them, the operator decides within five. Three to send goods again are as many as an order's."""


class Reason(StrEnum):
    """Why goods go back. The same values as `Return.Reason`."""

    DAMAGED = "damaged"
    FAULTY = "faulty"
    DIFFERENT = "different"
    WRONG = "wrong"
    MISSING = "missing"
    NOT_ARRIVED = "not_arrived"
    CHANGED_MIND = "changed_mind"


NOT_THE_SELLERS_FAULT = frozenset({Reason.CHANGED_MIND})
"""For these the shipping was well spent: it is not paid back."""


NEVER_CARRIED = frozenset({Reason.NOT_ARRIVED})
"""For these no parcel reached the buyer: its courier is owed nothing."""


MOST_PICTURES = 5
"""From each side of a return."""

MOST_WAY_BACK_IDR = 10_000_000
"""More is a slip of the keyboard: no courier takes it for a parcel."""

LONGEST_COURIER = 60


@dataclass(frozen=True, slots=True)
class LineRefund:
    """A line of an order, and how many of its pieces one return covers. `paid_idr` is what those pieces were paid."""

    quantity: int
    refunded_before: int
    returned: int
    paid_idr: int

    @property
    def remaining(self) -> int:
        """Pieces that stay sold once this return is refunded."""
        return self.quantity - self.refunded_before - self.returned


def may_move(from_state: str, to_state: str) -> bool:
    """Whether a return may go from one state to another in one step."""
    return ReturnState(to_state) in TRANSITIONS[ReturnState(from_state)]


def act_by(state: ReturnState, since: datetime, time_zone: str) -> datetime | None:
    """When a state entered at `since` ends by itself; None when it does not. Working days are the shop's."""
    if state in WORKING_DAYS_IN_STATE:
        return after_working_days(since, WORKING_DAYS_IN_STATE[state], time_zone)
    return since + TIME_IN_STATE[state] if state in TIME_IN_STATE else None


def may_be_asked(order_state: str, complete_at: datetime | None, now: datetime) -> bool:
    """Whether an order is one to ask any return for: the goods have arrived, and its last day is not over."""
    return order_state == State.DELIVERED and complete_at is not None and now <= complete_at


def may_be_asked_for_hidden_faults(order_state: str, *, is_paid_out: bool) -> bool:
    """Whether a completed order is one to ask a return for that is the shop's fault: until the money has left."""
    return order_state == State.COMPLETED and not is_paid_out


def comes_back(reason: str, offered: bool) -> bool:
    """Whether goods are to be sent back, when the buyer offers to or not: what never came cannot be."""
    return offered and reason not in {Reason.MISSING, Reason.NOT_ARRIVED}


def way_back_borne_idr(stated_idr: int, dearest_idr: int, reason: str) -> int:
    """What the shop bears of what sending back cost: all of it for its own faults, up to the dearest service's price."""
    return 0 if reason in NOT_THE_SELLERS_FAULT else min(stated_idr, dearest_idr)


def refund_of(lines: Iterable[LineRefund], shipping_idr: int, *, is_sellers_fault: bool) -> RefundSplit:
    """What is paid back for the pieces returned, at the price each was paid.

    `lines` are all of the order's. The shipping comes with it, in full, when nothing of the order stays sold and all of
    it went back for a fault of the seller.
    """
    lines = list(lines)
    if any(line.remaining < 0 or line.returned < 0 for line in lines):
        raise ValueError("no more can be returned than was bought")
    is_whole = all(line.remaining == 0 for line in lines)
    return RefundSplit(
        goods_idr=sum(line.paid_idr for line in lines),
        shipping_idr=shipping_idr if is_whole and is_sellers_fault else 0,
    )
