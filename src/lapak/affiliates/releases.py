"""When pending commissions reach their creator's balance."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.rules import State
from lapak.lib import clock
from lapak.trade.orders.expected import Underway, act_by, settles_by

_ORDER = "line__order__"
_CLOCKS = ("pack_within_working_days", "ship_within_working_days", "arrive_within_days", "complete_after_days")


MANY, LATELY_S = 2_000, 300
"""So many pending orders are asked in some milliseconds; and what is due by days may be five minutes old."""


@dataclass(frozen=True, slots=True)
class Release:
    """What is in the balance on a day at the latest, before tax; `day` None: it waits until a return or a dispute is over."""

    day: date | None
    count: int
    amount_idr: int


def releases_of_creator(creator: Creator) -> list[Release]:
    """All that is pending and not under review, by its day, the next first and what waits last.

    Costs with what is pending, which no order is for longer than its clocks run: not with what was ever earned.
    """
    return _releases(Commission.objects.filter(creator=creator, state=State.PENDING))


def releases_lately(creator: Creator) -> list[Release]:
    """The same for whoever only looks in; where more than `MANY` wait, as it stood at most `LATELY_S` ago: every order has to
    be asked."""
    key = f"releases-{creator.pk}"
    releases: list[Release] | None = caches["mind"].get(key)
    if releases is None:
        releases = releases_of_creator(creator)
        if sum(release.count for release in releases) > MANY:
            caches["mind"].set(key, releases, LATELY_S)
    return releases


def release_of(commission: Commission) -> Release | None:
    """The same of one commission; None unless it is pending."""
    found = _releases(Commission.objects.filter(pk=commission.pk, state=State.PENDING))
    return found[0] if found else None


def release_days(commissions: Collection[Commission]) -> dict[uuid.UUID, date | None]:
    """By when each of these that is pending is in the balance at the latest; None: it waits for a return or a dispute."""
    today = clock.today()
    pending = Commission.objects.filter(pk__in=[each.pk for each in commissions], state=State.PENDING)
    return {
        commission_id: None if waits else settles_by(Underway(state, due, *clocks), today)
        for commission_id, waits, state, due, *clocks in _with_clocks(pending, "pk")
    }


def _releases(pending: QuerySet[Commission]) -> list[Release]:
    """Orders whose next step is due on one day, under the same clocks, are asked about once."""
    today = clock.today()
    sums: defaultdict[date | None, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for waits, state, due, *clocks, more, idr in _grouped(pending):
        day = None if waits else settles_by(Underway(state, due, *clocks), today)
        count, amount_idr = sums[day]
        sums[day] = count + more, amount_idr + int(idr)
    return [Release(day, *sums[day]) for day in sorted(sums, key=lambda day: day or date.max)]


def _grouped(pending: QuerySet[Commission]) -> Iterable[tuple[Any, ...]]:
    grouped: Iterable[tuple[Any, ...]] = _with_clocks(pending).annotate(count=Count("*"), idr=Sum("amount_idr"))
    return grouped


def _with_clocks(pending: QuerySet[Commission], *first: str) -> "QuerySet[Any, tuple[Any, ...]]":
    return (
        pending.order_by()
        .annotate(
            waits=Q(line__order__open_return_id__isnull=False) | Q(line__order__disputed_idr__gt=0),
            due=TruncDate(act_by(_ORDER), tzinfo=clock.WIB),
        )
        .values_list(*first, "waits", f"{_ORDER}state", "due", *(_ORDER + name for name in _CLOCKS))
    )
