"""Calendar months of Jakarta: pure but for the clock."""

from datetime import date, datetime

from lapak.lib import clock
from lapak.lib.days import begin_of

MONTHS_OF_A_YEAR = 12


def months_after(month: date, count: int) -> date:
    """The first day of the month so many months later (earlier, below zero)."""
    number = month.year * MONTHS_OF_A_YEAR + month.month - 1 + count
    return date(number // MONTHS_OF_A_YEAR, number % MONTHS_OF_A_YEAR + 1, 1)


def bounds_of(month: date) -> tuple[datetime, datetime]:
    """The month's first moment, and the first one after it."""
    return begin_of(month, clock.WIB), begin_of(months_after(month, 1), clock.WIB)


def month_of(moment: datetime) -> date:
    """The first day of the month in which the moment lies."""
    return moment.astimezone(clock.WIB).date().replace(day=1)


def this_month() -> date:
    """The first day of the month that runs."""
    return clock.today().replace(day=1)
