"""Whose step a complaint waits for, and how long: pure. Moments are on the clock of Jakarta, by which rules with dates go.

Permendag 19/2026 Art. 10–13: a service for complaints with published terms that are kept, and a way to settle disputes. It
names no number of days (?), so the terms are ours; who is not content in the end is shown the Ministry's own service.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from lapak.lib.calendar import after_working_days
from lapak.lib.dated import Dated

_FROM = date(2023, 10, 4)

SHOP_ANSWERS_WITHIN = Dated((_FROM, 2))
"""Working days. As long as a shop has for a return."""

OBJECTED_WITHIN_DAYS = Dated((_FROM, 7))
"""How long who complained may say that the shop's answer settles nothing. Ours: a week is long enough to read one's mail."""

LAPAK_ANSWERS_WITHIN = Dated((_FROM, 5))
"""Working days; published as our term."""

MOST_OPEN = Dated((_FROM, 10))
"""Of one person. Ours: more than anybody's orders go wrong at a time."""

MOST_A_DAY = Dated((_FROM, 20))
"""Of one person, those withdrawn too: each is told to a shop and counted in public. Ours."""

LONGEST_COMPLAINT = 2_000
"""Characters, of the complaint as of each answer."""

SHORTEST_COMPLAINT = 10
"""Less says nothing that anybody could look into."""

FIGURES_DAYS = 90
"""What the public figures tell of: the last quarter of a year."""


class ComplaintState(StrEnum):
    """Where a complaint stands. The same values as `Complaint.State`."""

    WITH_SHOP = "with_shop"
    SHOP_ANSWERED = "shop_answered"
    WITH_LAPAK = "with_lapak"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


_S = ComplaintState

TRANSITIONS: dict[ComplaintState, frozenset[ComplaintState]] = {
    _S.WITH_SHOP: frozenset({_S.SHOP_ANSWERED, _S.WITH_LAPAK, _S.WITHDRAWN}),
    _S.SHOP_ANSWERED: frozenset({_S.SETTLED, _S.WITH_LAPAK}),
    _S.WITH_LAPAK: frozenset({_S.ANSWERED, _S.OVERDUE, _S.WITHDRAWN}),
    _S.OVERDUE: frozenset({_S.ANSWERED, _S.WITHDRAWN}),
    _S.ANSWERED: frozenset(),
    _S.SETTLED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
"""Every allowed step. What is overdue is answered all the same, and counts as late."""

AFTER_ITS_TIME: Mapping[ComplaintState, ComplaintState] = {
    _S.WITH_SHOP: _S.WITH_LAPAK,
    _S.SHOP_ANSWERED: _S.SETTLED,
    _S.WITH_LAPAK: _S.OVERDUE,
}
"""What becomes of a state whose time is over: nobody's silence keeps a complaint where it is."""

WAITS_FOR_LAPAK = frozenset({_S.WITH_LAPAK, _S.OVERDUE})
"""What an operator is to answer."""

OPEN = frozenset(state for state, next_ones in TRANSITIONS.items() if next_ones)
"""What is not over."""


def may_move(from_state: str, to_state: str) -> bool:
    """Whether a complaint may go from one state to another in one step."""
    return ComplaintState(to_state) in TRANSITIONS[ComplaintState(from_state)]


def act_by(state: str, at: datetime, time_zone: str) -> datetime | None:
    """When a state that begins at a moment ends by itself; None for one that lasts. Working days are those of the time zone."""
    day = at.date()
    if state == _S.WITH_SHOP:
        return after_working_days(at, SHOP_ANSWERS_WITHIN.on(day), time_zone)
    if state == _S.WITH_LAPAK:
        return after_working_days(at, LAPAK_ANSWERS_WITHIN.on(day), time_zone)
    if state == _S.SHOP_ANSWERED:
        return at + timedelta(days=OBJECTED_WITHIN_DAYS.on(day))
    return None
