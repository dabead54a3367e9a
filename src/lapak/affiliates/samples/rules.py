"""How a sample goes from one state to the next, whose step that is, within how long, and how many there may be: pure. Moments are
on the clock of Jakarta, by which rules with dates go."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from lapak.affiliates.rules import LONGEST_POST_ADDRESS
from lapak.lib.dated import Dated

_FROM = date(2023, 10, 4)

ANSWER_WITHIN_DAYS = Dated((_FROM, 7))
"""How long a shop has to answer. Ours: a week, as a creator plans their posts by the week."""

SEND_WITHIN_DAYS = Dated((_FROM, 7))
"""How long a shop has to send what it promised; then the piece is back on its shelf. Ours."""

ARRIVES_WITHIN_DAYS = Dated((_FROM, 14))
"""After so long a parcel of which its creator said nothing counts as arrived. Ours: the slowest service to the far islands."""

POST_WITHIN_DAYS = Dated((_FROM, 30))
"""How long a creator has to show the goods. Ours: a month, as filming waits for daylight and for its turn."""

MOST_OPEN = Dated((_FROM, 5))
"""So many samples of one creator, of all shops, may be under way or without a post. Ours: more than one shows in a month."""

REMEMBERED_DAYS = Dated((_FROM, 90))
"""So long a sample that was never shown stands in the way of the next ones. Ours."""

MOST_A_MONTH = 20
"""That a shop may give one creator in a month: beyond it, it is no sample."""

LONGEST_COURIER = 60
"""Its name, as a shop writes it."""


class SampleState(StrEnum):
    """Where a sample stands. The same values as `Sample.State`."""

    ASKED = "asked"
    APPROVED = "approved"
    SENT = "sent"
    ARRIVED = "arrived"
    POSTED = "posted"
    UNPOSTED = "unposted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CALLED_OFF = "called_off"
    LAPSED = "lapsed"
    NOT_ARRIVED = "not_arrived"
    ENDED = "ended"


_S = SampleState

TRANSITIONS: dict[SampleState, frozenset[SampleState]] = {
    _S.ASKED: frozenset({_S.APPROVED, _S.DECLINED, _S.WITHDRAWN, _S.LAPSED, _S.ENDED}),
    _S.APPROVED: frozenset({_S.SENT, _S.CALLED_OFF, _S.WITHDRAWN, _S.LAPSED, _S.ENDED}),
    _S.SENT: frozenset({_S.ARRIVED, _S.NOT_ARRIVED, _S.POSTED}),
    _S.ARRIVED: frozenset({_S.POSTED, _S.UNPOSTED, _S.NOT_ARRIVED, _S.ENDED}),
    _S.UNPOSTED: frozenset({_S.POSTED}),
    _S.POSTED: frozenset(),
    _S.DECLINED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.CALLED_OFF: frozenset(),
    _S.LAPSED: frozenset(),
    _S.NOT_ARRIVED: frozenset(),
    _S.ENDED: frozenset(),
}
"""Every allowed step. What is late may still be shown: a post after its time is better than none."""

_DAYS: Mapping[SampleState, Dated[int]] = {
    _S.ASKED: ANSWER_WITHIN_DAYS,
    _S.APPROVED: SEND_WITHIN_DAYS,
    _S.SENT: ARRIVES_WITHIN_DAYS,
    _S.ARRIVED: POST_WITHIN_DAYS,
}

AFTER_ITS_TIME: Mapping[SampleState, SampleState] = {
    _S.ASKED: _S.LAPSED,
    _S.APPROVED: _S.LAPSED,
    _S.SENT: _S.ARRIVED,
    _S.ARRIVED: _S.UNPOSTED,
}
"""What becomes of a state whose time is over."""

BEFORE_SENDING = frozenset({_S.ASKED, _S.APPROVED})
"""What a closed shop, a closed account or the end of a programme ends: nothing has left the shop."""

UNDER_WAY = frozenset(_DAYS)
"""What somebody still has to do something about."""

NEEDS_ADDRESS = frozenset({_S.ASKED, _S.APPROVED, _S.SENT})
"""As long as a parcel is to be brought; after that nobody keeps where the creator lives."""

SHOWS_ADDRESS = frozenset({_S.APPROVED, _S.SENT})
"""To the shop. Whoever has not agreed does not learn it."""


def may_move(from_state: str, to_state: str) -> bool:
    """Whether a sample may go from one state to another in one step."""
    return SampleState(to_state) in TRANSITIONS[SampleState(from_state)]


def is_last(state: str) -> bool:
    """Whether nothing comes after it."""
    return not TRANSITIONS[SampleState(state)]


def act_by(state: str, at: datetime) -> datetime | None:
    """When a state that begins at a moment ends by itself; None for one that lasts."""
    days = _DAYS.get(SampleState(state))
    return at + timedelta(days=days.on(at.date())) if days else None


def gives_piece_back(from_state: str, to_state: str) -> bool:
    """Whether the promised piece is the shop's to sell again: it was never sent."""
    return SampleState(from_state) == SampleState.APPROVED and SampleState(to_state) != SampleState.SENT


def remembered_since(at: datetime) -> datetime:
    """A sample that was asked for after this moment and never shown stands in the way of another."""
    return at - timedelta(days=REMEMBERED_DAYS.on(at.date()))


def is_address_of_post(text: str) -> bool:
    """Whether it is an address of the web that can be opened, in one piece and as it is seen; nobody of ours ever opens it."""
    if len(text) > LONGEST_POST_ADDRESS or not text.isprintable() or re.search(r"[\s<>\"'\x00-\x1f]", text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and parts.username is None
