"""Cells that a spreadsheet shows as one over several rows: only the first of them holds what all of them say."""

import re
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from lapak.moving.cells import text_of
from lapak.moving.workbook import Cell, column_number

_REF = re.compile(rb'mergeCell\b[^<>]*?\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"')
_PIECE_BYTES = 1024 * 1024
_LONGEST = 200
"""Such an element has hardly more than its range."""

NumberedRow = tuple[int, list[Cell]]


class Merged(NamedTuple):
    """One cell over the rows from the first to the last; of several columns, the left one, which holds it."""

    column: int
    first: int
    last: int


def merged_cells(xml: IO[bytes]) -> Iterator[Merged]:
    """Those of a sheet that go over several rows: they stand behind all its rows."""
    kept = b""
    while more := xml.read(_PIECE_BYTES):
        kept += more
        end = 0
        for found in _REF.finditer(kept) if b"mergeCell" in kept else ():
            first, last, end = int(found[2]), int(found[3]), found.end()
            if first < last:
                yield Merged(column_number(found[1]) - 1, first, last)
        kept = kept[max(end, len(kept) - _LONGEST) :]


def filled_down(rows: Iterable[NumberedRow], merged: Iterable[Merged]) -> Iterator[NumberedRow]:
    """Each row with what is shown in it: what it says itself stays, and one that says nothing says nothing still."""
    beginning: dict[int, list[Merged]] = {}
    for each in merged:
        beginning.setdefault(each.first, []).append(each)
    return _filled(rows, beginning) if beginning else iter(rows)


def _filled(rows: Iterable[NumberedRow], beginning: dict[int, list[Merged]]) -> Iterator[NumberedRow]:
    above: dict[int, tuple[int, Cell]] = {}
    for number, cells in rows:
        above = {column: (last, cell) for column, (last, cell) in above.items() if number <= last}
        if above and any(map(text_of, cells)):
            _fill(cells, above)
        begun = [each for each in beginning.get(number, ()) if each.column < len(cells)]
        above |= {each.column: (each.last, cells[each.column]) for each in begun}
        yield number, cells


def _fill(cells: list[Cell], above: dict[int, tuple[int, Cell]]) -> None:
    cells += [""] * (1 + max(above) - len(cells))
    for column, (_last, cell) in above.items():
        if not text_of(cells[column]):
            cells[column] = cell
