"""How a finding goes from one state to the next, and within how long; who may decide: pure. Moments are on the clock of Jakarta,
by which rules with dates go."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from lapak.affiliates.rules import REVIEW_WITHIN_DAYS
from lapak.lib.dated import Dated

_FROM = date(2023, 10, 4)

APPEAL_WITHIN_DAYS = Dated((_FROM, 14))
"""How long a creator may object to what was decided. Ours: two weeks, so that nobody loses by being on a journey."""

CLOSING_ANSWERED_WITHIN_DAYS = Dated((_FROM, 7))
"""How long the closing of an account waits for a second operator. Ours: what nobody else agrees to in a week is off."""

CLOSES_WITHIN_DAYS = 30
"""How far ahead a closing may be dated. Ours: a closing that is meant for later is proposed later."""

RESTS_FOR_DAYS = Dated((_FROM, 90))
"""A rule that was wrong about a creator leaves them alone so long: the next sale would raise the same alarm."""

MOST_PICTURES = 6
"""With an objection: as many as one side of a return shows."""


class FindingState(StrEnum):
    """Where a finding stands. The same values as `Finding.State`."""

    OPEN = "open"
    UPHELD = "upheld"
    APPEALED = "appealed"
    LIFTED = "lifted"
    FINAL = "final"


TRANSITIONS: dict[FindingState, frozenset[FindingState]] = {
    FindingState.OPEN: frozenset({FindingState.UPHELD, FindingState.LIFTED}),
    FindingState.UPHELD: frozenset({FindingState.APPEALED, FindingState.FINAL, FindingState.LIFTED}),
    FindingState.APPEALED: frozenset({FindingState.FINAL, FindingState.LIFTED}),
    FindingState.LIFTED: frozenset(),
    FindingState.FINAL: frozenset({FindingState.LIFTED}),
}
"""Every allowed step. Nobody is denied money in one: what is upheld may be objected to first. Without an objection only what
hides a page or a picture is lifted (`may_show_again`): no money has moved for it."""

_DAYS: Mapping[FindingState, Dated[int]] = {
    FindingState.OPEN: REVIEW_WITHIN_DAYS,
    FindingState.UPHELD: APPEAL_WITHIN_DAYS,
    FindingState.APPEALED: REVIEW_WITHIN_DAYS,
}

UNDECIDED = frozenset({FindingState.OPEN, FindingState.APPEALED})
"""What waits for the operator. In silence it ends in the creator's favour."""


class ClosingState(StrEnum):
    """Where the closing of an account stands. The same values as `Closing.State`."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    REOPENED = "reopened"


def may_move(from_state: str, to_state: str) -> bool:
    """Whether a finding may go from one state to another in one step."""
    return FindingState(to_state) in TRANSITIONS[FindingState(from_state)]


def act_by(state: str, at: datetime) -> datetime | None:
    """When a state that begins at a moment ends by itself; None for one that lasts."""
    days = _DAYS.get(FindingState(state))
    return at + timedelta(days=days.on(at.date())) if days else None


def is_too_late(to_state: str, act_by: datetime | None, at: datetime) -> bool:
    """Whether a person may no longer do so: what is not decided, or objected to, in time has ended for the other side. What is
    lifted late comes to the same."""
    return FindingState(to_state) != FindingState.LIFTED and act_by is not None and act_by <= at


def answered_by(proposed_at: datetime) -> datetime:
    """Until when a second operator may agree to a closing."""
    return proposed_at + timedelta(days=CLOSING_ANSWERED_WITHIN_DAYS.on(proposed_at.date()))


def answered_since(at: datetime) -> datetime:
    """What was proposed before this moment has waited too long."""
    return at - timedelta(days=CLOSING_ANSWERED_WITHIN_DAYS.on(at.date()))


def may_show_again(state: str) -> bool:
    """Whether an operator may show what a finding hides, though nobody objects."""
    return FindingState(state) in {FindingState.UPHELD, FindingState.FINAL}


def may_decide(state: str, by_id: uuid.UUID, decided_by_id: uuid.UUID | None) -> bool:
    """Whether this operator may: an objection is never for the one whose decision it is about."""
    return FindingState(state) in UNDECIDED and by_id != decided_by_id


def rests_since(at: datetime) -> datetime:
    """A rule whose finding was lifted after this moment leaves that creator alone."""
    return at - timedelta(days=RESTS_FOR_DAYS.on(at.date()))
