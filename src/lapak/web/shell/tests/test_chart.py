"""Bars are whole numbers within the chart, whatever the counts."""

from datetime import date, timedelta

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lapak.lib.money import format_idr
from lapak.web.shell.chart import HEIGHT, bar_chart, over_days

COUNTS = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=90)


@given(COUNTS)
def test_bars_stand_on_the_ground_and_within_the_frame(counts: list[int]) -> None:
    first = date(2026, 11, 1)
    chart = bar_chart("", [(first + timedelta(days=n), count) for n, count in enumerate(counts)])
    assert chart.total == sum(counts)
    assert chart.bars[-1].x + 8 == chart.width
    for bar, count in zip(chart.bars, counts, strict=True):
        assert bar.y + bar.height == HEIGHT
        assert 0 <= bar.height <= HEIGHT
        assert (bar.height == 0) == (count == 0)


def test_the_highest_day_is_as_high_as_the_chart() -> None:
    today = date(2026, 11, 24)
    chart = bar_chart("", [(today, 4), (today, 2), (today, 0)])
    assert [bar.height for bar in chart.bars] == [HEIGHT, HEIGHT // 2, 0]


def test_measures_stand_over_the_same_days() -> None:
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    with override("id"):
        clicks = bar_chart("Clicks", [(monday, 1200), (tuesday, 30)])
    earned = bar_chart("Earned", [(monday, 0), (tuesday, 11_980)], format_idr)
    days = over_days(clicks, earned)
    assert (days.first, days.count, days.is_empty) == (monday, 2, False)
    assert days.rows == [
        (monday, [("Clicks", "1.200"), ("Earned", "Rp0")]),
        (tuesday, [("Clicks", "30"), ("Earned", "Rp11.980")]),
    ]
    assert (clicks.words, clicks.most, earned.words) == ("1.230", "1.200", "Rp11.980")
    assert over_days(bar_chart("", [(monday, 0)])).is_empty
