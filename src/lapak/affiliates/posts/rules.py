"""How an offer for posts and each post go from one state to the next, whose step that is, and within how long: pure. Moments are
on the clock of Jakarta, by which rules with dates go; docs/concepts/paid-posts.md."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from string import ascii_letters, digits
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from lapak.affiliates.rules import LONGEST_POST_ADDRESS
from lapak.lib.calendar import after_working_days
from lapak.lib.dated import Dated

_FROM = date(2023, 10, 4)
_ZONE = "Asia/Jakarta"

POST_WITHIN_DAYS = Dated((_FROM, 14))
"""How long a creator who has taken a place has to post. Ours: two weeks, so that a place that nobody uses is free again soon."""

CHECK_WITHIN_WORKING_DAYS = Dated((_FROM, 3))
"""How long a shop has to look at a post; in silence it is approved. Ours: as long as it has to send goods."""

OBJECT_WITHIN_WORKING_DAYS = Dated((_FROM, 5))
"""How long a creator has to take a refusal to Lapak. Ours."""

DECIDE_WITHIN_WORKING_DAYS = Dated((_FROM, 5))
"""How long the operator has, as of every case; in silence it is decided for the creator, whose work is done."""

STANDS_FOR_DAYS = Dated((_FROM, 7))
"""How long an approved post has to stand before its fee is paid. Ours: as many days as a click counts, in which a post earns its
shop anything; what disappears before is declined by the shop, with its reason."""

LOWEST_FEE_IDR = 10_000
"""One fee alone should arrive: after whatever tax it is above the smallest payout to a creator."""

HIGHEST_FEE_IDR = 100_000_000
"""Of one post: beyond it, it is a contract that two parties sign, and more likely a zero too many."""

MOST_PLACES = 500
"""Of one offer: more posts than a shop looks at in the days it has."""

LONGEST_OFFER_DAYS = 90
"""How far ahead an offer's last day may be. Ours: a season; the money lies still as long."""


class OfferState(StrEnum):
    """Where an offer stands. The same values as `PostOffer.State`."""

    OPEN = "open"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class PostState(StrEnum):
    """Where a post stands. The same values as `Post.State`."""

    TAKEN = "taken"
    HANDED_IN = "handed_in"
    DECLINED = "declined"
    ESCALATED = "escalated"
    APPROVED = "approved"
    PAYABLE = "payable"
    PAID = "paid"
    GIVEN_UP = "given_up"
    LAPSED = "lapsed"
    DENIED = "denied"


_S = PostState

TRANSITIONS: dict[PostState, frozenset[PostState]] = {
    _S.TAKEN: frozenset({_S.HANDED_IN, _S.GIVEN_UP, _S.LAPSED}),
    _S.HANDED_IN: frozenset({_S.APPROVED, _S.DECLINED}),
    _S.DECLINED: frozenset({_S.APPROVED, _S.ESCALATED, _S.DENIED}),
    _S.ESCALATED: frozenset({_S.APPROVED, _S.DENIED}),
    _S.APPROVED: frozenset({_S.PAYABLE, _S.DECLINED}),
    _S.PAYABLE: frozenset({_S.PAID}),
    _S.PAID: frozenset({_S.PAYABLE}),
    _S.GIVEN_UP: frozenset(),
    _S.LAPSED: frozenset(),
    _S.DENIED: frozenset(),
}
"""Every allowed step. Nobody is denied money in one: what a shop declines may be taken to Lapak first. A fee that has reached its
creator stays with them; only a payout that comes back makes it payable again."""

_DAYS: Mapping[PostState, Dated[int]] = {_S.TAKEN: POST_WITHIN_DAYS, _S.APPROVED: STANDS_FOR_DAYS}
_WORKING_DAYS: Mapping[PostState, Dated[int]] = {
    _S.HANDED_IN: CHECK_WITHIN_WORKING_DAYS,
    _S.DECLINED: OBJECT_WITHIN_WORKING_DAYS,
    _S.ESCALATED: DECIDE_WITHIN_WORKING_DAYS,
}

AFTER_ITS_TIME: Mapping[PostState, PostState] = {
    _S.TAKEN: _S.LAPSED,
    _S.HANDED_IN: _S.APPROVED,
    _S.DECLINED: _S.DENIED,
    _S.ESCALATED: _S.APPROVED,
    _S.APPROVED: _S.PAYABLE,
}
"""What becomes of a state whose time is over. The silence of one side never costs the other."""

HAS_CLOCK = frozenset(AFTER_ITS_TIME)
UNDECIDED = frozenset({_S.TAKEN, _S.HANDED_IN, _S.DECLINED, _S.ESCALATED})
"""Of one creator under one offer there is one of these at most."""

FREES_PLACE = frozenset({_S.GIVEN_UP, _S.LAPSED, _S.DENIED})
"""No fee is paid for it: its place is another's, or its money the shop's."""

ENDS_CHANCE = frozenset({_S.LAPSED, _S.DENIED})
"""Who let a place lapse, or was denied, gets no other under the same offer."""

