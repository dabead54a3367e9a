"""What Lapak asks consent for, apart from its terms: pure."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.lib.dated import Dated


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
