"""A table of a seller's file, whatever the file is: rows of cells, with the numbers a spreadsheet shows beside them."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Protocol

from django.utils.translation import gettext as _

from lapak.moving.errors import FileUnreadable
from lapak.moving.merged import Merged, merged_cells
from lapak.moving.reading import broken_is
from lapak.moving.workbook import Cell, Workbook, cell_text

_HEAD_BYTES = 64 * 1024
_MAX_TEXT_BYTES = 512 * 1024 * 1024
"""Five times 100,000 rows of the longest real export."""
_MOST_MERGED = 500_000
"""Ten merged columns of 50,000 products: some 100 MB."""
_SEPARATORS = ",;\t|"
_LINES_LOOKED_AT = 20
_CELLS_OF_A_LIST = 3
"""At least; a title above the header may have a comma in it."""
_SEPARATOR_TOLD = re.compile(r"sep=(.)\s*", re.IGNORECASE)
"""What Excel itself puts into the first line of a text table to say how it is parted."""

csv.field_size_limit(1024 * 1024)  # of a cell; Python's own bound is less than some descriptions have


class Table(Protocol):
    """One list in a file. `name` is the sheet's; a text file has none."""

    @property
    def file(self) -> str:
        """The file's name, for the seller."""

    @property
    def name(self) -> str:
        """The sheet's name; empty in a file that is one table."""

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows that hold anything, each with its number from 1 on."""

    def merged(self) -> Sequence[Merged]:
        """The cells that are shown as one over several rows."""

    def head(self, count: int) -> list[list[str]]:
        """Rows 1 to `count` as texts; a row without anything is an empty list."""

    def beside(self, name: str) -> "Table | None":
        """Another table of the same file."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file, and all lists that are in it."""

    name: str
    tables: list[Table]


class SheetTable:
    """A sheet of a workbook."""

    def __init__(self, workbook: Workbook, name: str) -> None:
        self._workbook = workbook
        self.file, self.name = workbook.name, name
        self._merged: list[Merged] | None = None

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """See `Table`."""
        return self._workbook.rows(self.name)

    def merged(self) -> Sequence[Merged]:
        """See `Table`."""
        if self._merged is None:
            with self._workbook.xml(self.name) as xml:
                self._merged = list(islice(merged_cells(xml), _MOST_MERGED + 1))
        if len(self._merged) > _MOST_MERGED:
            raise FileUnreadable(self.file, _("It is too large when unpacked. Export fewer products at a time."))
        return self._merged

    def head(self, count: int) -> list[list[str]]:
        """See `Table`."""
        return [[cell_text(cell).strip() for cell in row] for row in self._workbook.heads(count)[self.name]]

    def beside(self, name: str) -> "Table | None":
        """See `Table`."""
        return SheetTable(self._workbook, name) if name in self._workbook.sheet_names else None


class TextTable:
    """The one table of a text file. A record is a row, however many lines its cells have: so Excel counts them."""

    name = ""

    def __init__(self, file: str, content: Path | bytes) -> None:
        self.file = file
        self._content = content
        with self._opened() as stream:
            if stream.seek(0, io.SEEK_END) > _MAX_TEXT_BYTES:
                raise FileUnreadable(file, _("It is too large. Export fewer products at a time."))
        with self._opened() as stream:
            self._encoding = _encoding_of(stream)
            stream.seek(0)
            lines = _lines(stream.read(_HEAD_BYTES).decode(self._encoding, errors="ignore"))
        self._separator = _separator_of(lines)
        self._width = max(_CELLS_OF_A_LIST, *(len(_cells_of(line, self._separator)) for line in lines), 0)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """See `Table`."""
        for number, cells in self._records():
            if any(cells):
                yield number, list(cells)

    def merged(self) -> Sequence[Merged]:
        """See `Table`."""
        return ()

    def head(self, count: int) -> list[list[str]]:
        """See `Table`."""
        rows: list[list[str]] = [[] for _number in range(count)]
        for number, cells in islice(self._records(), count):
            rows[number - 1] = [cell.strip() for cell in cells] if any(cells) else []
        return rows

    def beside(self, name: str) -> "Table | None":  # noqa: ARG002 - a text file holds one table
        """See `Table`."""
        return None

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        broken = FileUnreadable(self.file, _("The file is broken. Export or download it again."))
        with broken_is(lambda: broken), self._opened() as stream:
            text = io.TextIOWrapper(stream, self._encoding, errors="replace", newline="")
            for number, cells in enumerate(csv.reader(text, delimiter=self._separator), 1):
                is_told = number == 1 and len(cells) <= 2 and _SEPARATOR_TOLD.fullmatch(self._separator.join(cells))
                yield number, [] if is_told else list(map(_as_text, _unpacked(cells, self._separator, self._width)))

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        with io.BytesIO(self._content) if isinstance(self._content, bytes) else self._content.open("rb") as stream:
            yield stream


def workbook_document(name: str, content: Path | bytes) -> Document:
    """A workbook with all its sheets. Refuses (`FileUnreadable`) what is none, is broken, or would fill the memory."""
    workbook = Workbook(name, content)
    return Document(name, [SheetTable(workbook, sheet) for sheet in workbook.sheet_names])


def text_document(name: str, content: Path | bytes) -> Document:
    """A text file. Refuses (`FileUnreadable`) one that is too large; what is no text has no rows that anybody knows."""
    return Document(name, [TextTable(name, content)])


def _encoding_of(stream: IO[bytes]) -> str:
    """By its mark; else UTF-8 if the whole file is that, else what Windows writes in the west."""
    head = stream.read(_HEAD_BYTES)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while piece := stream.read(_HEAD_BYTES):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _as_text(cell: str) -> str:
    """`="0017"` is how some programs keep a spreadsheet from taking a text for a number."""
    return cell[2:-1] if cell[:2] == '="' and cell[-1] == '"' and len(cell) > len('=""') else cell


def _lines(head: str) -> list[str]:
    """The first that say something."""
    return list(islice((line for line in head.splitlines() if line.strip()), _LINES_LOOKED_AT))


def _separator_of(lines: Sequence[str]) -> str:
    """The one that parts the first line that is no title into most cells, unless the file says itself."""
    if lines and (told := _SEPARATOR_TOLD.fullmatch(lines[0])):
        return told[1]
    counts = [{separator: len(_cells_of(line, separator)) for separator in _SEPARATORS} for line in lines]
    of_list = next((count for count in counts if max(count.values()) >= _CELLS_OF_A_LIST), None)
    found = of_list or next(iter(counts), dict.fromkeys(_SEPARATORS, 0))
    return max(_SEPARATORS, key=lambda separator: found[separator])


def _cells_of(line: str, separator: str) -> list[str]:
    return _unpacked(next(csv.reader([line], delimiter=separator), []), separator, _CELLS_OF_A_LIST)


def _unpacked(cells: list[str], separator: str, least: int) -> list[str]:
    """The cells of a line that was saved as one: a spreadsheet of another language took the list for a single column. One of
    fewer cells than `least` is a sentence."""
    if len(cells) != 1 or separator not in cells[0]:
        return cells
    within = next(csv.reader(cells, delimiter=separator), [])
    return within if len(within) >= least else cells
