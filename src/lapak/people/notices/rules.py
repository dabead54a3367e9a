"""Who reads what, and what of it may be switched off: pure."""

from datetime import timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reader(TextChoices):
    """As whom a person is told something; one person may be all of them."""

    BUYER = "buyer", _("As a buyer")
    SHOP = "shop", _("For the shop")
    CREATOR = "creator", _("As a creator")
    OPERATOR = "operator", _("As the operator")


class Topic(StrEnum):
    """What mails are switched on and off by."""

    MONEY = "money"
    SECURITY = "security"
    DEADLINES = "deadlines"
    PROGRESS = "progress"
    SHOP_ORDERS = "shop_orders"
    PROGRAMMES = "programmes"
    REVIEWS = "reviews"
    CASES = "cases"


MAY_BE_OFF = {
    Topic.PROGRESS: _("How your orders and returns move on"),
    Topic.SHOP_ORDERS: _("New orders of your shop and what becomes of them"),
    Topic.PROGRAMMES: _("Creators and shops: invitations, raised rates, samples"),
    Topic.REVIEWS: _("Reviews: of what you bought, and of what your shop sold"),
    Topic.CASES: _("Cases for the operator"),
}
"""The topics that a person can do without by mail, in words. Money, where it is sent to, and deadlines after which something
is decided against the reader are told in any case; in the page everything is."""

GATHERED_FOR = timedelta(minutes=2)
"""What happens to one reader within so long is one mail: a purchase in three shops, a sweep that cancels forty orders."""

MAY_WAIT = timedelta(minutes=15)
"""What a reader could do without waits so long for more of its kind: a busy shop gets four mails an hour, not sixty."""


def mailed_within(topic: Topic) -> timedelta:
    """How long a notice waits for others to go in the same mail."""
    return MAY_WAIT if topic in MAY_BE_OFF else GATHERED_FOR
