"""Working days as Indonesia counts them."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays


def after_working_days(start: datetime, days: int, time_zone: str, days_off: Container[date] = ()) -> datetime:
    """The end of the `days`-th working day after `start`, in the given zone.

    The day of `start` itself is not counted. Saturdays, Sundays, national holidays and joint leave (cuti bersama; package
    `holidays`, country ID) are no working days, nor are `days_off`.
    """
    day = start.astimezone(ZoneInfo(time_zone)).date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day) and day not in days_off
    return datetime.combine(day, time.max, ZoneInfo(time_zone))


def is_working_day(day: date) -> bool:
    """Whether offices and banks work on this day."""
    return day.weekday() < 5 and day not in _holidays_of(day.year)


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))
