"""Where a list of goods that no format knows begins: its row of names, and the first values of each column."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from lapak.moving.cells import text_of
from lapak.moving.layout import HEAD_ROWS, is_problem, spelling
from lapak.moving.merged import filled_down
from lapak.moving.numbers import is_number
from lapak.moving.plain_text import clean
from lapak.moving.table import Document, Table
from lapak.moving.workbook import column_letters

LOOKED_AT_ROWS = 200
"""By so many rows a column is known."""
MAX_COLUMNS = 100
"""So many are looked at and asked about; the longest export of a platform has some 60."""
_MIN_NAMES = 2
"""A title and a price."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnList:
    """A table with a row that names its columns."""

    table: Table
    header_row: int
    names: tuple[str, ...]
    """What stands above each column, from column A on; empty where nothing does."""
    rows: tuple[tuple[str, ...], ...]
    """The first of the rows below."""

    @property
    def header(self) -> str:
        """By which the list is known again: the same for the same names in the same order. The report's own column does not
        count, so that a report is known as what it was written of."""
        said = [spelling(name) for name in self.names if not is_problem(name)]
        return hashlib.sha256("\x1f".join(said).rstrip("\x1f").encode()).hexdigest()

    def label(self, column: int) -> str:
        """What the seller calls the column: the name above it, else its letters."""
        return self.names[column] or column_letters(column)

    def values(self, column: int) -> list[str]:
        """What its first cells say; the empty ones say nothing."""
        return [row[column] for row in self.rows if row[column]]


def own_lists_of(document: Document, known: Collection[str]) -> list[OwnList]:
    """All tables of the document that have a row of names and rows below it. `known` are spellings of columns' names."""
    found = (_own_list(table, known) for table in document.tables)
    return [each for each in found if each is not None]


def _own_list(table: Table, known: Collection[str]) -> OwnList | None:
    header_row = _header_row(table.head(HEAD_ROWS), known)
    if header_row is None:
        return None
    below: list[list[str]] = []
    names: list[str] = []
    merged = (each for each in table.merged() if each.first > header_row)
    for number, cells in islice(filled_down(table.rows(), merged), HEAD_ROWS + LOOKED_AT_ROWS):
        if number >= header_row:
            texts = [text_of(cell) for cell in cells[:MAX_COLUMNS]]
            if number == header_row:
                names = [clean(text) for text in texts]
            else:
                below.append(texts)
    width = max(map(len, [names, *below]))
    if not below:
        return None
    filled = [tuple(row + [""] * (width - len(row))) for row in [names, *below]]
    return OwnList(table, header_row, filled[0], tuple(filled[1:]))


def _header_row(head: Sequence[Sequence[str]], known: Collection[str]) -> int | None:
    """The row with most known names; else the first of words above a row with numbers where it has words."""
    counts = [len({spelling(cell) for cell in row} & set(known)) for row in head]
    if max(counts, default=0) >= _MIN_NAMES:
        return counts.index(max(counts)) + 1
    full = [(number, row) for number, row in enumerate(head, 1) if any(row)]
    for (number, row), (_next, below) in pairwise(full):
        words = {n for n, cell in enumerate(row) if cell and not is_number(cell)}
        if len(words) >= _MIN_NAMES and any(is_number(below[n]) for n in words if n < len(below)):
            return number
    return None
