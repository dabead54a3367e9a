"""Whose data were in the hands of others: a list, whoever left a row in a span of time, or everybody."""

import re
import uuid
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _

from lapak.flows.record_breach.traces import TRACES
from lapak.lib import clock
from lapak.lib.ids import NumberOf, number_in
from lapak.people.privacy.errors import NobodyConcerned, PeopleUnknown, TooManyListed, TraceRefused
from lapak.people.privacy.models import Erasure
from lapak.people.privacy.rules import MOST_LISTED, Whose
from lapak.people.users.models import User
from lapak.trade.orders.models import Order

NAMED_IN_A_REFUSAL = 5
"""So many that were not found are named; who pasted thousands mends those first."""


def people_concerned(
    whose: str, listed: str, trace: str, traced_from: date | None, traced_until: date | None
) -> QuerySet[User]:
    """Those of whom something is kept still: who is blocked is told as well, who was erased cannot be."""
    gone = Erasure.objects.filter(user=OuterRef("pk"), erased_at__isnull=False)
    there = User.objects.filter(~Exists(gone))
    if whose == Whose.EVERYBODY:
        return there
    if whose == Whose.LISTED:
        return there.filter(id__in=_listed(listed))
    if whose == Whose.TRACED:
        return there.filter(id__in=_traced(trace, traced_from, traced_until))
    raise NobodyConcerned


def _traced(trace: str, first: date | None, last: date | None) -> "QuerySet[Model, dict[str, object]]":
    if trace not in TRACES:
        raise TraceRefused("trace")
    if first is None:
        raise TraceRefused("traced_from")
    if last is None or not first <= last <= clock.today():
        raise TraceRefused("traced_until")
    return TRACES[trace].users(first, last)


def _listed(listed: str) -> set[uuid.UUID]:
    """Of e-mails and order numbers, in any mixture; each must be somebody's."""
    named = [each for each in (line.strip().lower() for line in re.split(r"[\n,;]+", listed)) if each]
    if len(named) > MOST_LISTED:
        raise TooManyListed
    emails = {each for each in named if number_in(each) is None}
    users = dict(User.objects.filter(email__in=emails).values_list("email", "id"))
    orders = _orders_numbered({number: each for each in named if (number := number_in(each)) is not None})
    unknown = [each for each in named if each not in users and each not in orders]
    if unknown or not named:
        raise PeopleUnknown(_refusal(unknown))
    return {*users.values(), *orders.values()}


def _orders_numbered(numbers: "dict[int, str]") -> dict[str, uuid.UUID]:
    """The buyer of each order, by what was pasted: the last twelve digits of its number may be written in any way."""
    if not numbers:
        return {}
    found = Order.objects.annotate(its_number=NumberOf("id")).filter(its_number__in=numbers)
    return {numbers[number]: buyer_id for number, buyer_id in found.values_list("its_number", "buyer_id")}


def _refusal(unknown: Sequence[str]) -> str:
    some = ", ".join(unknown[:NAMED_IN_A_REFUSAL])
    return _("Nobody is found by: %(some)s") % {"some": some} if unknown else _("Paste e-mails or order numbers.")
