"""What clicks come to, read from days and hours: of a link, of all of a creator's, or of a label of theirs (`label_id`).

A day is Jakarta's. Nothing here costs with how many clicks there were: each answer reads the days it is about, one row each of
the links or labels shown; of the last few the hours, which are not added up yet (the view `clicks_by_day`).
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum
from django.db.models.functions import Extract

from lapak.affiliates.clicks.models import ClickHour
from lapak.lib import clock
from lapak.lib.days import begin_of, day_by_day, last_days

MOST_DAYS = 366
"""A year and its day: longer periods are for a file."""

LOOKED_AT = 100
"""Of a creator's links, or labels, those followed most ever are compared over a period: somebody may have thousands."""


@dataclass(frozen=True, slots=True)
class Clicked:
    """How often something was followed, by how many people (each once a day), and from which devices (of the clicks)."""

    clicks: int = 0
    people: int = 0
    on_phones: int = 0
    on_tablets: int = 0
    on_computers: int = 0


_SUMS = ", ".join(f"coalesce(sum({name}), 0)::bigint" for name in Clicked.__slots__)


def clicked_between(of_id: uuid.UUID, first: date, last: date) -> Clicked:
    """All of it from the first day to the last, both included."""
    (sums,) = _fetch(
        f"SELECT {_SUMS} FROM clicks_by_day WHERE of_id = %s AND day BETWEEN %s AND %s",  # noqa: S608 - our own words
        [of_id, first, last],
    )
    return Clicked(*sums)


def clicked_now_and_before(of_id: uuid.UUID, days: int) -> tuple[Clicked, Clicked]:
    """Of the last `days` (1 to 366), today among them; and of as many before, for comparison."""
    shown = _last(days)
    before = timedelta(days=days)
    return clicked_between(of_id, shown[0], shown[-1]), clicked_between(of_id, shown[0] - before, shown[-1] - before)


def clicks_by_day(of_id: uuid.UUID, days: int) -> list[tuple[date, int, int]]:
    """Clicks and people of each of the last `days` (1 to 366), today last."""
    shown = _last(days)
    found = _fetch(
        """
        SELECT day, sum(clicks)::bigint, sum(people)::bigint FROM clicks_by_day
        WHERE of_id = %s AND day BETWEEN %s AND %s GROUP BY day
        """,
        [of_id, shown[0], shown[-1]],
    )
    return day_by_day(shown, {day: (clicks, people) for day, clicks, people in found}, (0, 0))


def clicks_by_hour(of_id: uuid.UUID, day: date) -> list[Clicked]:
    """Of each of the day's 24 hours, the one from midnight first."""
    found = {hour.hour.astimezone(clock.WIB).hour: hour for hour in _hours(of_id, day, day)}
    return [
        Clicked(**{name: getattr(found[hour], name) for name in Clicked.__slots__}) if hour in found else Clicked()
        for hour in range(24)
    ]


def best_hours(of_id: uuid.UUID, days: int) -> list[list[int]]:
    """Clicks of the last `days` by weekday (Monday first) and by hour of the day (24, from midnight)."""
    shown = _last(days)
    week = [[0] * 24 for _ in range(7)]
    found = (
        _hours(of_id, shown[0], shown[-1])
        .annotate(
            weekday=Extract("hour", "iso_week_day", tzinfo=clock.WIB), of_day=Extract("hour", "hour", tzinfo=clock.WIB)
        )
        .values_list("weekday", "of_day")
        .annotate(sum_of_clicks=Sum("clicks"))
    )
    for weekday, hour, clicks in found:
        week[weekday - 1][hour] = clicks
    return week


def most_clicked_links(creator_id: uuid.UUID, days: int, most: int) -> list[tuple[uuid.UUID, Clicked]]:
    """The creator's links (ids) that were followed most in the last `days`; among the hundred followed most ever."""
    return [(of_id, clicked) for of_id, _label, clicked in _compared(creator_id, days, most, are_labels=False)]


def clicks_by_label(creator_id: uuid.UUID, days: int, most: int) -> list[tuple[str, Clicked]]:
    """The same by label, as it was when somebody clicked; links without one are under `""`."""
    return [(label, clicked) for _id, label, clicked in _compared(creator_id, days, most, are_labels=True)]


def clicked_of_each(of_ids: Collection[uuid.UUID], first: date, last: date) -> dict[uuid.UUID, Clicked]:
    """Of each of these links, as far as it was followed from the first day to the last."""
    found = _fetch(
        f"""
        SELECT of_id, {_SUMS} FROM clicks_by_day WHERE of_id = ANY(%s::uuid[]) AND day BETWEEN %s AND %s GROUP BY of_id
        """,  # noqa: S608 - our own words
        [list(of_ids), first, last],
    )
    return {of_id: Clicked(*sums) for of_id, *sums in found}


def _last(days: int) -> list[date]:
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"clicks are counted over 1 to {MOST_DAYS} days")
    return last_days(days, clock.today())


def _bounds(first: date, last: date) -> tuple[datetime, datetime]:
    return begin_of(first, clock.WIB), begin_of(last + timedelta(days=1), clock.WIB)


def _hours(of_id: uuid.UUID, first: date, last: date) -> QuerySet[ClickHour]:
    since, until = _bounds(first, last)
    return ClickHour.objects.filter(of_id=of_id, hour__gte=since, hour__lt=until)


def _compared(creator_id: uuid.UUID, days: int, most: int, *, are_labels: bool) -> list[tuple[uuid.UUID, str, Clicked]]:
    shown = _last(days)
    found = _fetch(
        f"""
        SELECT total.of_id, total.label, added.*
        FROM (
            SELECT of_id, label FROM clicks_clicktotal
            WHERE creator_id = %(creator)s AND is_label = %(are_labels)s ORDER BY clicks DESC, of_id LIMIT %(looked_at)s
        ) AS total
        CROSS JOIN LATERAL (
            SELECT {_SUMS} FROM clicks_by_day WHERE of_id = total.of_id AND day BETWEEN %(first)s AND %(last)s
        ) AS added (clicks, people, on_phones, on_tablets, on_computers)
        WHERE added.clicks > 0 ORDER BY added.clicks DESC, total.of_id LIMIT %(most)s
        """,  # noqa: S608 - our own words
        {
            "creator": creator_id,
            "are_labels": are_labels,
            "looked_at": LOOKED_AT,
            "first": shown[0],
            "last": shown[-1],
            "most": most,
        },
    )
    return [(of_id, label, Clicked(*sums)) for of_id, label, *sums in found]


def _fetch(sql: str, params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
