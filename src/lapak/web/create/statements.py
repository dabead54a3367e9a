"""A creator's statement of a month: what there was, what came and went, what was left; on the page, as PDF and as a table."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.affiliates.models import Creator
from lapak.lib import clock
from lapak.lib.ids import number_of
from lapak.lib.money import format_idr
from lapak.money.ledger.queries import StatementRow
from lapak.money.ledger.transfers import TransferCode
from lapak.money.statements.queries import Statement, lines_of, statement_of
from lapak.web.create.access import for_creators
from lapak.web.create.balance import figures, payable
from lapak.web.shell.csv_file import csv_file
from lapak.web.shell.months import month_named, months_to_choose
from lapak.web.shell.paper import Paper

LINES_ON_PAPER = 500
"""Some twelve sheets, drawn in about a second; all lines are in the table."""


@require_safe
@for_creators
def statement(request: HttpRequest, creator: Creator) -> HttpResponse:
    """The month that runs; one that is over with `?month=`."""
    months, month = months_to_choose(request, payable(creator))
    found = statement_of(payable(creator), month)
    context: dict[str, Any] = {
        "creator": creator,
        **figures(creator),
        "tab": "statement",
        "months": months,
        "statement": found,
        "moved": _in_words(found),
        "is_over": month != months[0],
    }
    return render(request, "create/statement.html", context)


@require_safe
@for_creators
def as_pdf(request: HttpRequest, creator: Creator, year: int, month: int) -> HttpResponse:  # noqa: ARG001 - the door's
    """Opening balance, sums, lines and closing balance on paper."""
    found = statement_of(payable(creator), month_named(year, month))
    paper = Paper(
        _("Statement of %(month)s") % {"month": date_format(found.month, "F Y")},
        _("As of %(moment)s") % {"moment": clock.say(clock.now())},
    )
    paper.facts([(_("Creator"), f"{creator.user.name} ({creator})".strip())])
    sums = [
        [_("Balance at the beginning"), format_idr(found.opening_idr)],
        *([words, format_idr(idr)] for words, idr in _in_words(found)),
        [_("Balance at the end"), format_idr(found.closing_idr)],
    ]
    paper.rows([_("What"), _("Amount")], sums, (100, 60), total=True)
    lines = list(islice(_lines(creator, found), LINES_ON_PAPER + 1))
    if len(lines) > LINES_ON_PAPER:
        paper.words(
            _("There are more than %(most)s lines: all of them are in the table (CSV).") % {"most": LINES_ON_PAPER}
        )
    elif lines:
        head = [_("Day"), _("What"), _("Amount"), _("Balance")]
        rows = [
            [
                _day(row),
                f"{_words(row)} {number_of(row.transfer.reference)}",
                format_idr(row.change_idr),
                format_idr(left),
            ]
            for row, left in lines
        ]
        paper.rows(head, rows, (28, 90, 32, 32))
    return paper.as_response(f"lapak-{creator.handle}-{found.month:%Y-%m}.pdf")


@require_safe
@for_creators
def as_csv(request: HttpRequest, creator: Creator, year: int, month: int) -> StreamingHttpResponse:  # noqa: ARG001
    """Every line with the balance after it, between the balance at the beginning and at the end."""
    found = statement_of(payable(creator), month_named(year, month))
    head = [_("When"), _("What"), _("Number"), _("Amount"), _("Balance")]
    rows = (
        (f"{row.transfer.posted_at.astimezone(clock.WIB):%Y-%m-%d %H:%M}", _words(row), number_of(row.transfer.reference),
         row.change_idr, left)
        for row, left in _lines(creator, found)
    )  # fmt: skip
    opening = ("", _("Balance at the beginning"), "", "", found.opening_idr)
    closing = ("", _("Balance at the end"), "", "", found.closing_idr)
    return csv_file(f"lapak-{creator.handle}-{found.month:%Y-%m}.csv", head, _between(opening, rows, closing))


def _lines(creator: Creator, found: Statement) -> Iterator[tuple[StatementRow, int]]:
    """Each line, and the balance after it."""
    left_idr = found.opening_idr
    for row in lines_of(payable(creator), found.month):
        left_idr += row.change_idr
        yield row, left_idr


def _between(
    first: tuple[Any, ...], rows: Iterator[tuple[Any, ...]], last: tuple[Any, ...]
) -> Iterator[tuple[Any, ...]]:
    yield first
    yield from rows
    yield last


def _in_words(found: Statement) -> list[tuple[str, int]]:
    """What moved, what came in before what went out."""
    sums = sorted(found.moved_idr.items(), key=lambda each: (each[1] < 0, -abs(each[1])))
    return [(capfirst(str(TransferCode(code).label)), idr) for code, idr in sums]


def _words(row: StatementRow) -> str:
    return capfirst(str(TransferCode(row.transfer.code).label))


def _day(row: StatementRow) -> str:
    return f"{row.transfer.posted_at.astimezone(clock.WIB):%d/%m/%Y}"
