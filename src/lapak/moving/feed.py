"""A product feed in XML, RSS 2.0 or Atom, read as a table: an item is a row, each of its elements a column."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from lapak.moving.errors import FileUnreadable
from lapak.moving.merged import Merged
from lapak.moving.reading import broken_is
from lapak.moving.table import Document, Table
from lapak.moving.workbook import Cell

_HEAD = re.compile(rb"<(rss|feed|rdf:RDF)\b")
_MAX_BYTES = 256 * 1024 * 1024
"""Twice 100,000 goods with descriptions of a thousand letters."""
_ITEMS = frozenset({"item", "entry"})
_GOOGLE = "{http://base.google.com/ns/1.0}"
_MAX_COLUMNS = 500
"""Google's specification has some hundred; more are no feed."""


class FeedTable:
    """The items of a feed. Row 1 names the columns: Google's as they are (`g:price` is `price`), others only where those say
    nothing; an element that an item repeats (`additional_image_link`) has as many columns."""

    name = ""

    def __init__(self, file: str, content: Path | bytes) -> None:
        """Refuses (`FileUnreadable`) a feed that is broken or too large."""
        self.file = file
        self._content = content
        with self._opened() as stream:
            if stream.seek(0, io.SEEK_END) > _MAX_BYTES:
                raise FileUnreadable(file, _("It is too large. Export fewer products at a time."))
        columns: dict[tuple[str, int], None] = {}
        for item in self._items():
            columns |= dict.fromkeys(item)
            if len(columns) > _MAX_COLUMNS:
                raise FileUnreadable(file, _("The file is broken. Export or download it again."))
        self._columns = list(columns)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """See `Table`."""
        if self._columns:
            yield 1, [name for name, _nth in self._columns]
        for number, item in enumerate(self._items(), 2):
            yield number, [item.get(column, "") for column in self._columns]

    def merged(self) -> Sequence[Merged]:
        """See `Table`."""
        return ()

    def head(self, count: int) -> list[list[str]]:
        """See `Table`."""
        rows = [[str(cell).strip() for cell in cells] for _number, cells in islice(self.rows(), count)]
        return rows + [[] for _missing in range(count - len(rows))]

    def beside(self, name: str) -> Table | None:  # noqa: ARG002 - a feed holds one table
        """See `Table`."""
        return None

    def _items(self) -> Iterator[dict[tuple[str, int], str]]:
        """Each item's texts, by the name of their element and the how-manieth of that name it is."""
        broken = FileUnreadable(self.file, _("The file is broken. Export or download it again."))
        with broken_is(lambda: broken), self._opened() as stream:
            for _event, element in ET.iterparse(stream):  # noqa: S314 - expat itself bounds the growth of entities
                if _local(element) in _ITEMS:
                    yield _texts(element)
                    element.clear()

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        with io.BytesIO(self._content) if isinstance(self._content, bytes) else self._content.open("rb") as stream:
            yield stream


def looks_like_feed(head: bytes) -> bool:
    """Whether a file that begins so is one; other XML (a drawing, an old spreadsheet) is not."""
    return bool(_HEAD.search(head.replace(b"\0", b"")))


def feed_document(name: str, content: Path | bytes) -> Document:
    """A feed. Refuses (`FileUnreadable`) one that is broken or too large."""
    return Document(name, [FeedTable(name, content)])


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _texts(item: ET.Element) -> dict[tuple[str, int], str]:
    googles = {_local(element) for element in item if element.tag.startswith(_GOOGLE)}
    count: Counter[str] = Counter()
    texts: dict[tuple[str, int], str] = {}
    for element in item:
        name = _local(element)
        if element.tag.startswith(_GOOGLE) or name not in googles:
            count[name] += 1
            # Atom's `<link href="…"/>` has its address aside.
            texts[name, count[name]] = "".join(element.itertext()).strip() or element.get("href", "")
    return texts
