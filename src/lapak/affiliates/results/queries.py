"""What days brought a creator: as a row of days, and by link, product and label. A day is Jakarta's.

Each answer reads one row for a day, link and product that something was sold by in the time asked about (and the changes of
the day that runs), from an index alone: neither commissions nor what was earned before.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from lapak.affiliates.models import Link
from lapak.affiliates.results.models import DayResult
from lapak.lib.among import among


@dataclass(frozen=True, slots=True)
class Result:
    """Orders in which something earns, and the commission before tax (IDR)."""

    orders: int = 0
    amount_idr: int = 0


def brought_by_day(creator_id: uuid.UUID, first: date, last: date) -> dict[date, Result]:
    """Of each day that brought something, both ends included."""
    return _by(_results(creator_id, first, last), "day")


def brought_by_link(creator_id: uuid.UUID, first: date, last: date, most: int) -> dict[uuid.UUID, Result]:
    """The links (ids) that brought most commission, the best first."""
    return _by(_results(creator_id, first, last), "link_id", most)


def brought_by_product(creator_id: uuid.UUID, first: date, last: date, most: int) -> dict[uuid.UUID, Result]:
    """The products (ids) sold that brought most commission, the best first."""
    return _by(_results(creator_id, first, last), "product_id", most)


def brought_by_label(creator_id: uuid.UUID, first: date, last: date, most: int) -> dict[str, Result]:
    """By the label that the links have now, the best first; links without one are under `""`."""
    of_link = _by(_results(creator_id, first, last), "link_id")
    sums: defaultdict[str, Result] = defaultdict(Result)
    for link_id, label in Link.objects.filter(among("id", of_link)).values_list("id", "label"):
        sums[label] = Result(
            sums[label].orders + of_link[link_id].orders, sums[label].amount_idr + of_link[link_id].amount_idr
        )
    return dict(sorted(sums.items(), key=lambda each: (-each[1].amount_idr, each[0]))[:most])


def brought_by_links(
    creator_id: uuid.UUID, first: date, last: date, link_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, Result]:
    """What each of these links brought, as far as it did."""
    return _by(_results(creator_id, first, last).filter(link_id__in=link_ids), "link_id")


def _results(creator_id: uuid.UUID, first: date, last: date) -> QuerySet[DayResult]:
    return DayResult.objects.filter(creator_id=creator_id, day__gte=first, day__lte=last)


def _by(results: QuerySet[DayResult], name: str, most: int | None = None) -> dict[Any, Result]:
    summed = results.order_by().values_list(name).annotate(all_orders=Sum("orders"), all_idr=Sum("amount_idr"))
    some = summed.exclude(all_orders=0, all_idr=0)
    best_first = some.order_by("-all_idr", name)[:most] if most else some
    return {key: Result(int(orders), int(idr)) for key, orders, idr in best_first}
