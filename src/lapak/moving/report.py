"""The report of a move-in: an Excel file the seller can correct and load again."""

import re
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from lapak.moving.addresses import addresses_of
from lapak.moving.bundle import SourceSheet
from lapak.moving.formats.registry import title_of
from lapak.moving.move_in import MoveInResult
from lapak.moving.problems import Problem, Weight
from lapak.moving.workbook import Cell, cell_text, column_letters

_PROBLEM_KEY = "lapak_problem"
"""The key of the report's own column. Formats know it, and pass over it when the report is loaded again."""
_MAX_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
"""Other programs than Excel write such names; Excel itself opens no file with one."""

_VALUES_SHOWN = 20

Row = Iterable[str]


def write_report(result: MoveInResult, path: Path) -> Path:
    """The file exists at `path`: rows that were left out in the layout of their source, with what is wrong beside each;
    all notes; what each category and each option was taken for; the columns Lapak has no place for, which are kept; and where
    all goods that ever moved in are to be found now.

    Values stand in it as text, as in the source: a spreadsheet would round the ids of numbers.
    """
    options = {"constant_memory": True, "strings_to_urls": False}
    # Opened first: the writer itself looks only at its end whether it may write there.
    with path.open("wb") as file, xlsxwriter.Workbook(file, options) as workbook:
        marked = workbook.add_format({"bg_color": "#FFE8E5"})
        companions = _companions(result.sheets)
        own = {
            _("Notes"): _note_rows(result),
            _("Categories"): _category_rows(result),
            _("Options"): _option_rows(result),
            _("Same goods"): _same_rows(result),
            _("No longer listed"): _unlisted_rows(result),
            _("Kept columns"): _kept_column_rows(result),
            _("New addresses"): _address_rows(result),
        }
        taken = {name.casefold() for name in (*companions, *own)}
        for sheet, errors in _errors_by_sheet(result).items():
            page = workbook.add_worksheet(_free_sheet_name(sheet.table.name, taken))
            _write_rows_to_correct(page, sheet, errors, marked)
        for name, rows in (companions | own).items():
            _write_table(workbook.add_worksheet(name), rows)
    return path


def _free_sheet_name(wanted: str, taken: set[str]) -> str:
    """As near to the name in the source as Excel's rules and the names taken allow; taken from now on."""
    fit = _NOT_IN_SHEET_NAMES.sub(" ", wanted)
    name = _cut(fit, _MAX_SHEET_NAME) or "Template"
    n = 1
    while name.casefold() in taken:
        n += 1
        name = f"{_cut(fit, _MAX_SHEET_NAME - 6)} ({n})"
    taken.add(name.casefold())
    return name


def _cut(name: str, length: int) -> str:
    """At most so long as Excel counts, to which an emoji is two; without apostrophes at its ends."""
    return name.encode("utf-16-le")[: 2 * length].decode("utf-16-le", errors="ignore").strip("' ")


def _errors_by_sheet(result: MoveInResult) -> dict[SourceSheet, dict[int, list[Problem]]]:
    """Errors by sheet of goods and row. Of a product that was left out, every row is there, so that it can come whole later.
    Rows of past orders name people: they are told of by their cells alone."""
    errors: dict[SourceSheet, dict[int, list[Problem]]] = {}
    for variant in result.left_out:
        errors.setdefault(variant.sheet, {})[variant.row] = []
    for problem in filter(lambda error: error.sheet in result.sheets, result.errors):
        errors.setdefault(problem.sheet, {}).setdefault(problem.row, []).append(problem)
    return errors


def _write_rows_to_correct(page: Any, sheet: SourceSheet, errors: dict[int, list[Problem]], marked: Any) -> None:
    """The header as it was, row for row, for it tells what the file is; then the rows to correct, one after another."""
    known = sheet.columns.get("problem")
    own_column = known[0] if known else 1 + max(sheet.labels, default=0)
    page.set_column(own_column, own_column, 60)
    header = {own_column: _PROBLEM_KEY if sheet.has_keys else _("Problem")}
    next_row = sheet.first_data_row
    for row, cells in sheet.rows():
        if row < sheet.first_data_row:
            _write_row(page, row, dict(enumerate(cells)) | (header if row == sheet.header_row else {}))
        elif row in errors:
            _write_row(page, next_row, dict(enumerate(cells)) | {own_column: ""})
            problem = "\n".join(f"{_column(sheet, found)}{found.message}" for found in errors[row])
            page.write_string(next_row - 1, own_column, problem, marked)
            next_row += 1


