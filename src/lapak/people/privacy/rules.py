"""What Lapak asks consent for, apart from its terms: pure."""

from dataclasses import dataclass
from datetime import date, timedelta

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
