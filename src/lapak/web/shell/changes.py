"""A record of changes, as people read it: who, what, from what to what."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.models import CreatorInvitation, Programme
from lapak.lib.banks import BANKS
from lapak.lib.money import format_idr
from lapak.lib.numbers import format_rate
from lapak.moving.past.models import PastReviewReport
from lapak.people.audit.models import Change
from lapak.people.audit.rules import FIELDS, KeptAccount
from lapak.people.shops.rules import Role
from lapak.people.users.models import User
from lapak.people.users.operators import OperatorRole

NOTHING = "–"
REVIEWS = {"frozen": _("under review"), "released": _("let go"), "denied": _("denied")}
ANSWERED = {CreatorInvitation.State.ACCEPTED, CreatorInvitation.State.DECLINED}
YES_OR_NO = {"True": _("yes"), "False": _("no")}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One line of the record."""

    change: Change
    field: "str | Promise"
    by: "str | Promise"
    old: "str | Promise"
    new: "str | Promise"


def shown_changes(changes: Iterable[Change]) -> list[ShownChange]:
    """Each as it is read; whoever made them is read at once."""
    changes = list(changes)
    people = User.objects.in_bulk({change.by_id for change in changes if change.by_id})
    return [
        ShownChange(
            change,
            FIELDS[change.field],
            _by(change, people),
            value_in_words(change.field, change.old),
            value_in_words(change.field, change.new),
        )
        for change in changes
    ]


def _by(change: Change, people: Mapping[uuid.UUID, User]) -> "str | Promise":
    """Who answers an invitation is named by it, once they accept: the shop reads no name of a user, and none of who declined."""
    if change.field == "creator_invitation" and change.new in ANSWERED:
        return _("the creator")
    return str(people[change.by_id]) if change.by_id and change.by_id in people else _("nobody")


def value_in_words(field: str, value: str) -> "str | Promise":
    """A kept value with its unit or its word."""
    if not value:
        return NOTHING
    if field.endswith("_idr"):
        return format_idr(int(value))
    in_words = IN_WORDS.get(field)
    return in_words(value) if in_words else YES_OR_NO.get(value, value)


def _account(value: str) -> str:
    account = KeptAccount.read(value)
    return f"{BANKS.get(account.bank_code, account.bank_code)} ··· {account.tail}, {account.holder}"


def _rate(value: str) -> str:
    return f"{format_rate(int(value))}%"


def _creator_invitation(value: str) -> "str | Promise":
    """What was offered, or what became of it."""
    return _rate(value) if value.isdecimal() else CreatorInvitation.State(value).label


def _past_review_report(value: str) -> "str | Promise":
    """What is wrong with it, or what came of that."""
    return _("left as it is") if value == "dismissed" else PastReviewReport.Reason(value).label


IN_WORDS: "dict[str, Callable[[str], str | Promise]]" = {
    "bank_account": _account,
    "creator_invitation": _creator_invitation,
    "indirect_bp": _rate,
    "invitation": lambda value: Role(value).label,
    "past_review_report": _past_review_report,
    "rate_bp": _rate,
    "review": REVIEWS.__getitem__,
    "operator_roles": lambda value: ", ".join(str(OperatorRole(role).label) for role in value.split(",")),
    "role": lambda value: Role(value).label,
    "won_by": lambda value: Programme.WonBy(value).label,
}
"""Fields whose values are no words yet."""
