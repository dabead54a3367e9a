"""The one place that asks what time it is, so that a test can stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats

WIB = ZoneInfo("Asia/Jakarta")

_stopped_at: datetime | None = None


def now() -> datetime:
    """The current moment in UTC."""
    return _stopped_at or datetime.now(UTC)


def say(moment: datetime) -> str:
    """`5 November 2026, 14.30 WIB`: a moment on the clock of Jakarta, which every customer knows. One that lies ahead tells its
    weekday, too: it is something to be ready for."""
    local = moment.astimezone(WIB)
    day = formats.date_format(local, "l, j F Y" if moment > now() else "j F Y")
    return f"{day}, {local:%H.%M} WIB"


def today() -> date:
    """The current day in Jakarta, by which rules with dates go."""
    return now().astimezone(WIB).date()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Inside this block `now()` answers `moment` (must carry a time zone)."""
    global _stopped_at  # noqa: PLW0603 - one process, one clock; only tests stop it
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    before, _stopped_at = _stopped_at, moment
    try:
        yield
    finally:
        _stopped_at = before
