"""Who runs the marketplace, and may do what there: one table, of roles and their desks; every act and every page asks it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.lib.refusal import Forbidden, NotFound

if TYPE_CHECKING:
    from lapak.people.users.models import User


class Desk(StrEnum):
    """A part of the operator's work."""

    LOOKUPS = "lookups"
    LOOKING = "looking"
    COMPLAINTS = "complaints"
    RETURNS = "returns"
    PARCELS = "parcels"
    REVIEWS = "reviews"
    MODERATION = "moderation"
    CREATORS = "creators"
    MONEY = "money"
    PAYOUTS = "payouts"
    DISPUTES = "disputes"
    BOOKS = "books"
    FEES = "fees"
    SHIPPING = "shipping"
    LAW = "law"
    BREACHES = "breaches"
    HISTORY = "history"
    CLOSINGS = "closings"
    MACHINE = "machine"
    OPERATORS = "operators"
    SETTINGS = "settings"


DESKS: dict[Desk, Promise] = {
    Desk.LOOKUPS: _("look up people, shops, goods and orders"),
    Desk.LOOKING: _("look at pages as people see them, without doing anything there"),
    Desk.COMPLAINTS: _("answer complaints"),
    Desk.RETURNS: _("decide returns"),
    Desk.PARCELS: _("say what became of parcels"),
    Desk.REVIEWS: _("hide and show reviews"),
    Desk.MODERATION: _("take goods down, and suspend shops, when they are reported"),
    Desk.CREATORS: _("decide about creators: earnings, channels, posts"),
    Desk.MONEY: _("explain money that came in, pay taxes over, run Lapak's own programme"),
    Desk.PAYOUTS: _("send payouts"),
    Desk.DISPUTES: _("answer the buyers' banks"),
    Desk.BOOKS: _("check and correct the books"),
    Desk.FEES: _("announce fees, and answer what shops object"),
    Desk.SHIPPING: _("change shipping prices"),
    Desk.LAW: _("read what the law asks, and whether it is kept"),
    Desk.BREACHES: _("record breaches of people's data, and tell of them"),
    Desk.HISTORY: _("read what was changed, and by whom"),
    Desk.CLOSINGS: _("close a shop, or the marketplace"),
    Desk.MACHINE: _("look at jobs and mails"),
    Desk.OPERATORS: _("say who works here, and as what"),
    Desk.SETTINGS: _("choose how long each side has, and where people reach you"),
}
"""Each in words."""


class OperatorRole(TextChoices):
    """As what somebody works for the marketplace; a person can have several."""

    OWNER = "owner", pgettext_lazy("operator", "owner")
    SUPPORT = "support", pgettext_lazy("operator", "support")
    FINANCE = "finance", pgettext_lazy("operator", "finance")
    TRUST = "trust", pgettext_lazy("operator", "trust and safety")
    LAW = "law", pgettext_lazy("operator", "law")


DESKS_OF: dict[OperatorRole, frozenset[Desk]] = {
    OperatorRole.OWNER: frozenset(Desk),
    OperatorRole.SUPPORT: frozenset({Desk.LOOKUPS, Desk.LOOKING, Desk.COMPLAINTS, Desk.RETURNS, Desk.PARCELS}),
    OperatorRole.FINANCE: frozenset(
        {Desk.LOOKUPS, Desk.MONEY, Desk.PAYOUTS, Desk.DISPUTES, Desk.BOOKS, Desk.FEES, Desk.SHIPPING}
    ),
    OperatorRole.TRUST: frozenset({Desk.LOOKUPS, Desk.REVIEWS, Desk.MODERATION, Desk.CREATORS}),
    OperatorRole.LAW: frozenset({Desk.LAW, Desk.BREACHES, Desk.HISTORY}),
}
"""Who works where. Whoever answers buyers moves no money, and whoever moves money decides nothing about people."""


class NotYourDesk(Forbidden):
    """Of an operator, whose roles do not include it; a stranger finds nothing."""

    code = "not_your_desk"
    message = _("This is not part of your role here. An owner of the marketplace can give it to you, under Operators.")


def desks_of(roles: Iterable[str]) -> frozenset[Desk]:
    """All parts of the work that these roles include."""
    return frozenset[Desk]().union(*(DESKS_OF[OperatorRole(role)] for role in roles))


def works_at(by: "User", desk: Desk) -> bool:
    """Whether the user does this part of the operator's work."""
    return by.is_staff and by.is_active and desk in desks_of(by.operator_roles)


def is_let_in(by: "User", desk: Desk) -> bool:
    """The gate of the operator's acts: False for a stranger, `NotYourDesk` for an operator with other work."""
    if by.is_staff and by.is_active and not works_at(by, desk):
        raise NotYourDesk
    return works_at(by, desk)


def require_desk(by: "User", desk: Desk, refusal: type[NotFound]) -> None:
    """As `is_let_in`; for a stranger what it is about is not there."""
    if not is_let_in(by, desk):
        raise refusal
