"""The list of goods that a seller has downloaded from a platform, brought up to date where it lies.

Such lists go back the way they came (Lazada's mass update): rows are known by the platform's ids and have a hash each, so nothing
changes but what its goods are, cost and have in stock. Goods that are not here stay as they are there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from lapak.moving.bundle import SourceSheet
from lapak.moving.errors import TemplateUnfit
from lapak.moving.ids import id_of
from lapak.moving.layout import HEAD_ROWS, Layout
from lapak.moving.outgoing import Outgoing
from lapak.moving.recognise import sheet_of
from lapak.moving.sheet_xml import CELL, ROW, SAID, cell_xml, rewrite
from lapak.moving.table import SheetTable
from lapak.moving.workbook import Workbook, column_letters
from lapak.moving.written import Column, Goods, Opened

_LETTERS = re.compile("[A-Z]+")
Cells = Mapping[str, str]
"""What stands in a row, by the letters of the column."""


class RenewedList:
    """A `Form` that is the seller's own list. Its columns go by the fields they hold, and rows by the id of their SKU."""

    def __init__(self, file: str, path: Path, layouts: Sequence[Layout]) -> None:
        """Refuses a file that is no workbook (`FileUnreadable`), and one without the platform's list of prices
        (`TemplateUnfit`)."""
        self.file = file
        self._path = path
        self._workbook = Workbook(path.name, path)
        self._sheet = _list_of_prices(self._workbook, layouts)
        self.ids = {id_: row for row, id_ in self._ids()}
        """Of the SKUs in it, and where they stand."""

    def lacks(self, columns: Sequence[Column]) -> list[str]:
        """The labels of those of our columns that it does not have, or has several of."""
        return [label for key, label in columns if self._place(key) is None]

    def write(self, columns: Sequence[Column], goods: Goods, to: Opened) -> None:
        """See `Form`."""
        places = {key: place for key, _label in columns if (place := self._place(key))}
        lines = ((self.ids.get(str(line.get("sku_id"))), line) for of_product in goods for line in of_product)
        anew = {
            row: {place: str(line.get(key, "")) for key, place in places.items() if key != "sku_id"}
            for row, line in lines
            if row is not None
        }
        part = self._workbook.part(self._sheet.table.name)
        rewrite(self._path, part, lambda xml, rows: _renewed(xml, rows, anew), self.file, to)

    def _place(self, name: str) -> str | None:
        """Stock stands in a column named after the store; of several nobody knows into which it goes."""
        columns = self._sheet.columns.get(name) or (self._sheet.columns.get("stock_at", ()) if name == "stock" else ())
        return column_letters(columns[0]) if len(columns) == 1 else None

    def _ids(self) -> list[tuple[int, str]]:
        (place,) = self._sheet.columns["sku_id"]
        rows = self._sheet.data_rows()
        return [(row, id_) for row, cells in rows if place < len(cells) and (id_ := id_of(cells[place]))]


def renewing(out: Outgoing, path: Path, layouts: Sequence[Layout]) -> Outgoing:
    """The format as it brings this list up to date: it takes the goods that are in it, and no others."""
    form = RenewedList(out.form.file, path, layouts)
    return replace(out, form=form, only_these=frozenset(form.ids))


def _list_of_prices(workbook: Workbook, layouts: Sequence[Layout]) -> SourceSheet:
    tables = [SheetTable(workbook, name) for name in workbook.sheet_names]
    for table in tables:
        sheet = sheet_of(table, table.head(HEAD_ROWS), layouts)
        if sheet and sheet.has("sku_id") and sheet.has("price_idr"):
            return sheet
    raise TemplateUnfit(workbook.name, _("This is not the platform's list with the prices of your goods."))


def _renewed(xml: str, rows: re.Match[str], anew: Mapping[int, Cells]) -> Iterator[str]:
    """The sheet with these cells in these rows."""
    number, end = 0, 0
    for found in ROW.finditer(xml, rows.start(2), rows.end(2)):
        number = int(dict(SAID.findall(found[1])).get("r", number + 1))
        cells = anew.get(number)
        yield xml[end : found.start()]
        yield found[0] if cells is None else _row(rows[1] or "", number, found, cells)
        end = found.end()
    yield xml[end:]


def _row(prefix: str, number: int, found: re.Match[str], anew: Cells) -> str:
    """All its other cells stay as they are; these look as they did."""
    cells: dict[str, tuple[str, str | None]] = {}
    for cell in CELL.finditer(found[2] or ""):
        said = dict(SAID.findall(cell[1]))
        letters = _LETTERS.match(said.get("r", ""))
        cells[letters[0] if letters else column_letters(len(cells))] = cell[0], said.get("s")
    for at, text in anew.items():
        if text or at in cells:
            style = cells[at][1] if at in cells else None
            cells[at] = cell_xml(prefix, f"{at}{number}", style, text or None), style
    drawn = sorted(cells, key=lambda letters: (len(letters), letters))
    looks = "".join(f' {name}="{value}"' for name, value in SAID.findall(found[1]))
    return f"<{prefix}row{looks}>{''.join(cells[at][0] for at in drawn)}</{prefix}row>"
