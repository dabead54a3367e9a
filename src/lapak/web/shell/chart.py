"""What happened per day as bars, one measure above the other over the same days: whole numbers for an SVG's own attributes,
since styles in the page are not allowed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lapak.lib.money import format_idr
from lapak.lib.numbers import format_count, format_rate

BAR_WIDTH = 8
GAP = 2
HEIGHT = 80


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's bar; a day with anything is never too low to be seen."""

    day: date
    count: int
    x: int
    y: int
    height: int
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of one measure, how wide they are together, and what they add up to, in words too."""

    label: "str | Promise"
    bars: list[Bar]
    width: int
    total: int
    words: str
    most: str
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Days:
    """Measures over the same days, and the same as rows of a table."""

    charts: list[Chart]
    rows: list[tuple[date, list[tuple["str | Promise", str]]]]
    """Each day's figures with the measure they are of."""
    bar_days: int = 1
    """How many days a bar stands for, the first of them its `day`: 7 in a long time."""

    @property
    def first(self) -> date:
        return self.rows[0][0]

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def is_empty(self) -> bool:
        return not any(chart.total for chart in self.charts)


def bar_chart(
    label: "str | Promise", days: Sequence[tuple[date, int]], say: Callable[[int], str] = format_count
) -> Chart:
    """The chart of figures per day, the highest day as high as the chart; `say` puts a figure into words."""
    most = max((count for _, count in days), default=0)
    bars = []
    for n, (day, count) in enumerate(days):
        height = max(2, HEIGHT * count // most) if count > 0 else 0
        bars.append(Bar(day, count, x=n * (BAR_WIDTH + GAP), y=HEIGHT - height, height=height, words=say(count)))
    total = sum(count for _, count in days)
    return Chart(label, bars, len(days) * (BAR_WIDTH + GAP) - GAP, total, say(total), say(most))


def share_chart(label: "str | Promise", days: Sequence[tuple[date, int, int]]) -> Chart:
    """The chart of how many of the whole were part of it each day (day, part, whole); all of it is the share of the sums."""
    bars = bar_chart(label, [(day, _share_bp(part, whole)) for day, part, whole in days], _percent)
    total = _share_bp(sum(part for _day, part, _whole in days), sum(whole for _day, _part, whole in days))
    return replace(bars, total=total, words=_percent(total))


def _share_bp(part: int, whole: int) -> int:
    return part * 10_000 // whole if whole else 0


def _percent(rate_bp: int) -> str:
    return f"{format_rate(rate_bp)}%"


def over_days(*charts: Chart, bar_days: int = 1) -> Days:
    """The charts, of the same days, on one axis."""
    labels, columns = [chart.label for chart in charts], [chart.bars for chart in charts]
    rows = [
        (bars[0].day, list(zip(labels, [bar.words for bar in bars], strict=True)))
        for bars in zip(*columns, strict=True)
    ]
    return Days(list(charts), rows, bar_days)


def days_of_sales(sales: Sequence[tuple[date, int, int]]) -> Days:
    """Each day's orders, and what their goods came to in rupiah."""
    return over_days(
        bar_chart(_("Orders"), [(day, orders) for day, orders, _idr in sales]),
        bar_chart(_("Goods sold"), [(day, idr) for day, _orders, idr in sales], format_idr),
    )
