"""A row of a seller's list, asked by field."""

from lapak.moving.bundle import SourceSheet
from lapak.moving.cells import Look, code, text_of
from lapak.moving.errors import IdsLost
from lapak.moving.ids import id_of
from lapak.moving.values import Text
from lapak.moving.workbook import Cell


class Row:
    """Its cells, from column A on as far as any column is known."""

    __slots__ = ("cells", "look", "number", "sheet")

    def __init__(self, sheet: SourceSheet, number: int, cells: list[Cell], look: Look) -> None:
        self.sheet, self.number, self.cells, self.look = sheet, number, cells, look

    def cell(self, name: str) -> Cell:
        """The field's cell; empty where the list has no column for it."""
        columns = self.sheet.columns.get(name)
        return self.cells[columns[0]] if columns else ""

    def text(self, name: str) -> Text:
        """What the field's cell says; None where the list has no column for it."""
        columns = self.sheet.columns.get(name)
        return text_of(self.cells[columns[0]]) if columns else None

    def code(self, name: str) -> Text:
        """A code of the seller's or the maker's (`cells.code`, unless the layout says otherwise); None without a column."""
        columns = self.sheet.columns.get(name)
        return str(self.sheet.layout.readers.get(name, code)(self.cells[columns[0]], self.look)) if columns else None

    def id(self, name: str) -> str:
        """The id in the field's cell. Refuses (`IdsLost`) one that was rounded."""
        found = id_of(self.cell(name))
        if found is None:
            raise IdsLost(self.sheet.file, self.sheet.address(self.number, name))
        return found
