"""How a case goes from a report to its end, and how long each step takes: pure. Moments are on the clock of Jakarta.

UU ITE 1/2024 and PP 71/2019 Art. 5 ask a platform to take down what the law forbids; Permendag 19/2026 asks the marketplace to
stop goods that break it, and to hear the merchant. They name no days for objecting (?), so the terms are ours.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from lapak.lib.calendar import after_working_days
from lapak.lib.dated import Dated

_FROM = date(2023, 10, 4)

APPEALED_WITHIN_DAYS = Dated((_FROM, 14))
"""From the decision. Ours: as long as a creator has."""

APPEAL_DECIDED_WITHIN = Dated((_FROM, 14))
"""Working days. Without an answer what was decided is lifted: nobody waits for us without an end."""

REPORTS_A_DAY = Dated((_FROM, 20))
"""Of one person, in 24 hours. As many as of reviews."""

REPORTS_A_DAY_OF_MAILBOX = Dated((_FROM, 5))
"""Of one e-mail address that nobody has shown to be theirs. Ours: what comes of each is mailed there."""

LONGEST_SUSPENSION_DAYS = Dated((_FROM, 365))
"""Of a shop. Longer, it is closed (people/shops/closings.py)."""

MOST_PICTURES = 3
"""That a report or an objection shows."""

LONGEST_RULE = 200
"""Characters of the rule that is broken."""

LONGEST_SHOWN = 2_000
"""Characters of a description that a case keeps: what a reader sees of it at once."""

FIGURES_DAYS = 90
"""What the public figures tell of, as those of complaints do."""


class CaseState(StrEnum):
    """Where a case stands. The same values as `Case.State`."""

    OPEN = "open"
    DISMISSED = "dismissed"
    UPHELD = "upheld"
    APPEALED = "appealed"
    LIFTED = "lifted"
    FINAL = "final"
    ENDED = "ended"
    HIDDEN = "hidden"


_S = CaseState

TRANSITIONS: Mapping[CaseState, frozenset[CaseState]] = {
    _S.OPEN: frozenset({_S.DISMISSED, _S.UPHELD, _S.HIDDEN}),
    _S.UPHELD: frozenset({_S.APPEALED, _S.FINAL, _S.LIFTED, _S.ENDED}),
    _S.APPEALED: frozenset({_S.FINAL, _S.LIFTED, _S.ENDED}),
    _S.FINAL: frozenset({_S.LIFTED, _S.ENDED}),
    _S.DISMISSED: frozenset(),
    _S.LIFTED: frozenset(),
    _S.ENDED: frozenset(),
    _S.HIDDEN: frozenset(),
}
"""Every allowed step. A creator's page is hidden at the creators' desk, where its creator objects (affiliates/integrity)."""

IN_FORCE = frozenset({_S.UPHELD, _S.APPEALED, _S.FINAL})
"""While goods are down, or a shop is suspended."""

WAITS_FOR_LAPAK = frozenset({_S.OPEN, _S.APPEALED})
"""What an operator is to decide."""


def may_move(from_state: str, to_state: str) -> bool:
    """Whether a case may go from one state to another in one step."""
    return CaseState(to_state) in TRANSITIONS[CaseState(from_state)]


def act_by(state: str, at: datetime, until: datetime | None) -> datetime | None:
    """When a state that begins at a moment ends by itself; None for one that lasts. A suspension ends on its date whatever else
    is on its way."""
    ends = [moment for moment in (_decided_by(state, at), until if state in IN_FORCE else None) if moment]
    return min(ends, default=None)


def _decided_by(state: str, at: datetime) -> datetime | None:
    if state == _S.UPHELD:
        return at + timedelta(days=APPEALED_WITHIN_DAYS.on(at.date()))
    if state == _S.APPEALED:
        return after_working_days(at, APPEAL_DECIDED_WITHIN.on(at.date()), "Asia/Jakarta")
    return None


def after_its_time(state: str, until: datetime | None, now: datetime) -> CaseState:
    """What becomes of a case whose time is over: a suspension has ended, an objection that nobody answered is upheld, and a
    decision that nobody objected to stands."""
    if until is not None and until <= now:
        return _S.ENDED
    return _S.LIFTED if state == _S.APPEALED else _S.FINAL
