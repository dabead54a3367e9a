"""Working days, national holidays and the shop's own time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from lapak.lib.calendar import after_working_days

WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")


@pytest.mark.parametrize(
    ("paid_at", "time_zone", "last_day"),
    [
        (datetime(2026, 11, 24, 10, 0, tzinfo=WIB), "Asia/Jakarta", "2026-11-26"),  # Tuesday → Thursday
        (datetime(2026, 11, 27, 10, 0, tzinfo=WIB), "Asia/Jakarta", "2026-12-01"),  # Friday → Tuesday
        (datetime(2026, 8, 14, 10, 0, tzinfo=WIB), "Asia/Jakarta", "2026-08-19"),  # over Independence Day
        (
            datetime(2026, 3, 17, 10, 0, tzinfo=WIB),
            "Asia/Jakarta",
            "2026-03-26",
        ),  # over Nyepi, Idulfitri and joint leave
        (datetime(2026, 11, 24, 23, 0, tzinfo=WIB), "Asia/Jayapura", "2026-11-27"),  # already Wednesday in Papua
    ],
)
def test_two_working_days_after(paid_at: datetime, time_zone: str, last_day: str) -> None:
    deadline = after_working_days(paid_at, 2, time_zone)
    assert deadline.strftime("%Y-%m-%d %H:%M") == f"{last_day} 23:59"
    assert deadline.tzinfo == ZoneInfo(time_zone)
