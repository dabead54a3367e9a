"""Bars are whole numbers within the chart, whatever the counts."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lapak.web.create.chart import HEIGHT, bar_chart

COUNTS = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=90)


@given(COUNTS)
def test_bars_stand_on_the_ground_and_within_the_frame(counts: list[int]) -> None:
    first = date(2026, 11, 1)
    chart = bar_chart([(first + timedelta(days=n), count) for n, count in enumerate(counts)])
    assert chart.total == sum(counts)
    assert chart.bars[-1].x + 8 == chart.width
    for bar, count in zip(chart.bars, counts, strict=True):
        assert bar.y + bar.height == HEIGHT
        assert 0 <= bar.height <= HEIGHT
        assert (bar.height == 0) == (count == 0)


def test_the_highest_day_is_as_high_as_the_chart() -> None:
    today = date(2026, 11, 24)
    assert [bar.height for bar in bar_chart([(today, 4), (today, 2), (today, 0)]).bars] == [HEIGHT, HEIGHT // 2, 0]
