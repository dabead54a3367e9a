"""The formats Lapak reads. To add one, copy a format's folder, keep its two functions, and name it here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lapak.moving.bundle import Bundle, SourceSheet
from lapak.moving.documents import Document, TextTable
from lapak.moving.errors import FileUnknown
from lapak.moving.formats.tiktok_shop import reader as tiktok_shop_reader
from lapak.moving.formats.tiktok_shop import recognise as tiktok_shop
from lapak.moving.progress import Report


@dataclass(frozen=True, slots=True)
class Format:
    """How one platform's files are told from others, and read."""

    platform: str
    expected: str
    """The columns that would have been enough, for the one whose file nobody knows."""
    recognise: Callable[[Document], list[SourceSheet]]
    read: Callable[[SourceSheet, Bundle, Report], None]


FORMATS = {
    fmt.platform: fmt
    for fmt in (
        Format(
            tiktok_shop.PLATFORM,
            tiktok_shop.EXPECTED,
            tiktok_shop.recognise,
            tiktok_shop_reader.read_sheet,
        ),
    )
}

_SEEN_CELLS = 8


def recognise(document: Document) -> list[SourceSheet]:
    """The document's sheets of products. Refuses (`FileUnknown`) one that no format knows, saying what was seen."""
    for fmt in FORMATS.values():
        if sheets := fmt.recognise(document):
            return sheets
    expected = " / ".join(fmt.expected for fmt in FORMATS.values())
    reason = _("Lapak does not know this file. It begins with: %(seen)s. A product export has: %(expected)s.")
    raise FileUnknown(document.name, reason % {"seen": _first_cells(document) or "–", "expected": expected})


def read(sheets: list[SourceSheet], report: Report) -> Bundle:
    """Everything the sheets say, products that stand in several of them put together."""
    bundle = Bundle()
    for sheet in sheets:
        FORMATS[sheet.platform].read(sheet, bundle, report)
    return bundle


def _first_cells(document: Document) -> str:
    if isinstance(document, TextTable):
        cells = document.header
    else:
        first_rows = [rows[0] for rows in document.heads(1).values()]
        cells = [str(cell) for row in first_rows[:1] for cell in row]
    return ", ".join(cell[:40] for cell in cells[:_SEEN_CELLS] if cell)
