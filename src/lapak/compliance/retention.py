"""How long what is kept: every term of it in one table, most of them named where the work is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.attribution import LONGEST_WINDOW
from lapak.goods.mass.commands import KEPT_FOR as MASS_CHANGES_KEPT
from lapak.lib.dated import Dated, always
from lapak.lib.numbers import filled
from lapak.moving.takeouts import KEPT_FOR as TAKEOUTS_KEPT
from lapak.moving.uploads import KEPT_FOR as UPLOADS_KEPT
from lapak.people.notices.commands import KEPT as NOTICES_KEPT
from lapak.people.notices.commands import MAILS_KEPT
from lapak.people.privacy.rules import FINANCE_KEPT, TRADE_KEPT, YEAR
from lapak.people.users.email_changes import TAKEN_BACK_WITHIN
from lapak.people.users.sessions import LASTS


class Keep(StrEnum):
    """A class of data, by how long it is kept."""

    ACCOUNT = "account"
    FINANCE = "finance"
    TRADE = "trade"
    NOTICES = "notices"
    MAILS = "mails"
    CLICKS = "clicks"
    SESSIONS = "sessions"
    WAY_BACK = "way_back"
    FILES = "files"
    TAKEOUTS = "takeouts"
    LISTS = "lists"


BY_LAW: Mapping[Keep, Dated[timedelta]] = {Keep.FINANCE: FINANCE_KEPT, Keep.TRADE: TRADE_KEPT}
"""In whole years. What stands here outlives an erasure, under no name but a number, and is put away when its time is over
(compliance/outlived.py)."""

OURS: Mapping[Keep, Dated[timedelta]] = {
    Keep.NOTICES: always(NOTICES_KEPT),
    Keep.MAILS: always(MAILS_KEPT),
    Keep.CLICKS: always(LONGEST_WINDOW),
    Keep.SESSIONS: LASTS,
    Keep.WAY_BACK: TAKEN_BACK_WITHIN,
    Keep.FILES: always(UPLOADS_KEPT),
    Keep.TAKEOUTS: always(TAKEOUTS_KEPT),
    Keep.LISTS: always(MASS_CHANGES_KEPT),
}


@dataclass(frozen=True, slots=True)
class Term:
    """How long, on a day."""

    keep: Keep
    on: date

    @property
    def lasts(self) -> timedelta | None:
        """None: as long as the account."""
        if self.keep in BY_LAW:
            return BY_LAW[self.keep].on(self.on)
        return OURS[self.keep].on(self.on) if self.keep in OURS else None

    @property
    def words(self) -> "str | Promise":
        """As a reader is told it."""
        if self.lasts is None:
            return _("Until you change it or have your account erased")
        if self.keep in BY_LAW:
            return filled(_("{years} years, as the law asks"), years=BY_LAW[self.keep].on(self.on) // YEAR)
        return filled(_("{days} days"), days=self.lasts.days)
