"""Clicks per day as bars: whole numbers for an SVG's own attributes, since styles in the page are not allowed."""

from dataclasses import dataclass
from datetime import date

BAR_WIDTH = 8
GAP = 2
HEIGHT = 80


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's bar; a day with clicks is never too low to be seen."""

    day: date
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars, how wide they are together, and what they add up to."""

    bars: list[Bar]
    width: int
    height: int
    total: int
    most: int

    @property
    def days(self) -> int:
        return len(self.bars)


def bar_chart(days: list[tuple[date, int]]) -> Chart:
    """The chart of counts per day, the highest day as high as the chart."""
    most = max((count for _, count in days), default=0)
    bars = []
    for n, (day, count) in enumerate(days):
        height = max(2, HEIGHT * count // most) if count else 0
        bars.append(Bar(day=day, count=count, x=n * (BAR_WIDTH + GAP), y=HEIGHT - height, height=height))
    return Chart(
        bars=bars,
        width=len(days) * (BAR_WIDTH + GAP) - GAP,
        height=HEIGHT,
        total=sum(count for _, count in days),
        most=most,
    )
