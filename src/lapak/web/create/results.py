"""What a creator's links brought in some days: figures beside those before, charts over one axis, the best hours, and what
came of each link, product or label; and the same as a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from lapak.affiliates.clicks.queries import best_hours, clicked_between, clicks_by_day
from lapak.affiliates.models import Creator
from lapak.affiliates.results.breakdown import LOOKED_AT, Part, by_label, by_link, by_product, per_hundred_bp
from lapak.affiliates.results.queries import Result, brought_by_day
from lapak.lib.money import format_idr
from lapak.lib.numbers import format_count, format_rate
from lapak.web.create.access import for_creators
from lapak.web.create.period import PERIODS, Period, asked_period, words_of
from lapak.web.shell.chart import Days, bar_chart, over_days, share_chart
from lapak.web.shell.csv_file import csv_file

PARTS_SHOWN = 10

BY: dict[str, "str | Promise"] = {
    "link": gettext_lazy("By link"),
    "product": gettext_lazy("By product"),
    "label": gettext_lazy("By label"),
}
_PARTS: Mapping[str, Callable[[Creator, date, int, int], list[Part]]] = {
    "link": by_link,
    "product": by_product,
    "label": by_label,
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a week by its first day: clicks, people, orders, commission before tax."""

    day: date
    clicks: int
    people: int
    orders: int
    amount_idr: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the period, in words, and what it was in the days before."""

    label: "str | Promise"
    icon: str
    words: str
    note: str


def results_in(request: HttpRequest, creator: Creator) -> dict[str, Any]:
    """What the overview shows of the days asked for."""
    period = asked_period(request.GET)
    days = _days(creator, period)
    by = request.GET.get("by", "")
    by = by if by in BY else "link"
    return {
        "period": period,
        "periods": [(name, words_of(name)) for name in PERIODS],
        "by": by,
        "by_what": BY,
        "compared": _compared(creator, period, days),
        "days": _charts(_in_bars(days, period.bar_days), period.bar_days),
        "parts": _PARTS[by](creator, period.today, period.days, PARTS_SHOWN),
        "hours": week_of_hours(best_hours(creator.id, period.days)),
    }


@require_safe
@for_creators
def as_csv(request: HttpRequest, creator: Creator) -> StreamingHttpResponse:
    """The days asked for, one a row; or with `?by=` its hundred best links, products or labels."""
    period, by = asked_period(request.GET), request.GET.get("by", "")
    name = f"lapak-{creator.handle}-{period.first:%Y%m%d}-{period.today:%Y%m%d}"
    figures = [_("Clicks"), _("People"), _("Orders"), _("Conversion (%)"), _("Commission before tax (IDR)")]
    if by not in BY:
        rows = [(f"{day.day:%Y-%m-%d}", *_cells(day)) for day in _days(creator, period)]
        return csv_file(f"{name}.csv", [_("Day"), *figures], rows)
    parts = _PARTS[by](creator, period.today, period.days, LOOKED_AT)
    named = [(part.title or _nameless(by), part.code, *_cells(part)) for part in parts]
    return csv_file(f"{name}-{by}.csv", [_("What"), _("Code"), *figures], named)


def _cells(each: Day | Part) -> tuple[object, ...]:
    rate_bp = per_hundred_bp(each.orders, each.clicks)
    return each.clicks, each.people, each.orders, "" if rate_bp is None else format_rate(rate_bp), each.amount_idr


def _nameless(by: str) -> str:
    return _("Without a label") if by == "label" else _("Your showcase page")


def _days(creator: Creator, period: Period) -> list[Day]:
    brought = brought_by_day(creator.id, period.first, period.today)
    return [
        Day(day, clicks, people, found.orders, found.amount_idr)
        for day, clicks, people in clicks_by_day(creator.id, period.days)
        for found in [brought.get(day, Result())]
    ]


def _in_bars(days: Sequence[Day], of_days: int) -> list[Day]:
    """Each bar's days added up, the newest bar whole."""
    starts = range(-(-len(days) // of_days) * of_days, 0, -of_days)
    bars = [days[max(0, len(days) - start) : len(days) - start + of_days] for start in starts]
    return [_sum(bar) for bar in bars]


def _sum(days: Sequence[Day]) -> Day:
    return Day(
        days[0].day,
        sum(day.clicks for day in days),
        sum(day.people for day in days),
        sum(day.orders for day in days),
        sum(day.amount_idr for day in days),
    )


def _charts(bars: Sequence[Day], bar_days: int) -> Days:
    return over_days(
        bar_chart(_("Clicks"), [(bar.day, bar.clicks) for bar in bars]),
        bar_chart(_("People"), [(bar.day, bar.people) for bar in bars]),
        bar_chart(_("Orders"), [(bar.day, bar.orders) for bar in bars]),
        share_chart(_("Conversion"), [(bar.day, bar.orders, bar.clicks) for bar in bars]),
        bar_chart(_("Commission before tax"), [(bar.day, bar.amount_idr) for bar in bars], format_idr),
        bar_days=bar_days,
    )


def _compared(creator: Creator, period: Period, days: Sequence[Day]) -> list[Compared]:
    now, (first, last) = _sum(days), period.before
    clicked = clicked_between(creator.id, first, last)
    brought = brought_by_day(creator.id, first, last).values()
    orders, idr = sum(day.orders for day in brought), sum(day.amount_idr for day in brought)
    rate, rate_before = per_hundred_bp(now.orders, now.clicks), per_hundred_bp(orders, clicked.clicks)
    rate_note = "" if rate is None or rate_before is None else change(rate, rate_before, _rate)
    return [
        Compared(_("Clicks"), "link", format_count(now.clicks), change(now.clicks, clicked.clicks, format_count)),
        Compared(_("People"), "account", format_count(now.people), change(now.people, clicked.people, format_count)),
        Compared(_("Orders"), "orders", format_count(now.orders), change(now.orders, orders, format_count)),
        Compared(_("Conversion"), "chart", "–" if rate is None else _rate(rate), rate_note),

        Compared(
            _("Commission before tax"), "wallet", format_idr(now.amount_idr), change(now.amount_idr, idr, format_idr)
        ),
    ]  # fmt: skip


def _rate(rate_bp: int) -> str:
    return f"{format_rate(rate_bp)}%"


def change(now: int, before: int, say: Callable[[int], str]) -> str:
    """How the figure stands to that of the days before, by sign and words: never by a colour alone."""
    if now == before:
        return _("As many as before") if now else ""
    if not before:
        return _("None before")
    percent = format_rate(round(abs(now - before) * 100 / before) * 100)
    words = (
        _("▲ %(percent)s%% more than before (%(before)s)")
        if now > before
        else _("▼ %(percent)s%% less than before (%(before)s)")
    )
    return words % {"percent": percent, "before": say(before)}


@dataclass(frozen=True, slots=True)
class Hours:
    """Clicks by weekday and hour: cells of a drawing (x, y, how strong from 0 to 4, words), the table, and the best three in
    words."""

    cells: list[tuple[int, int, int, str]]
    rows: list[tuple[str, list[int]]]
    weekdays: list[str]
    best: list[str]


CELL = 10
STRENGTHS = 4


def week_of_hours(week: list[list[int]]) -> Hours | None:
    """Hours of WIB by weekday, Monday first; None before the first click."""
    most = max(map(max, week))
    if not most:
        return None
    names = [date_format(date(2024, 1, 1 + n), "l") for n in range(7)]  # 1 January 2024 was a Monday
    ranked = sorted(
        ((-clicks, day, hour) for day, hours in enumerate(week) for hour, clicks in enumerate(hours) if clicks)
    )
    return Hours(
        [
            (hour * CELL, day * CELL, -(-clicks * STRENGTHS // most), _in_words(names[day], hour, clicks))
            for day, hours in enumerate(week)
            for hour, clicks in enumerate(hours)
        ],
        [(_hour(hour), [hours[hour] for hours in week]) for hour in range(24)],
        names,
        [_in_words(names[day], hour, -minus) for minus, day, hour in ranked[:3]],
    )


def _hour(hour: int) -> str:
    return f"{hour:02d}.00–{hour + 1:02d}.00"


def _in_words(weekday: str, hour: int, clicks: int) -> str:
    words = ngettext("%(weekday)s %(hours)s: %(clicks)s click", "%(weekday)s %(hours)s: %(clicks)s clicks", clicks)
    return words % {
        "weekday": weekday, "hours": _hour(hour), "clicks": format_count(clicks),
    }  # fmt: skip