def _column(sheet: SourceSheet, problem: Problem) -> str:
    """`I (Harga): `, so that the seller finds the cell; nothing for a problem of the whole row."""
    columns = sheet.columns.get(problem.field)
    return f"{column_letters(columns[0])} ({sheet.label(problem.field)}): " if columns else ""


def _write_row(page: Any, row: int, cells: dict[int, Cell]) -> None:
    for column, cell in sorted(cells.items()):
        if text := cell_text(cell):
            page.write_string(row - 1, column, text)


def _write_table(page: Any, rows: Iterable[Row]) -> None:
    for number, row in enumerate(rows, 1):
        _write_row(page, number, dict(enumerate(row)))


def _companions(sheets: list[SourceSheet]) -> dict[str, list[Row]]:
    """Sheets without which the rows could not be read again, those of all files put together."""
    found: dict[str, dict[tuple[str, ...], None]] = {}
    for sheet in sheets:
        for table in sheet.companions:
            rows = (tuple(map(cell_text, cells)) for _row, cells in table.rows())
            found.setdefault(table.name, {}).update(dict.fromkeys(rows))
    return {name: list(rows) for name, rows in found.items()}


def _note_rows(result: MoveInResult) -> Iterable[Row]:
    yield _("File"), _("Cell"), _("Column"), _("Left out?"), _("What to know")
    for problem in result.problems:
        left_out = _("yes") if problem.weight is Weight.ERROR else _("no")
        label = problem.sheet.label(problem.field)
        yield problem.sheet.file, problem.address, label, left_out, problem.message
    for aside in result.asides:
        yield aside.file, "", "", "", aside.message


def _category_rows(result: MoveInResult) -> Iterable[Row]:
    yield _("In the file"), _("In Lapak"), _("How sure (of 100)"), _("Products")
    for each in sorted(result.proposals.categories, key=lambda each: each.path):
        found = each.suggestion
        yield (
            each.path,
            found.name if found else _("none: please choose"),
            str(found.score if found else ""),
            str(each.goods),
        )


def _option_rows(result: MoveInResult) -> Iterable[Row]:
    yield _("Option"), _("Values"), _("Products")
    for each in result.proposals.options:
        yield each.name, ", ".join(islice(each.values.values(), _VALUES_SHOWN)), str(each.goods)


def _address_rows(result: MoveInResult) -> Iterable[Row]:
    """After a dry run there are only those of before."""
    yield _("Came from"), _("Id there"), _("Title there"), _("Address there"), _("Address here")
    for moved in addresses_of(result.shop):
        yield moved.platform_name, moved.source_id, moved.title, moved.old, moved.new


def _same_rows(result: MoveInResult) -> Iterable[Row]:
    yield _("Here, or first"), "", _("Price"), _("Comes later"), "", _("Price"), _("They have in common")
    for pair in result.same:
        sides = ((side.title, title_of(side.platform), str(side.price_idr or "")) for side in (pair.first, pair.later))
        yield *chain.from_iterable(sides), str(pair.why.label)


def _unlisted_rows(result: MoveInResult) -> Iterable[Row]:
    yield _("Came from"), _("Id there"), _("Still on sale here"), _("Options")
    for sku in result.unlisted.skus:
        yield title_of(sku.platform), sku.source_id, sku.title, ", ".join(sku.options)


def _kept_column_rows(result: MoveInResult) -> Iterable[Row]:
    yield _("File"), _("Column without a place in Lapak; its values are kept")
    for sheet in result.sheets:
        for column in sheet.unmapped:
            yield sheet.file, f"{column_letters(column)} ({sheet.labels.get(column, '')})"
