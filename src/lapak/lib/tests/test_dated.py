"""Numbers with their dates, in code and as settings."""

from datetime import date

import pytest

from lapak.lib.dated import Dated, always, dated_number


def test_each_holds_from_its_day_on() -> None:
    rule = Dated((date(2023, 10, 4), 200), (date(2027, 1, 1), 250))
    assert [rule.on(day) for day in (date(2023, 10, 4), date(2026, 12, 31), date(2027, 1, 1), date.max)] == [
        200, 200, 250, 250,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="nothing held on 2023-10-03"):
        rule.on(date(2023, 10, 3))


def test_days_rise() -> None:
    for days in [(), (date(2027, 1, 1), date(2026, 1, 1)), (date(2027, 1, 1), date(2027, 1, 1))]:
        with pytest.raises(ValueError, match="later day"):
            Dated(*((day, 1) for day in days))


def test_without_a_date_it_always_held() -> None:
    assert always(7).on(date.min) == 7


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [("2", 2, 2), (" 2 ; 3 from 2027-01-01", 2, 3), ("2; 3 from 2026-01-01; 4 from 2027-01-01", 3, 4)],
)
def test_as_settings_say_it(text: str, before: int, after: int) -> None:
    assert (dated_number(text).on(date(2026, 12, 31)), dated_number(text).on(date(2027, 1, 1))) == (before, after)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "two",
        "-2",
        "2;",
        "3 from 2027-01-01",
        "2; 3",
        "2; 3 from 2027-13-01",
        "2; 4 from 2027-01-01; 3 from 2026-01-01",
    ],
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the date's own words differ
        dated_number(text)
