"""What clicks come to, read from the hours: of a link, of all of a creator's, or of a label of theirs (`label_id`).

A day is Jakarta's. Nothing here costs with how many clicks there were: each answer reads the hours it is about, at most 24 a
day of each link or label shown.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet, Sum
from django.db.models.functions import Extract, TruncDate

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


_SUMS = {name: Sum(name, default=0) for name in Clicked.__slots__}


def clicked_between(of_id: uuid.UUID, first: date, last: date) -> Clicked:
    """All of it from the first day to the last, both included."""
    return Clicked(**_hours(of_id, first, last).aggregate(**_SUMS))


def clicked_now_and_before(of_id: uuid.UUID, days: int) -> tuple[Clicked, Clicked]:
    """Of the last `days` (1 to 366), today among them; and of as many before, for comparison."""
    shown = _last(days)
    before = timedelta(days=days)
    return clicked_between(of_id, shown[0], shown[-1]), clicked_between(of_id, shown[0] - before, shown[-1] - before)


def clicks_by_day(of_id: uuid.UUID, days: int) -> list[tuple[date, int, int]]:
    """Clicks and people of each of the last `days` (1 to 366), today last."""
    shown = _last(days)
    found = (
        _hours(of_id, shown[0], shown[-1])
        .annotate(day=TruncDate("hour", tzinfo=clock.WIB))
        .values_list("day")
        .annotate(sum_of_clicks=Sum("clicks"), sum_of_people=Sum("people"))
    )
    return day_by_day(shown, {day: (clicks, people) for day, clicks, people in found}, (0, 0))


def clicks_by_hour(of_id: uuid.UUID, day: date) -> list[Clicked]:
    """Of each of the day's 24 hours, the one from midnight first."""
    found = {hour.hour.astimezone(clock.WIB).hour: hour for hour in _hours(of_id, day, day)}
    return [
        Clicked(**{name: getattr(found[hour], name) for name in _SUMS}) if hour in found else Clicked()
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
    since, until = _bounds(first, last)
    hours = ClickHour.objects.filter(of_id__in=of_ids, hour__gte=since, hour__lt=until).order_by()
    names = ("of_id", *(f"all_{name}" for name in Clicked.__slots__))
    found = (
        hours.values("of_id").annotate(**{f"all_{name}": Sum(name) for name in Clicked.__slots__}).values_list(*names)
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
    since, until = _bounds(shown[0], shown[-1])
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT total.of_id, total.label, added.*
            FROM (
                SELECT of_id, label FROM clicks_clicktotal
                WHERE creator_id = %(creator)s AND is_label = %(are_labels)s ORDER BY clicks DESC, of_id LIMIT %(looked_at)s
            ) AS total
            CROSS JOIN LATERAL (
                SELECT sum(clicks)::bigint AS clicks, sum(people)::bigint, sum(on_phones)::bigint,
                    sum(on_tablets)::bigint, sum(on_computers)::bigint
                FROM clicks_clickhour WHERE of_id = total.of_id AND hour >= %(since)s AND hour < %(until)s
            ) AS added
            WHERE added.clicks > 0 ORDER BY added.clicks DESC, total.of_id LIMIT %(most)s
            """,
            {
                "creator": creator_id,
                "are_labels": are_labels,
                "looked_at": LOOKED_AT,
                "since": since,
                "until": until,
                "most": most,
            },
        )
        return [(of_id, label, Clicked(*sums)) for of_id, label, *sums in cursor.fetchall()]
