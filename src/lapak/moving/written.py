"""How a table of goods becomes a file: text with one row a line, or a workbook."""

import csv
import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain, count, islice
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

import xlsxwriter

from lapak.moving.plain_text import fit_for_xml

Line = Mapping[str, object]
"""What stands in a row, by column; what is not named stands empty."""

Column = tuple[str, str]
"""Its key, and the label that people read."""

Goods = Iterator[Iterable[Line]]
"""The lines of each product."""

Opened = Callable[[str], AbstractContextManager[IO[bytes]]]
"""A new file of this name to be written, one at a time: of a zip, of a folder."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would reckon with a cell of a text file that begins so. In a workbook each cell says that it is text."""


class Form(Protocol):
    """A kind of file."""

    @property
    def file(self) -> str:
        """What it is called in the zip."""

    def write(self, columns: Sequence[Column], goods: Goods, to: Opened) -> None:
        """All goods are in it."""


@dataclass(frozen=True, slots=True)
class Text:
    """Cells parted by a sign. Two rows of header, of keys and of labels, unless both are the same."""

    file: str
    separator: str = ","
    marks_utf8: bool = False
    """Whether the file begins with UTF-8's mark, by which Excel knows it; some platforms stumble over it."""

    def write(self, columns: Sequence[Column], goods: Goods, to: Opened) -> None:
        """See `Form`."""
        encoding = "utf-8-sig" if self.marks_utf8 else "utf-8"
        with to(self.file) as member, io.TextIOWrapper(member, encoding, newline="", write_through=True) as text:
            rows = csv.writer(text, delimiter=self.separator, lineterminator="\r\n")
            rows.writerow([key for key, _label in columns])
            if any(key != label for key, label in columns):
                rows.writerow([label for _key, label in columns])
            for lines in goods:
                for line in lines:
                    rows.writerow([harmless(line.get(key, "")) for key, _label in columns])


@dataclass(frozen=True, slots=True)
class Workbooks:
    """New workbooks, all cells text, each with as many products as the platform takes at once."""

    file: str
    """With `{n}` for the number of the workbook."""
    sheet: str
    head: Callable[[Sequence[Column]], Sequence[Sequence[str]]]
    """The rows above the goods."""
    most_products: int

    def write(self, columns: Sequence[Column], goods: Goods, to: Opened) -> None:
        """See `Form`. There is one workbook at least."""
        first = next(goods, None)
        for number in count(1):
            some = chain(() if first is None else (first,), islice(goods, self.most_products - 1))
            # XlsxWriter wants a file in which it can go back.
            with TemporaryFile() as whole:
                self._write_one(columns, some, whole)
                whole.seek(0)
                with to(self.file.format(n=number)) as member:
                    shutil.copyfileobj(whole, member)
            first = next(goods, None)
            if first is None:
                return

    def _write_one(self, columns: Sequence[Column], goods: Iterable[Iterable[Line]], to: IO[bytes]) -> None:
        with xlsxwriter.Workbook(to, {"constant_memory": True, "strings_to_urls": False}) as workbook:
            page = workbook.add_worksheet(self.sheet)
            of_goods = ([line.get(key, "") for key, _label in columns] for lines in goods for line in lines)
            for number, cells in enumerate(chain(self.head(columns), of_goods)):
                _write_row(page, number, cells)


def harmless(value: object) -> str:
    """As a cell that no spreadsheet takes for a formula: an apostrophe before it, as spreadsheets themselves write it."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _write_row(page: Any, row: int, cells: Sequence[object]) -> None:
    for column, cell in enumerate(cells):
        if cell not in {"", None}:
            page.write_string(row, column, fit_for_xml(str(cell)))
