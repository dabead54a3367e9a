"""Days as a clock somewhere cuts them, and figures over the last of them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TypeVarTuple

Figures = TypeVarTuple("Figures")


def begin_of(day: date, zone: tzinfo) -> datetime:
    """The day's first moment there."""
    return datetime.combine(day, time(), zone)


def last_days(count: int, today: date) -> list[date]:
    """So many days, today last."""
    return [today - timedelta(days=ago) for ago in reversed(range(count))]


def day_by_day(
    days: list[date], found: Mapping[date, tuple[*Figures]], none: tuple[*Figures]
) -> list[tuple[date, *Figures]]:
    """Each day with what was found of it, else with `none`."""
    return [(day, *found.get(day, none)) for day in days]
