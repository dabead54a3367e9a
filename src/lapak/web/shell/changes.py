"""A record of changes, as people read it: who, what, from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.lib.money import format_idr
from lapak.lib.numbers import format_rate
from lapak.people.audit.models import Change
from lapak.people.audit.rules import FIELDS
from lapak.people.shops.rules import Role
from lapak.people.users.models import User

NOTHING = "–"
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
            str(people[change.by_id]) if change.by_id in people else _("nobody"),
            value_in_words(change.field, change.old),
            value_in_words(change.field, change.new),
        )
        for change in changes
    ]


def value_in_words(field: str, value: str) -> "str | Promise":
    """A kept value with its unit or its word."""
    if not value:
        return NOTHING
    if field.endswith("_idr"):
        return format_idr(int(value))
    if field == "rate_bp":
        return f"{format_rate(int(value))}%"
    if field in {"role", "invitation"}:
        return Role(value).label
    return YES_OR_NO.get(value, value)
