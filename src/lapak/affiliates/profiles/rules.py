"""How a channel is confirmed, within how long, and the bounds of a profile: pure. Moments are on the clock of Jakarta."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from lapak.lib.dated import Dated

_FROM = date(2023, 10, 4)

CONFIRM_WITHIN_DAYS = Dated((_FROM, 7))
"""How long the operator has to look at a channel. Ours: a code in a bio is in the way of what else would stand there."""

RESULTS_DAYS = Dated((_FROM, 90))
"""Over how many days a creator's results are counted for shops. Ours: a season, so that one good week does not stand for ever."""

ENOUGH_CLICKS = 100
"""Of fewer, the share that bought says nothing."""

MOST_CATEGORIES = 5
MOST_CHANNELS = 10
LONGEST_ABOUT = 300
LONGEST_PLATFORM = 40
LONGEST_ADDRESS = 200

CODE_LENGTH = 6
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No two that are taken for one another when they are read from a screen."""


class ChannelState(StrEnum):
    """Where a channel stands. The same values as `Channel.State`."""

    NAMED = "named"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REMOVED = "removed"


_C = ChannelState

TRANSITIONS: dict[ChannelState, frozenset[ChannelState]] = {
    _C.NAMED: frozenset({_C.ASKED, _C.REMOVED}),
    _C.ASKED: frozenset({_C.CONFIRMED, _C.DECLINED, _C.REMOVED}),
    _C.DECLINED: frozenset({_C.ASKED, _C.REMOVED}),
    _C.CONFIRMED: frozenset({_C.DECLINED, _C.REMOVED}),
    _C.REMOVED: frozenset(),
}
"""Every allowed step. What was declined may be shown again; what turned out not to be theirs is declined after all."""


def may_move(from_state: str, to_state: str) -> bool:
    """Whether a channel may go from one state to another in one step."""
    return ChannelState(to_state) in TRANSITIONS[ChannelState(from_state)]


def look_by(state: str, at: datetime) -> datetime | None:
    """Until when the operator looks at a channel that comes into this state; None where nobody waits."""
    if ChannelState(state) != ChannelState.ASKED:
        return None
    return at + timedelta(days=CONFIRM_WITHIN_DAYS.on(at.date()))


def conversion_bp(orders: int, clicks: int) -> int | None:
    """Of a hundred people who clicked how many bought, in basis points; None of too few."""
    if clicks < ENOUGH_CLICKS:
        return None
    return min(10_000, orders * 10_000 // clicks)


def results_since(today: date) -> date:
    """The first day that counts for a creator's results."""
    return today - timedelta(days=RESULTS_DAYS.on(today) - 1)
