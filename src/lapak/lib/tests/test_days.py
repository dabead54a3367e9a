"""Days, as a clock somewhere cuts them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from lapak.lib import clock
from lapak.lib.days import begin_of, day_by_day, last_days

TODAY = date(2026, 3, 1)


def test_a_day_begins_where_its_clock_says() -> None:
    assert begin_of(TODAY, clock.WIB) == datetime(2026, 2, 28, 17, tzinfo=UTC)
    assert begin_of(TODAY, ZoneInfo("Asia/Jayapura")) == datetime(2026, 2, 28, 15, tzinfo=UTC)


def test_today_is_the_last_and_no_day_is_left_out() -> None:
    assert last_days(3, TODAY) == [date(2026, 2, 27), date(2026, 2, 28), TODAY]
    assert last_days(1, TODAY) == [TODAY]


def test_a_day_of_which_nothing_was_found_is_there_all_the_same() -> None:
    assert day_by_day(last_days(2, TODAY), {TODAY: (3, 500)}, (0, 0)) == [(date(2026, 2, 28), 0, 0), (TODAY, 3, 500)]
    assert day_by_day(last_days(1, TODAY), {date(2026, 2, 1): (7,)}, (0,)) == [(TODAY, 0)]
