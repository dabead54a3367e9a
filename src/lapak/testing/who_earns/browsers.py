"""What browsers and accounts remember of clicks: each its own list, told about by whoever plays the people."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

REMEMBERED, HANDED_OVER = 8, 2
COUNTS_FOR, CHECKOUT_GOES_ON_FOR = timedelta(days=90), timedelta(hours=1)


class Clicked(NamedTuple):
    """A link was followed, or (`is_typed`) its code was typed at the checkout."""

    at: datetime
    click_id: uuid.UUID
    link_id: uuid.UUID
    is_typed: bool = False


@dataclass(slots=True)
class Browsers:
    """By name of a browser, and by user who has consented to it, the clicks that are remembered, newest first; and since when a
    user is at the checkout with goods."""

    of: defaultdict[str, list[Clicked]] = field(default_factory=lambda: defaultdict(list))
    known: defaultdict[uuid.UUID, list[Clicked]] = field(default_factory=lambda: defaultdict(list))
    consenting: set[uuid.UUID] = field(default_factory=set)
    at_checkout: dict[tuple[uuid.UUID, uuid.UUID], datetime] = field(default_factory=dict)

    def click(self, browser: str, clicked: Clicked) -> None:
        """Of a link the newest and the first are kept; the newest eight in all."""
        before = self.of[browser]
        of_link = [each for each in before if each.link_id == clicked.link_id]
        self.of[browser] = _newest([clicked, *(each for each in before if each not in of_link[:-1])])

    def leave_app(self, app: str, browser: str, at: datetime) -> None:
        """The two newest and the first go along."""
        proven = _still_counting(self.of[app], at)
        along = {*proven[:HANDED_OVER], *proven[-1:]}
        self.of[browser] = _newest([*along, *self.of[browser]])

    def consent(self, user_id: uuid.UUID) -> None:
        """From now on the user's devices know of each other."""
        self.consenting.add(user_id)

    def take_consent_back(self, user_id: uuid.UUID) -> None:
        """What they knew of each other they keep; the user's own is gone."""
        self.consenting.discard(user_id)
        self.known.pop(user_id, None)

    def open_checkout(self, browser: str, user_id: uuid.UUID, variant_ids: Iterable[uuid.UUID], at: datetime) -> None:
        """The user's devices know of each other; the first showing counts, and after an hour one begins anew."""
        together = _newest(_still_counting([*self.of[browser], *self.known[user_id]], at))
        self.of[browser] = together
        if user_id in self.consenting:
            self.known[user_id] = together
        for variant_id in variant_ids:
            opened_at = self.at_checkout.get((user_id, variant_id))
            if opened_at is None or at - opened_at >= CHECKOUT_GOES_ON_FOR:
                self.at_checkout[user_id, variant_id] = at

    def shown(self, browser: str, at: datetime) -> list[Clicked]:
        """What the browser can prove when it orders."""
        return _still_counting(self.of[browser], at)

    def bought(self, user_id: uuid.UUID, variant_ids: Iterable[uuid.UUID]) -> None:
        """They are no wish any more."""
        for variant_id in variant_ids:
            self.at_checkout.pop((user_id, variant_id), None)


def _newest(clicks: Iterable[Clicked]) -> list[Clicked]:
    return sorted(set(clicks), reverse=True)[:REMEMBERED]


def _still_counting(clicks: Iterable[Clicked], at: datetime) -> list[Clicked]:
    return [each for each in sorted(set(clicks), reverse=True) if at - each.at < COUNTS_FOR]
