"""Who may do what in a shop: pure. One table, of roles and their duties; every command and every page asks it."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """As what somebody works for a shop; the roles that sellers know from other marketplaces."""

    OWNER = "owner", _("owner")
    ADMIN = "admin", _("shop admin")
    ORDERS = "orders", _("orders and warehouse")
    FINANCE = "finance", _("finance (reads only)")


class Duty(StrEnum):
    """A part of a shop's work."""

    ORDERS = "orders"
    GOODS = "goods"
    PROMOTION = "promotion"
    PROFILE = "profile"
    MONEY = "money"
    OWNERSHIP = "ownership"


DUTIES: dict[Duty, Promise] = {
    Duty.ORDERS: _("pack and ship orders, answer cancellations and returns"),
    Duty.GOODS: _("change products, prices and stock, move goods in"),
    Duty.PROMOTION: _("agree on commissions with creators"),
    Duty.PROFILE: _("change the shop's profile"),
    Duty.MONEY: _("read the balance and the payouts"),
    Duty.OWNERSHIP: _("say where the money goes and who works here, take the shop along, read what was changed"),
}
"""Each duty in words."""

DUTIES_OF: dict[Role, frozenset[Duty]] = {
    Role.OWNER: frozenset(Duty),
    Role.ADMIN: frozenset(Duty) - {Duty.OWNERSHIP},
    Role.ORDERS: frozenset({Duty.ORDERS}),
    Role.FINANCE: frozenset({Duty.MONEY}),
}
"""Who may do what. Where money goes and who is a member only owners touch: an employee who leaves must not take the shop."""

MOST_SHOPS_A_DAY = 5
"""That one user opens: a family's, and a slip or two. Sixty in a second were no family's."""

MAX_MEMBERS = 50
"""With those who are invited. The largest sub-account plans of other marketplaces; far above, a list of strangers."""


def has_duty(role: str, duty: Duty) -> bool:
    """Whether the role may."""
    return duty in DUTIES_OF[Role(role)]


def roles_with(duty: Duty) -> list[Role]:
    """Who may, the mightiest first."""
    return [role for role in Role if duty in DUTIES_OF[role]]
