"""When what is owed leaves next: working days, at eight in Jakarta."""

from datetime import datetime

import pytest

from lapak.flows.pay_out import next_payout_run
from lapak.lib import clock


@pytest.mark.parametrize(
    ("now", "next_run"),
    [
        ("2026-11-24 07:59", "2026-11-24 08:00"),  # a Tuesday
        ("2026-11-24 08:00", "2026-11-24 08:00"),
        ("2026-11-24 08:01", "2026-11-25 08:00"),
        ("2026-11-27 12:00", "2026-11-30 08:00"),  # over the weekend
        ("2026-12-24 09:00", "2026-12-28 08:00"),  # over Christmas
        ("2026-08-16 23:00", "2026-08-18 08:00"),  # over Independence Day
    ],
)
def test_the_next_working_day_at_eight(now: str, next_run: str) -> None:
    with clock.stopped_at(datetime.fromisoformat(now).replace(tzinfo=clock.WIB)):
        assert next_payout_run() == datetime.fromisoformat(next_run).replace(tzinfo=clock.WIB)
