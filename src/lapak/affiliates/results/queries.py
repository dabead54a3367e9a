"""What days brought a creator: as a row of days, and by link, product and label. A day is Jakarta's.

By day each answer reads one row a day; by link and product one row for a day, link and product that something was sold by in
the time asked about; and the changes of the day that runs: neither commissions nor what was earned before.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
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
    return _fetch(
        """
        SELECT day, sum(orders)::bigint, sum(amount_idr)::bigint FROM results_by_day
        WHERE creator_id = %s AND day BETWEEN %s AND %s GROUP BY day HAVING sum(orders) <> 0 OR sum(amount_idr) <> 0
        """,
        [creator_id, first, last],
    )


def brought_by_link(
    creator_id: uuid.UUID, first: date, last: date, most: int, also: Collection[uuid.UUID] = ()
) -> dict[uuid.UUID, Result]:
    """The links (ids) that brought most commission, the best first; and these others, as far as they brought something."""
    return _fetch(
        """
        SELECT link_id, orders, idr FROM (
            SELECT link_id, sum(orders)::bigint AS orders, sum(amount_idr)::bigint AS idr,
                row_number() OVER (ORDER BY sum(amount_idr) DESC, link_id) AS place
            FROM results_dayresult WHERE creator_id = %s AND day BETWEEN %s AND %s
            GROUP BY link_id HAVING sum(orders) <> 0 OR sum(amount_idr) <> 0
        ) AS summed
        WHERE place <= %s OR link_id = ANY (%s::uuid[]) ORDER BY place
        """,
        [creator_id, first, last, most, list(also)],
    )


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


def _results(creator_id: uuid.UUID, first: date, last: date) -> QuerySet[DayResult]:
    return DayResult.objects.filter(creator_id=creator_id, day__gte=first, day__lte=last)


def _fetch(sql: str, params: list[Any]) -> dict[Any, Result]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {key: Result(orders, idr) for key, orders, idr in cursor.fetchall()}


def _by(results: QuerySet[DayResult], name: str, most: int | None = None) -> dict[Any, Result]:
    summed = results.order_by().values_list(name).annotate(all_orders=Sum("orders"), all_idr=Sum("amount_idr"))
    some = summed.exclude(all_orders=0, all_idr=0)
    best_first = some.order_by("-all_idr", name)[:most] if most else some
    return {key: Result(int(orders), int(idr)) for key, orders, idr in best_first}
