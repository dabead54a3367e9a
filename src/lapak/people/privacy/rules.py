"""What Lapak asks consent for, apart from its terms: pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.lib.dated import Dated, always


class Purpose(TextChoices):
    """What somebody may say yes or no to, without losing anything else by it."""

    CLICKS = "clicks", _("Know my clicks on all my devices")


@dataclass(frozen=True, slots=True)
class Asked:
    """What exactly is asked. Another sentence is another version, from its day on: who said yes to the one before is asked
    again, and counts as not asked until then."""

    version: Dated[int]
    says: Promise
    without: Promise


ASKED = {
    Purpose.CLICKS: Asked(
        Dated((date(2023, 10, 4), 1)),
        _(
            "Lapak remembers on my account the creators' links that I came by lately, so that whoever brought me is "
            "paid also when I buy on another device. Nobody but me sees it."
        ),
        _(
            "Without it each of your browsers remembers its own links, as it does for everybody, and nothing else changes."
        ),
    ),
}
"""Every consent there is. What a contract or the law needs is no consent (the register: compliance/processing.py)."""


YEAR = timedelta(days=366)
"""None is longer: nothing goes before the law lets it."""

FINANCE_KEPT = Dated((date(2019, 11, 25), 10 * YEAR))
"""PP 80/2019 Art. 25: data of financial transactions for ten years."""

TRADE_KEPT = Dated((date(2019, 11, 25), 5 * YEAR))
"""The same article: five for the rest of trade."""

PUT_AWAY = "–"
"""What stands where somebody's words stood, where there must be some."""

ANSWERED_WITHIN = Dated((date(2024, 10, 17), timedelta(hours=72)))
"""UU 27/2022 Art. 43 and 45 with Art. 40: 3 × 24 hours; whoever asks is told by then that it is done, or what it waits for."""

COOLS_FOR = always(timedelta(hours=24))
"""Ours: who was angry, or whose phone somebody else held, can call it off."""

LOOKED_AT_AGAIN_AFTER = always(timedelta(hours=1))
"""Ours. What waits goes on by itself, soon after what it waits for is over."""


class Hindrance(TextChoices):
    """What an erasure waits for: others are owed it, or the money would lose its owner."""

    ORDERS = "orders", _("orders of yours that are not over, or whose money is still held")
    REFUNDS = "refunds", _("money that goes back to you: look under Refunds whether a bank account is missing")
    COMPLAINTS = "complaints", _("complaints of yours that are open")
    SHOP = "shop", _("your shop is open: announce its closing in the seller centre, or hand it to another owner")
    SHOP_ORDERS = "shop_orders", _("orders, returns or complaints of your shop that are not over")
    SHOP_MONEY = "shop_money", _("money of your shop that is not paid out, or that it still owes")
    COMMISSIONS = "commissions", _("commissions, samples or paid posts of yours that are on their way")
    REVIEW = "review", _("a review of your creator account that is not decided")
    CREATOR_MONEY = "creator_money", _("what you earned and was not paid out yet, or what you still owe")
    PAYOUTS = "payouts", _("payouts that are on their way to your bank account")


TOLD_WITHIN = Dated((date(2024, 10, 17), timedelta(hours=72)))
"""UU 27/2022 Art. 46: 3 × 24 hours from when it is known, to those concerned and to the authority, in writing."""

LONGEST_STORY = 2_000
"""Ours. What is read on a phone by everybody whom it concerns; what happened and what is done have so much each."""

SHORTEST_STORY = 20
"""Ours. Less says nothing of when and how."""

MOST_LISTED = 5_000
"""Ours. E-mails and orders pasted at once; of more people a table and a span of days say who they are."""


class DataKind(TextChoices):
    """Which of people's data a breach is about."""

    NAMES = "names", _("names and e-mail addresses")
    ADDRESSES = "addresses", _("addresses and phone numbers")
    PASSWORDS = "passwords", _("passwords, as values from which nobody reads them at once")
    SESSIONS = "sessions", _("where and with which device people were signed in")
    ORDERS = "orders", _("what was ordered, from whom and for how much")
    WORDS = "words", _("words and pictures of returns, complaints and reviews")
    BANK = "bank", _("bank accounts, and what was paid into them")
    TAXES = "taxes", _("NIK or NPWP, and what was earned")
    SHOPS = "shops", _("what shops keep to themselves: files, figures, terms")


class Whose(TextChoices):
    """How it is said whose data they are."""

    LISTED = "listed", _("People of a list")
    TRACED = "traced", _("Everybody of whom something was kept in a span of time")
    EVERYBODY = "everybody", _("Everybody")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the telling of a breach is, and by when it had to be done."""

    tell_by: datetime
    people_told_at: datetime | None
    authority_told_at: datetime | None
    is_for_the_public: bool
    published_at: datetime | None

    @property
    def is_told(self) -> bool:
        """Whether all who have to hear of it have."""
        return None not in self._moments

    def is_late(self, now: datetime) -> bool:
        """Whether somebody was told too late, or has not been and should have."""
        return any((moment or now) > self.tell_by for moment in self._moments)

    @property
    def _moments(self) -> list[datetime | None]:
        public = [self.published_at] if self.is_for_the_public else []
        return [self.people_told_at, self.authority_told_at, *public]
