"""A shop's statement of commissions: of a month, every one that was set apart and what came back, for whom and why so much; on
the page, as PDF and as a table."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.affiliates.promotion_cost import CostLine, PromotionCost, cost_of_month, lines_of_month, newest_lines
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.numbers import format_rate
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.balance import figures, payable
from lapak.web.shell.csv_file import csv_file
from lapak.web.shell.months import month_named, months_to_choose
from lapak.web.shell.paper import Paper

LINES_ON_A_PAGE = 30
LINES_ON_PAPER = 500
"""Some twenty sheets, drawn in about a second; all lines are in the table."""


@require_safe
@for_sellers(Duty.MONEY)
def statement(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The month that runs, its newest lines first; another with `?month=`, older lines with `?older_than=`."""
    months, month = months_to_choose(request, payable(shop))
    lines, older = newest_lines(shop, month, request.GET.get("older_than", ""), LINES_ON_A_PAGE)
    context: dict[str, Any] = {
        **figures(shop),
        "tab": "commissions",
        "months": months,
        "month": month,
        "is_over": month != months[0],
        "cost": cost_of_month(shop, month),
        "lines": lines,
        "older": older,
    }
    return show(request, shop, "commissions.html", context)


@require_safe
@for_sellers(Duty.MONEY)
def as_pdf(request: HttpRequest, shop: Shop, year: int, month: int) -> HttpResponse:  # noqa: ARG001 - the door's
    """Sums and lines on paper."""
    of = month_named(year, month)
    paper = Paper(
        _("Commissions of %(month)s") % {"month": date_format(of, "F Y")},
        _("As of %(moment)s") % {"moment": clock.say(clock.now())},
    )
    paper.facts([(_("Shop"), shop.name)])
    paper.rows([_("What"), _("Amount")], [[words, format_idr(idr)] for words, idr in _sums(cost_of_month(shop, of))],
               (100, 60), total=True)  # fmt: skip
    lines = list(islice(lines_of_month(shop, of), LINES_ON_PAPER + 1))
    if len(lines) > LINES_ON_PAPER:
        paper.words(
            _("There are more than %(most)s lines: all of them are in the table (CSV).") % {"most": LINES_ON_PAPER}
        )
    elif lines:
        head = [_("Day"), _("What"), _("Came back later"), _("Amount")]
        paper.rows(head, map(_on_paper, lines), (22, 100, 30, 30))
    return paper.as_response(f"lapak-{shop.slug}-commissions-{of:%Y-%m}.pdf")


@require_safe
@for_sellers(Duty.MONEY)
def as_csv(request: HttpRequest, shop: Shop, year: int, month: int) -> StreamingHttpResponse:  # noqa: ARG001 - the door's
    """Every line, and the sum."""
    of = month_named(year, month)
    head = [
        _("When"), _("What"), _("Order"), _("Product"), _("Creator"), _("Rate in percent"), _("Why"),
        _("Came back later"), _("Reason"), _("Amount"),
    ]  # fmt: skip
    name = f"lapak-{shop.slug}-commissions-{of:%Y-%m}.csv"
    return csv_file(name, head, _rows(lines_of_month(shop, of), cost_of_month(shop, of)))


def _rows(lines: Iterator[CostLine], cost: PromotionCost) -> Iterator[tuple[object, ...]]:
    for line in lines:
        yield _in_table(line)
    yield ("", _("Commissions cost you"), *[""] * 7, cost.total_idr)


def _in_table(line: CostLine) -> tuple[object, ...]:
    moment = line.transfer.posted_at.astimezone(clock.WIB)
    said: tuple[object, ...] = ("",) * 4
    if each := line.commission:
        said = (each.line.title, each.creator.handle, format_rate(each.rate_bp), line.why)
    later = (line.later_idr or "", _(line.reason) if line.reason else "")
    return f"{moment:%Y-%m-%d %H:%M}", _what(line), line.number, *said, *later, line.amount_idr


def _on_paper(line: CostLine) -> list[str]:
    words = [_what(line), line.number]
    if each := line.commission:
        words += [f"@{each.creator.handle}", each.line.title, line.why or f"{format_rate(each.rate_bp)}%"]
    later = format_idr(line.later_idr) if line.later_idr else ""
    day = f"{line.transfer.posted_at.astimezone(clock.WIB):%d/%m/%Y}"
    return [day, " · ".join(words), later, format_idr(line.amount_idr)]


def _what(line: CostLine) -> str:
    return _("Commission") if line.amount_idr > 0 else _("Came back")


def _sums(cost: PromotionCost) -> list[tuple[str, int]]:
    return [
        (_("Commissions set apart"), cost.set_apart_idr),
        (_("Came back"), -cost.came_back_idr),
        (_("Commissions cost you"), cost.total_idr),
    ]
