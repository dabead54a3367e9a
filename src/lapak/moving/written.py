"""How a table of goods becomes a file: text with one row a line, or a workbook."""

import csv
import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import chain, count, islice
from tempfile import TemporaryFile
from typing import IO, Any, Protocol
from xml.sax.saxutils import escape

import xlsxwriter
from django.conf import settings
from django.utils.functional import Promise

from lapak.moving.errors import ListNeeded, TemplateNeeded
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


_GOOGLE = "http://base.google.com/ns/1.0"
_RSS_BEGINS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="{google}"><channel>'
    "<title>{home}</title><link>{home}</link><description>{home}</description>\n"
)
_OF_RSS = frozenset({"title", "link", "description"})


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
    """With `{n}` for the number of the workbook, where there may be several."""
    sheet: str
    head: Callable[[Sequence[Column]], Sequence[Sequence[str]]]
    """The rows above the goods."""
    most_products: int | None = None
    """None where no bound is known."""

    def write(self, columns: Sequence[Column], goods: Goods, to: Opened) -> None:
        """See `Form`. There is one workbook at least."""
        first = next(goods, None)
        for number in count(1):
            others = islice(goods, self.most_products and self.most_products - 1)
            some = chain(() if first is None else (first,), others)
            with whole(to, self.file.format(n=number)) as workbook:
                self._write_one(columns, some, workbook)
            first = next(goods, None)
            if first is None:
                return

    def _write_one(self, columns: Sequence[Column], goods: Iterable[Iterable[Line]], to: IO[bytes]) -> None:
        with xlsxwriter.Workbook(to, {"constant_memory": True, "strings_to_urls": False}) as workbook:
            page = workbook.add_worksheet(self.sheet)
            of_goods = ([line.get(key, "") for key, _label in columns] for lines in goods for line in lines)
            for number, cells in enumerate(chain(self.head(columns), of_goods)):
                _write_row(page, number, cells)


@dataclass(frozen=True, slots=True)
class Rss:
    """RSS 2.0 with Google's elements: each line an item, each cell an element, several where the cell holds several."""

    file: str

    def write(self, columns: Sequence[Column], goods: Goods, to: Opened) -> None:
        """See `Form`. What is RSS's own (title, link, description) stands as such."""
        with to(self.file) as member, io.TextIOWrapper(member, "utf-8", newline="\n", write_through=True) as text:
            text.write(_RSS_BEGINS.format(google=_GOOGLE, home=escape(settings.BASE_URL)))
            for lines in goods:
                for line in lines:
                    said = (_element(key, value) for key, _label in columns for value in _each(line.get(key)))
                    text.write(f"<item>{''.join(said)}</item>\n")
            text.write("</channel></rss>\n")


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """The seller's own template and nothing else: without it nothing is written."""

    file: str
    platform: str
    where: str | Promise
    """Where an empty one is downloaded."""

    @property
    def needed(self) -> TemplateNeeded:
        """What is said where none is given."""
        return TemplateNeeded(self.platform, self.where)

    def write(self, columns: Sequence[Column], goods: Goods, to: Opened) -> None:  # noqa: ARG002 - forms are called alike
        """Refuses (`TemplateNeeded`): `template.FilledTemplate` takes its place where one is given."""
        raise self.needed


@dataclass(frozen=True, slots=True)
class OwnList(OwnTemplate):
    """The list of the seller's goods that the platform gives out, brought up to date: `renewed.RenewedList` takes its place."""

    @property
    def needed(self) -> TemplateNeeded:
        """See `OwnTemplate`."""
        return ListNeeded(self.platform, self.where)


@contextmanager
def whole(to: Opened, file: str) -> Iterator[IO[bytes]]:
    """A file in which its writer can go back, as those of workbooks must: a zip written in one go has the sizes of its parts
    behind them, which not every reader of workbooks takes."""
    with TemporaryFile() as written:
        yield written
        written.seek(0)
        with to(file) as member:
            shutil.copyfileobj(written, member)


def harmless(value: object) -> str:
    """As a cell that no spreadsheet takes for a formula: an apostrophe before it, as spreadsheets themselves write it."""
    text = ",".join(map(str, _each(value)))
    # One that stands there already stays: whoever reads the file takes one away.
    return f"'{text}" if not isinstance(value, int) and text.removeprefix("'").startswith(_FORMULA) else text


def _write_row(page: Any, row: int, cells: Sequence[object]) -> None:
    for column, cell in enumerate(cells):
        if cell not in {"", None}:
            page.write_string(row, column, fit_for_xml(str(cell)))


def _each(value: object) -> Sequence[object]:
    """Cells may hold several (pictures), one or nothing."""
    return value if isinstance(value, tuple) else () if value in {"", None} else (value,)


def _element(key: str, value: object) -> str:
    name = key if key in _OF_RSS else f"g:{key}"
    return f"<{name}>{escape(fit_for_xml(str(value)))}</{name}>"
