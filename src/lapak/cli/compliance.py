"""`lapak compliance`: what the law asks on a day and whether it is kept; the figures that the government asks for."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import django
import typer
from django.utils import translation

from lapak.lib.trouble import Trouble

app = typer.Typer(help="What the law asks, with evidence from the running marketplace.", no_args_is_help=True)


class Ending(StrEnum):
    """As what it is written."""

    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"


class FigureEnding(StrEnum):
    """Likewise, of figures."""

    CSV = "csv"
    JSON = "json"
    WORKBOOK = "xlsx"


class Language(StrEnum):
    """In which words."""

    ENGLISH = "en"
    INDONESIAN = "id"


@app.callback()
def compliance() -> None:
    """What the law asks, with evidence from the running marketplace."""


@app.command()
def report(
    on: Annotated[str | None, typer.Option(help="A day, such as 2026-06-09; today without it.", metavar="DATE")] = None,
    ending: Annotated[Ending, typer.Option("--format", help="As what it is written.")] = Ending.MARKDOWN,
    language: Annotated[Language, typer.Option(help="In which words.")] = Language.ENGLISH,
    to: Annotated[Path | None, typer.Option(help="Where the file goes; without it to the screen.")] = None,
) -> None:
    """Look at every rule: what asks for it that day, whether it is kept, and what shows that. Changes nothing.

    As JSON, one object for each rule. Ends with 0 also when rules are not kept: the report says which.
    """
    django.setup()
    from lapak.compliance.report import FIRST_DAY, LAST_DAY
    from lapak.compliance.report import report as lines_of
    from lapak.lib import clock
    from lapak.web.staff.law_papers import PAPERS

    day = _day(on, FIRST_DAY, LAST_DAY) if on else clock.today()
    with translation.override(language):
        written = PAPERS[ending][1](lines_of(day), day)
    _put(written, to)


@app.command()
def figures(
    period: Annotated[
        str | None, typer.Option(help="A quarter that is over, such as 2026-Q3; the last one without it.")
    ] = None,
    ending: Annotated[FigureEnding, typer.Option("--format", help="As what it is written.")] = FigureEnding.CSV,
    language: Annotated[Language, typer.Option(help="In which words.")] = Language.INDONESIAN,
    to: Annotated[Path | None, typer.Option(help="Where the file goes; without it to the screen.")] = None,
) -> None:
    """The figures of a quarter that the government asks for: people, sales, revenue, payment, delivery. Changes nothing."""
    django.setup()
    from lapak.compliance.errors import NoSuchPeriod
    from lapak.compliance.figures import closed_quarter, figures_of, last_closed
    from lapak.lib import clock
    from lapak.web.staff.figure_papers import PAPERS

    today = clock.today()
    try:
        quarter = closed_quarter(period, today) if period else last_closed(today)
    except NoSuchPeriod as refusal:
        raise Trouble(str(refusal)) from None
    with translation.override(language):
        written = PAPERS[ending][1](figures_of(quarter))
    _put(written, to)


def _put(written: bytes, to: Path | None) -> None:
    if to:
        to.write_bytes(written)
    else:
        sys.stdout.buffer.write(written)


def _day(typed: str, first: date, last: date) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Trouble(f"{typed} is no day. Write it as 2026-06-09.") from None
    if not first <= day <= last:
        raise Trouble(f"The report knows days from {first} to {last}. {typed} is none of them.")
    return day
