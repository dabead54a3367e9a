"""Moments as the API writes them: ISO 8601 in UTC, to the millisecond."""

from datetime import UTC, datetime


def written(moment: float) -> str:
    """Seconds since 1970 as `2026-11-03T04:05:06.789Z`."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
