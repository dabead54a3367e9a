"""A seller's own template of a platform, filled in where it lies.

Platforms know their templates by what they put into them (Shopee: a hash in row 2, hidden sheets, locked cells), so nothing
of it changes but the empty rows of its list (sheet_xml.py).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from lapak.moving.bundle import SourceSheet
from lapak.moving.errors import TemplateUnfit
from lapak.moving.layout import HEAD_ROWS, IN_OTHER_UNITS, SEVERAL, Layout, spelling
from lapak.moving.recognise import sheet_of
from lapak.moving.sheet_xml import ROW, SAID, cell_xml, rewrite
from lapak.moving.table import SheetTable
from lapak.moving.workbook import Workbook, column_letters
from lapak.moving.written import Column, Goods, Line, Opened

_G_PER_KG = 1_000
_FAR_COLUMN = 500
"""Templates have fifty; what is said of all that a sheet could have is cut here."""

_CELL = re.compile(r"<(?:\w+:)?c\b([^>]*)>")
_COLUMN = re.compile(r"<(?:\w+:)?col\b([^>]*)>")


class _EmptyRow(NamedTuple):
    """A row of the template below its header: how it looks, and how it is written."""

    number: int
    said: Mapping[str, str]
    styles: Mapping[str, str]
    xml: str


class FilledTemplate:
    """A `Form` that is the seller's own file, whatever its size: Shopee names no bound."""

    def __init__(self, file: str, path: Path, layouts: Sequence[Layout]) -> None:
        """`layouts` are those by which the platform's lists are known.

        Refuses a file that is no workbook (`FileUnreadable`), and one without an empty list for new goods (`TemplateUnfit`).
        """
        self.file = file
        self._path = path
        self._workbook = Workbook(path.name, path)
        self._sheet = _empty_list(self._workbook, layouts)

    def lacks(self, columns: Sequence[Column]) -> list[str]:
        """The labels of those of our columns that it does not have."""
        places = self._places(columns)
        return [label for key, label in columns if key not in places]

    def write(self, columns: Sequence[Column], goods: Goods, to: Opened) -> None:
        """See `Form`."""
        places = self._places(columns)
        cells = (self._cells(line, places) for lines in goods for line in lines)
        part = self._workbook.part(self._sheet.table.name)
        rewrite(self._path, part, lambda xml, rows: _filled(xml, rows, _first_row(self._sheet), cells), self.file, to)

    def _places(self, columns: Sequence[Column]) -> dict[str, int]:
        """Where each of our columns is: by its key, by its label, or, of one kind alone, by what it means."""
        rows = self._sheet.table.head(HEAD_ROWS)[self._sheet.header_row - 1 : _first_row(self._sheet) - 1]
        spelled: dict[str, int] = {}
        for row in rows:
            for index, text in enumerate(row):
                spelled.setdefault(spelling(text), index)
        found = {key: self._place(key, label, spelled) for key, label in columns}
        return {key: place for key, place in found.items() if place is not None}

    def _place(self, key: str, label: str, spelled: Mapping[str, int]) -> int | None:
        if (place := spelled.get(spelling(key), spelled.get(spelling(label)))) is not None:
            return place
        name = self._sheet.layout.field_of(key)
        meant = self._sheet.columns.get(IN_OTHER_UNITS.get(name, name)) if name and name not in SEVERAL else None
        stock_at = self._sheet.columns.get("stock_at") if name == "stock" else None
        return next(iter(meant or stock_at or ()), None)

    def _cells(self, line: Line, places: Mapping[str, int]) -> dict[int, str]:
        """What stands in a row, by column. Weights are said as the template says them."""
        in_kg = self._sheet.columns.get("weight_g", ()) if "weight_g" in self._sheet.units else ()
        said = {places[key]: value for key, value in line.items() if key in places and value not in {None, ""}}
        return {
            place: f"{value / _G_PER_KG:g}" if place in in_kg and isinstance(value, int) else str(value)
            for place, value in said.items()
        }


def _empty_list(workbook: Workbook, layouts: Sequence[Layout]) -> SourceSheet:
    """The workbook's list for new goods (which have no ids yet); beside it may lie one with examples."""
    tables = [SheetTable(workbook, name) for name in workbook.sheet_names]
    known = [sheet for table in tables if (sheet := sheet_of(table, table.head(HEAD_ROWS), layouts))]
    lists = [sheet for sheet in known if not sheet.has("product_id")]
    if not lists:
        raise TemplateUnfit(workbook.name, _("This is not the platform's template for new goods."))
    for sheet in lists:
        if not any(number >= _first_row(sheet) for number, _cells in sheet.table.rows()):
            return sheet
    raise TemplateUnfit(workbook.name, _("There are goods in it already. Download an empty template."))


def _first_row(sheet: SourceSheet) -> int:
    """Where the layout says: in an empty list no row of help can be taken for goods."""
    layout = sheet.layout
    return ((sheet.has_keys and layout.first_row_below_keys) or layout.first_row) + sheet.header_row - 1


def _filled(xml: str, data: re.Match[str], first_row: int, lines: Iterator[dict[int, str]]) -> Iterator[str]:
    """The sheet with these cells from that row on. All else stays as it is, to the letter; so do empty rows below."""
    prefix, of_columns = data[1] or "", dict(_styles_of_columns(xml[: data.start()]))
    kept_until, empty = _empty_rows(xml, data.start(2), data.end(2), first_row)
    yield xml[:kept_until]
    look = _EmptyRow(first_row, {}, {}, "")
    for number, cells in enumerate(lines, first_row):
        look = empty.pop(number, look)
        yield _row(prefix, number, look, of_columns, cells)
    yield from (row.xml for row in empty.values())
    yield xml[data.end(2) :]


def _empty_rows(xml: str, start: int, end: int, first_row: int) -> tuple[int, dict[int, _EmptyRow]]:
    """Where the rows above them end, and those from that one on, by number."""
    number, rows = 0, {}
    for row in ROW.finditer(xml, start, end):
        said = dict(SAID.findall(row[1]))
        number = int(said.get("r", number + 1))
        if number >= first_row:
            end = min(end, row.start())
            rows[number] = _EmptyRow(number, said, dict(_styles(row[2] or "")), row[0])
    return end, rows


def _row(prefix: str, number: int, look: _EmptyRow, of_columns: Mapping[str, str], cells: Mapping[int, str]) -> str:
    """All texts. They look as the empty row did."""
    said = "".join(f' {name}="{value}"' for name, value in look.said.items() if name not in {"r", "spans"})
    texts = {column_letters(place): text for place, text in cells.items()}
    drawn = sorted(texts.keys() | look.styles.keys(), key=lambda letters: (len(letters), letters))
    inside = (cell_xml(prefix, f"{at}{number}", look.styles.get(at, of_columns.get(at)), texts.get(at)) for at in drawn)
    return f'<{prefix}row r="{number}"{said}>{"".join(inside)}</{prefix}row>'


def _styles(cells: str) -> Iterator[tuple[str, str]]:
    """The style of each of a row's cells, by its column's letters."""
    for cell in _CELL.findall(cells):
        said = dict(SAID.findall(cell))
        if "r" in said and "s" in said:
            yield said["r"].rstrip("0123456789"), said["s"]


def _styles_of_columns(head: str) -> Iterator[tuple[str, str]]:
    """What cells look like that stand in no row yet."""
    for column in _COLUMN.findall(head):
        said = dict(SAID.findall(column))
        if "style" in said:
            first, last = int(said["min"]), min(int(said["max"]), _FAR_COLUMN)
            yield from ((column_letters(number - 1), said["style"]) for number in range(first, last + 1))
