"""Which list is this, and where do its goods begin? Told by what stands in its first rows, never by a file's name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lapak.moving.bundle import SourceSheet
from lapak.moving.ids import visible
from lapak.moving.layout import ATTRIBUTE, IN_OTHER_UNITS, PROBLEM, SEVERAL, Layout
from lapak.moving.numbers import is_number
from lapak.moving.plain_text import clean
from lapak.moving.table import Table

_MIN_IN_HEADER = 2
"""Goods do not say two names of columns in a row by chance."""
_ID_DIGITS = 5
_IDS = ("product_id", "order_id")
_KEY = re.compile(r"[a-z][a-z0-9]*_[a-z0-9_./|]*")
"""A machine key, in a header's first row."""


@dataclass(slots=True)
class _Header:
    """What the columns of a table mean to a layout."""

    first: int
    last: int
    has_keys: bool
    fields: dict[str, tuple[int, ...]] = field(default_factory=dict)
    attributes: dict[int, str] = field(default_factory=dict)
    unmapped: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)

    @property
    def known(self) -> int:
        return sum(map(len, self.fields.values()))


def sheet_of(table: Table, head: list[list[str]], layouts: Iterable[Layout]) -> SourceSheet | None:
    """The table as the layout that knows most of its columns reads it; None when it is none of them.

    `head` are its first `layout.HEAD_ROWS` rows.
    """
    found: tuple[Layout, _Header] | None = None
    for layout in layouts:
        header = _header(layout, head)
        if header and _is_enough(layout, header) and (found is None or header.known > found[1].known):
            found = layout, header
    return _sheet(table, head, *found) if found else None


def _is_enough(layout: Layout, header: _Header) -> bool:
    fields = header.fields.keys() | {IN_OTHER_UNITS[name] for name in header.fields.keys() & IN_OTHER_UNITS.keys()}
    has_one = not layout.needs_one_of or not fields.isdisjoint(layout.needs_one_of)
    return fields >= layout.needs and has_one and header.known >= layout.least_known


def _header(layout: Layout, head: list[list[str]]) -> _Header | None:
    """The rows in which columns are called by names that the layout knows: keys, labels, groups above labels."""
    known = [sum(layout.field_of(cell) is not None for cell in row) for row in head]
    named = [number for number, count in enumerate(known) if count >= _MIN_IN_HEADER]
    if not named:
        return None
    height = max(layout.first_row, layout.first_row_below_keys) - 1
    rows = [number for number in named if number < named[0] + height]
    band = head[rows[0] : rows[-1] + 1]
    header = _Header(rows[0] + 1, rows[-1] + 1, any(_KEY.fullmatch(cell.strip(" *\n").casefold()) for cell in band[0]))
    for index in range(max(map(len, band))):
        texts = [clean(visible(row[index])) for row in band if index < len(row) and row[index]]
        if texts:
            _name_column(layout, header, index, texts)
    return header


def _name_column(layout: Layout, header: _Header, index: int, texts: list[str]) -> None:
    """Keys stand above labels and are believed first. Of two columns for one thing the first counts."""
    name = next(filter(None, map(layout.field_of, texts)), None)
    header.labels[index] = _label(layout, header, texts)
    if name == ATTRIBUTE:
        header.attributes[index] = header.labels[index]
    elif name == PROBLEM or (name and (name in SEVERAL or name not in header.fields)):
        header.fields[name] = (*header.fields.get(name, ()), index)
        if not layout.has_place_for(name):
            header.unmapped[index] = texts[0]
    else:
        header.unmapped[index] = texts[0]


def _label(layout: Layout, header: _Header, texts: list[str]) -> str:
    """What the seller reads above the column: below a key, but below a group only if it is a known name."""
    if header.has_keys:
        return texts[-1]
    return next(filter(layout.field_of, texts), texts[0])


def _sheet(table: Table, head: list[list[str]], layout: Layout, header: _Header) -> SourceSheet:
    units = {IN_OTHER_UNITS[name]: name for name in header.fields if name in IN_OTHER_UNITS}
    sheet = SourceSheet(
        layout=layout,
        table=table,
        header_row=header.first,
        first_data_row=_first_row(layout, header, head),
        columns={IN_OTHER_UNITS.get(name, name): columns for name, columns in header.fields.items()},
        attributes=header.attributes,
        unmapped=header.unmapped,
        labels=header.labels,
        units=units,
        has_keys=header.has_keys,
    )
    if layout.settle:
        layout.settle(sheet)
    return sheet


def _first_row(layout: Layout, header: _Header, head: list[list[str]]) -> int:
    """Where the layout says; above it where goods stand already, as a seller may have taken the rows of help out; and below
    it while there is help in words yet."""
    first_row = (header.has_keys and layout.first_row_below_keys) or layout.first_row
    expected = max(first_row + header.first - 1, header.last + 1)
    above = range(header.last + 1, min(expected, len(head) + 1))
    if found := next((number for number in above if _has_data(layout, header, head[number - 1])), None):
        return found
    has_help = first_row > header.last - header.first + 2
    while has_help and expected < len(head) and _is_help(layout, header, head[expected - 1]):
        expected += 1
    return expected


def _has_data(layout: Layout, header: _Header, row: Sequence[str]) -> bool:
    return any(map(is_number, _said(header, row, layout.telling))) or any(map(_is_id, _said(header, row, _IDS)))


def _is_help(layout: Layout, header: _Header, row: Sequence[str]) -> bool:
    """Words wherever goods have numbers. A row of goods with one wrong cell is none: its seller is told of it."""
    said = _said(header, row, (*layout.telling, *_IDS, "sku_id"))
    return len(said) >= _MIN_IN_HEADER and not any(map(is_number, said)) and not any(map(_is_id, said))


def _said(header: _Header, row: Sequence[str], names: Iterable[str]) -> list[str]:
    """What the row says in these fields, but for empty cells."""
    return [row[i] for name in names for i in header.fields.get(name, ())[:1] if i < len(row) and row[i]]


def _is_id(text: str) -> bool:
    digits = visible(text).strip(" '")
    return digits.isdigit() and len(digits) >= _ID_DIGITS