COMING = frozenset({_S.HANDED_IN, _S.DECLINED, _S.ESCALATED, _S.APPROVED})
"""The work is done and its fee has not been paid."""


def may_move(from_state: str, to_state: str) -> bool:
    """Whether a post may go from one state to another in one step."""
    return PostState(to_state) in TRANSITIONS[PostState(from_state)]


def act_by(state: str, at: datetime) -> datetime | None:
    """When a state that begins at a moment ends by itself; None for one that lasts."""
    found = PostState(state)
    if days := _DAYS.get(found):
        return at + timedelta(days=days.on(at.date()))
    working = _WORKING_DAYS.get(found)
    return after_working_days(at, working.on(at.date()), _ZONE) if working else None


def paid_on(state: str, act_by: datetime | None) -> date | None:
    """The day on which a fee is in its creator's balance at the latest, if the shop stays silent and the post stands; None while
    it is declined, and until there is a post."""
    if act_by is None or PostState(state) not in {_S.HANDED_IN, _S.APPROVED}:
        return None
    if PostState(state) == _S.HANDED_IN:
        act_by += timedelta(days=STANDS_FOR_DAYS.on(act_by.date()))
    return act_by.date()


def is_day_for_offer(last_day: date, today: date) -> bool:
    """Whether an offer that is made today may have this last day."""
    return today <= last_day <= today + timedelta(days=LONGEST_OFFER_DAYS)


def held_idr(state: str, fee_idr: int, *, places: int, taken: int, credited: int) -> int:
    """What of an offer's money has to be held: for each place while it is open, later for those that were taken alone."""
    kept = places if OfferState(state) == OfferState.OPEN else taken
    return fee_idr * (kept - credited)


_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]+)")
"""A name, never a number: posts are not on somebody's own machine."""

_POST_IN_QUERY = {
    "tiktok.com": (), "instagram.com": (), "threads.net": (), "threads.com": (), "x.com": (), "twitter.com": (), "youtu.be": (),
    "youtube.com": ("v",), "facebook.com": ("v", "fbid", "story_fbid", "id"),
}  # fmt: skip
"""By which parameters each platform names a post; the others say who shared it, and make one post look like many. Elsewhere all
are kept."""

_STANDS_FOR_ITSELF = frozenset(ascii_letters + digits + "-._~@")
"""RFC 3986: an escape of these is the letter itself; of @ it is to every platform that names people so."""


def as_address(text: str) -> str:
    """A post's address in one way of writing, empty for what is none: https, whole, in plain letters, and without what says
    nothing of which post it is. Nobody of ours ever opens it."""
    text = text.strip()
    if not text or len(text) > LONGEST_POST_ADDRESS or re.search(r"[\s<>\"'\\\x00-\x1f]", text):
        return ""
    try:
        parts = urlsplit(text)
        port, host = parts.port, (parts.hostname or "").rstrip(".").encode("idna").decode()
        path, query = _plain(parts.path), _plain(parts.query)
    except ValueError:
        return ""
    if parts.scheme != "https" or not _HOST.fullmatch(host) or parts.username is not None or port not in {None, 443}:
        return ""
    host, path, query = _at_length(*_of_platform(host, query), re.sub("/+", "/", path).rstrip("/"))
    kept = urlunsplit(("https", host, path, query, ""))
    return kept if (path or query) and len(kept) <= LONGEST_POST_ADDRESS else ""


def _of_platform(host: str, query: str) -> tuple[str, str]:
    """Host and query without what the platform adds: its host for phones, who shared it."""
    known = re.sub(r"^(?:www|m|mobile|web)\.", "", host)
    if known not in _POST_IN_QUERY:
        return host, query
    kept = sorted((name, value) for name, value in parse_qsl(query) if name in _POST_IN_QUERY[known])
    return known, urlencode(kept)


def _at_length(host: str, query: str, path: str) -> tuple[str, str, str]:
    """Host, path and query of what a platform writes shorter too, or names by how it is played."""
    if host == "youtu.be" and path:
        return "youtube.com", "/watch", urlencode({"v": path.strip("/")})
    if host == "youtube.com" and (played := re.fullmatch(r"/(?:shorts|live|embed)/([^/]+)", path)):
        return host, "/watch", urlencode({"v": played[1]})
    if host == "instagram.com" and (shown := re.fullmatch(r"(?:/[^/]+)?/(?:p|reels?|tv)/([^/]+)", path)):
        return host, f"/p/{shown[1]}", query
    return host, path, query


def _plain(text: str) -> str:
    """In letters that are seen: what stands for itself as itself, everything else as its bytes. Refuses (`ValueError`) half a
    character, and what nobody sees."""
    read = unquote(text, errors="strict")
    if not read.isprintable():
        raise ValueError
    return quote(re.sub("%([0-9A-Fa-f]{2})", _as_itself, text), safe="%/:@!$&()*+,;=~?")


def _as_itself(escape: re.Match[str]) -> str:
    letter = chr(int(escape[1], 16))
    return letter if letter in _STANDS_FOR_ITSELF else escape[0].upper()
