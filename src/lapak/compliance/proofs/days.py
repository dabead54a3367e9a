"""Until when something counts for a day."""

from datetime import date, datetime, time, timedelta

from lapak.lib.clock import WIB


def end_of(day: date) -> datetime:
    """The end of the day in Jakarta."""
    return datetime.combine(day + timedelta(days=1), time.min, WIB)
