"""The formats Lapak reads. To add one, copy a format's folder and name it here."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lapak.moving.bundle import SourceSheet
from lapak.moving.errors import FileNotProducts, FileUnknown
from lapak.moving.formats.tiktok_shop import layouts as tiktok_shop
from lapak.moving.layout import HEAD_ROWS, Format
from lapak.moving.recognise import sheet_of
from lapak.moving.table import Document

FORMATS: Sequence[Format] = (tiktok_shop.FORMAT,)

_SEEN_CELLS = 8


def recognise(document: Document) -> list[SourceSheet]:
    """The document's lists of goods.

    Refuses one that no format knows (`FileUnknown`), saying what was seen, and one that a format knows as a list of
    something else (`FileNotProducts`).
    """
    heads = [table.head(HEAD_ROWS) for table in document.tables]
    layouts = [layout for fmt in FORMATS for layout in fmt.layouts]
    sheets = []
    for table, head in zip(document.tables, heads, strict=True):
        _refuse_other_lists(document.name, head)
        if sheet := sheet_of(table, head, layouts):
            sheets.append(sheet)
    if not sheets:
        raise _unknown(document, heads)
    return sheets


def format_of(sheet: SourceSheet) -> Format:
    """The format that the list is of."""
    return next(fmt for fmt in FORMATS if sheet.layout in fmt.layouts)


def _refuse_other_lists(file: str, head: list[list[str]]) -> None:
    rows = [{cell.casefold() for cell in row} for row in head]
    for fmt in FORMATS:
        for other in fmt.other_lists:
            if any(other.header <= row for row in rows):
                how = _("Moving in takes the product export: %(how)s.") % {"how": fmt.how}
                raise FileNotProducts(file, f"{other.what} {how}")


def _unknown(document: Document, heads: list[list[list[str]]]) -> FileUnknown:
    seen = [cell[:40] for head in heads[:1] for cell in head[0][:_SEEN_CELLS] if cell]
    expected = " / ".join(f"{fmt.title}: {fmt.expected}" for fmt in FORMATS)
    reason = _("Lapak does not know this file. It begins with: %(seen)s. A product export has: %(expected)s.")
    return FileUnknown(document.name, reason % {"seen": ", ".join(seen) or "–", "expected": expected})
