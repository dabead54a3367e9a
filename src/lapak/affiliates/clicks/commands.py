"""What the clock does about clicks: room for those that come, an end to those that are old, visitors forgotten, days added up."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection

from lapak.affiliates.attribution import LONGEST_WINDOW
from lapak.affiliates.clicks.models import ClickDay, ClickHour, DayKey, VisitorMark
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.days import begin_of
from lapak.lib.months import months_after, this_month

ADDED_UP = uuid.UUID(int=0)
"""Of whom the row is that says that a day is added up."""

LATE_BY = timedelta(days=3)
"""A click that the database did not take at once is stored later, but never by so much: what a process holds ends with it."""

MONTHS_AHEAD = 2
"""Have their partition already: a clock that stood still for weeks costs nothing. What comes later waits among the others."""


@act
def keep_click_months() -> int:
    """The months from the oldest click that can earn to two ahead have a partition each, and those that are older as a whole are
    gone; answers how many were made and dropped.

    Clicks of a month that had none, as after a long standstill, move into it. The partitions are the database owner's: two of
    its functions (migrations/0002_partitions.py) make and drop them, and nothing else.
    """
    oldest = begin_of(clock.today(), clock.WIB) - LONGEST_WINDOW
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clicks_drop_months(%s) + clicks_make_months(%s, %s)",
            [oldest, oldest.date(), months_after(this_month(), MONTHS_AHEAD)],
        )
        return int(cursor.fetchone()[0])


@act
def forget_visitors() -> int:
    """The marks of days that are over are gone, and the keys that they were made with; answers how many marks."""
    today = begin_of(clock.today(), clock.WIB)
    DayKey.objects.filter(day__lt=today.date()).delete()
    forgotten, _of_kind = VisitorMark.objects.filter(minute__lt=int(today.timestamp()) // 60).delete()
    return forgotten


def add_up_click_days() -> int:
    """Every day that ended `LATE_BY` ago has its hours added up; answers how many are new."""
    return sum(map(add_up_click_day, _days_to_add_up()))


@act
def add_up_click_day(day: date) -> int:
    """Of each link, label and creator that was followed that day the hours are one row; answers 1, or 0 if they were before."""
    begin, end = begin_of(day, clock.WIB), begin_of(day + timedelta(days=1), clock.WIB)
    with connection.cursor() as cursor:
        cursor.execute(_MARK_DAY, {"of": ADDED_UP, "day": day})
        is_new = int(cursor.rowcount)
        if is_new:
            cursor.execute(_ADD_UP_DAY, {"day": day, "begin": begin, "end": end})
        return is_new


def _days_to_add_up() -> Iterator[date]:
    """From the one after the last, at first that of the first hour of all."""
    last = ClickDay.objects.filter(of_id=ADDED_UP).order_by("-day").values_list("day", flat=True).first()
    first = ClickHour.objects.order_by("hour").values_list("hour", flat=True).first() if last is None else None
    day = last + timedelta(days=1) if last else first.astimezone(clock.WIB).date() if first else None
    while day and day + LATE_BY < clock.today():
        yield day
        day += timedelta(days=1)


_MARK_DAY = """
    INSERT INTO clicks_clickday (of_id, day, clicks, people, on_phones, on_tablets, on_computers)
    VALUES (%(of)s, %(day)s, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING
"""

_ADD_UP_DAY = """
    INSERT INTO clicks_clickday (of_id, day, clicks, people, on_phones, on_tablets, on_computers)
    SELECT of_id, %(day)s, sum(clicks), sum(people), sum(on_phones), sum(on_tablets), sum(on_computers)
    FROM clicks_clickhour WHERE hour >= %(begin)s AND hour < %(end)s GROUP BY of_id
"""
