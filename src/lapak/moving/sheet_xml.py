"""A sheet of a workbook cut open as text: some of its rows are written anew, and all else stays as it is, to the letter.

openpyxl cannot open Shopee's templates at all, and no library writes back all that it has read.
"""

import copy
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from lapak.moving.plain_text import fit_for_xml
from lapak.moving.written import Opened, whole

_MAX_SHEET_BYTES = 64 * 1024 * 1024
"""A hundred times the list of an empty template: it is held whole."""

ROWS = re.compile(r"<(\w+:)?sheetData\s*>(.*)</(?:\1)?sheetData>", re.DOTALL)
"""All rows; the prefix of their elements before."""
ROW = re.compile(r"<(?:\w+:)?row\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL)
"""A row: what is said of it, and its cells."""
CELL = re.compile(r"<(?:\w+:)?c\b([^>]*?)(?:/>|>.*?</(?:\w+:)?c>)", re.DOTALL)
"""A cell, and what is said of it."""
SAID = re.compile(r'([\w:]+)="([^"]*)"')
_LOOKS_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")
"""What spreadsheets take for one character."""


def rewrite(path: Path, part: str, anew: Callable[[str, re.Match[str]], Iterator[str]], file: str, to: Opened) -> None:
    """The workbook with the sheet in this part as `anew` makes it of its XML and its rows, piece by piece: what is
    written may be a thousand times the empty list."""
    with whole(to, file) as target, zipfile.ZipFile(target, "w") as filled, zipfile.ZipFile(path) as workbook:
        for info in workbook.infolist():
            with workbook.open(info) as source, filled.open(copy.copy(info), "w") as member:
                if info.filename != part:
                    shutil.copyfileobj(source, member)
                    continue
                xml = source.read().decode()
                rows = ROWS.search(xml)
                if rows is None or len(xml) > _MAX_SHEET_BYTES:
                    raise zipfile.BadZipFile
                for piece in anew(xml, rows):
                    member.write(piece.encode())


def cell_xml(prefix: str, at: str, style: str | None, text: str | None) -> str:
    """A cell of text, as Shopee's own are; none of them is a formula."""
    drawn = f' s="{style}"' if style else ""
    if text is None:
        return f'<{prefix}c r="{at}"{drawn}/>'
    fit = escape(_LOOKS_ESCAPED.sub(r"_x005F\1", fit_for_xml(text)))
    inside = f'<{prefix}is><{prefix}t xml:space="preserve">{fit}</{prefix}t></{prefix}is>'
    return f'<{prefix}c r="{at}"{drawn} t="inlineStr">{inside}</{prefix}c>'
