"""Excel workbooks, read block by block, so that a hundred thousand rows need no more memory than four thousand.

The parser (calamine) holds a whole sheet at once. So the sheet's XML is cut between rows into blocks of some megabytes, and
each is parsed as a small workbook of its own. This also keeps a hostile file from exhausting the memory: what is
declared is never trusted.
"""

import datetime as dt
import io
import re
import shutil
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _
from python_calamine import CalamineSheet, CalamineWorkbook

from lapak.moving.errors import FileUnreadable
from lapak.moving.reading import broken_is
from lapak.moving.shown import AsShown

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
"""As calamine gives them; an empty cell is an empty str."""

_BLOCK_BYTES = 4 * 1024 * 1024
_HEAD_BYTES = 8 * 1024
_MAX_ROW_BYTES = 32 * 1024 * 1024
_MAX_COMMON_BYTES = 128 * 1024 * 1024
"""Shared texts must be held whole: 100,000 rows of the real export have some 70 MB."""
_MAX_SHEET_BYTES = 2 * 1024 * 1024 * 1024
"""Ten times the XML of 100,000 real rows."""
_MAX_BLOCK_CELLS = 5_000_000
"""A parsed block takes 32 bytes a cell between its corners, empty ones too: a lone cell at XFD1048576 would take 550 GB."""

_SHEET_DATA = re.compile(rb"<(\w+:)?sheetData\s*>")
_ROW_NUMBER = re.compile(rb'r="[A-Z]*(\d+)"')
_FAR_COLUMN = re.compile(rb'r="([A-Z]{2,})\d')


class Workbook:
    """A workbook's sheets by name, and their rows with the numbers Excel shows beside them."""

    def __init__(self, name: str, content: Path | bytes) -> None:
        """Refuses (`FileUnreadable`) what is no workbook, is broken, or would fill the memory."""
        self.name = name
        self._content = content
        self._heads: dict[int, dict[str, list[list[Cell]]]] = {}
        with self._opened() as archive:
            self._parts, styles = _sheet_parts(archive)
            infos = [info for info in archive.infolist() if "/media/" not in info.filename]
            if any(info.file_size > _MAX_SHEET_BYTES for info in infos):
                raise self._too_large()
            others = [info for info in infos if info.filename not in set(self._parts.values())]
            common_bytes = sum(info.file_size for info in others)
            if common_bytes > _MAX_COMMON_BYTES:
                raise self._too_large()
            # Shared texts are parsed again with every block, so the more there are, the fewer blocks.
            self._block_bytes = _BLOCK_BYTES + common_bytes // 32
            self._common = _packed_anew(archive, others)
            self._as_shown = AsShown(archive, styles)

    @property
    def sheet_names(self) -> list[str]:
        return list(self._parts)

    def part(self, sheet: str) -> str:
        """Where in the archive the sheet is."""
        return self._parts[sheet]

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """The sheet's rows that hold anything, each with its number; cells from column A on.

        Some exporters write each cell into a row element of its own: those of one number are one row.
        """
        with self._opened() as archive:
            yield from _joined(self._parsed_rows(archive, sheet))

    @contextmanager
    def xml(self, sheet: str) -> Iterator[IO[bytes]]:
        """The sheet as the archive has it, for what the parser does not tell."""
        with self._opened() as archive, archive.open(self._parts[sheet]) as stream:
            yield stream

    def heads(self, count: int) -> dict[str, list[list[Cell]]]:
        """Rows 1 to `count` of every sheet; a row without anything is an empty list."""
        if count not in self._heads:
            self._heads[count] = self._read_heads(count)
        return self._heads[count]

    def _read_heads(self, count: int) -> dict[str, list[list[Cell]]]:
        with self._opened() as archive:
            blocks = {sheet: next(self._blocks(archive, part), b"") for sheet, part in self._parts.items()}
            for block in blocks.values():
                self._refuse_stretched(block)
            parsed = self._small_workbook({self._parts[sheet]: block for sheet, block in blocks.items() if block})
            heads: dict[str, list[list[Cell]]] = {}
            for sheet, block in blocks.items():
                head = heads.setdefault(sheet, [[] for _number in range(count)])
                rows = _joined(_rows_of(parsed.get_sheet_by_name(sheet), block, 0)) if block else ()
                for number, cells in rows:
                    if number > count:
                        break
                    head[number - 1] = cells
        return heads

    def _parsed_rows(self, archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        part, rows_before = self._parts[sheet], 0
        for block in self._blocks(archive, part):
            self._refuse_stretched(block)
            # Not held by a name: a parsed block must be gone before the next one is parsed.
            rows_before += yield from _rows_of(
                self._small_workbook({part: block}).get_sheet_by_name(sheet), block, rows_before
            )

    def _small_workbook(self, sheets: dict[str, bytes]) -> CalamineWorkbook:
        """What all blocks need, and these sheets."""
        packed = io.BytesIO(self._common)
        with zipfile.ZipFile(packed, "a", zipfile.ZIP_STORED) as archive:
            for part, xml in sheets.items():
                archive.writestr(part, self._as_shown(xml))
        packed.seek(0)
        return CalamineWorkbook.from_filelike(packed)

    def _blocks(self, archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
        """The sheet's XML in pieces of whole rows, each with the head and tail that make it a sheet."""
        with archive.open(part) as stream:
            buffer = stream.read(_HEAD_BYTES)
            while (begin := _SHEET_DATA.search(buffer)) is None:
                more = stream.read(_HEAD_BYTES)
                if not more:  # `<sheetData/>`: nothing in it
                    return
                buffer = self._with(buffer, more)
            prefix = begin.group(1) or b""
            head, buffer = buffer[: begin.end()], buffer[begin.end() :]
            row_end, tail = b"</%srow>" % prefix, b"</%ssheetData></%sworksheet>" % (prefix, prefix)
            while more := stream.read(self._block_bytes):
                buffer = self._with(buffer, more)
                cut = buffer.rfind(row_end) + len(row_end)
                if cut >= len(row_end):
                    yield b"".join((head, memoryview(buffer)[:cut], tail))
                    buffer = buffer[cut:]
            yield head + buffer

    def _with(self, buffer: bytes, more: bytes) -> bytes:
        if len(buffer) > _MAX_ROW_BYTES:
            raise self._too_large()
        return buffer + more

    def _refuse_stretched(self, block: bytes) -> None:
        rows = [int(number) for number in set(_ROW_NUMBER.findall(block))]
        columns = [column_number(letters) for letters in set(_FAR_COLUMN.findall(block))]
        height = max(rows) - min(rows) + 1 if rows else 0
        if height * max(columns, default=26) > _MAX_BLOCK_CELLS:
            raise FileUnreadable(self.name, _("Cells far outside the list make it too large to read. Export it again."))

    @contextmanager
    def _opened(self) -> Iterator[zipfile.ZipFile]:
        source = io.BytesIO(self._content) if isinstance(self._content, bytes) else self._content
        broken = FileUnreadable(self.name, _("The file is broken. Export or download it again."))
        with broken_is(lambda: broken), zipfile.ZipFile(source) as archive:
            yield archive

    def _too_large(self) -> FileUnreadable:
        return FileUnreadable(self.name, _("It is too large when unpacked. Export fewer products at a time."))


def _sheet_parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], str | None]:
    """Where in the archive each sheet is (`Template` may well be `sheet2.xml`), and the formats of cells."""
    relations = list(_small_xml(archive, "xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): _within_archive(relation) for relation in relations}
    # Excel's “strict” workbooks are the same in other namespaces.
    sheets = _small_xml(archive, "xl/workbook.xml").iterfind(".//{*}sheet")
    parts = {sheet.get("name", ""): targets[_relation_of(sheet)] for sheet in sheets}
    styles = (_within_archive(each) for each in relations if each.get("Type", "").endswith("/styles"))
    return parts, next((part for part in styles if part in archive.NameToInfo), None)


def _relation_of(sheet: ET.Element) -> str | None:
    return next((id_ for name, id_ in sheet.items() if name.endswith("}id")), None)


def _within_archive(relation: ET.Element) -> str:
    target = relation.get("Target", "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _small_xml(archive: zipfile.ZipFile, name: str) -> ET.Element:
    if archive.getinfo(name).file_size > 1024 * 1024:
        raise zipfile.BadZipFile(name)
    return ET.fromstring(archive.read(name))  # noqa: S314 - expat itself bounds the growth of entities


def _packed_anew(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> bytes:
    """These parts in a zip of their own; never unpacked as a whole, for shared texts may be large."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for info in infos:
            with archive.open(info) as source, copy.open(info.filename, "w") as target:
                shutil.copyfileobj(source, target)
    return packed.getvalue()


def _rows_of(parsed: CalamineSheet, block: bytes, rows_before: int) -> Generator[tuple[int, list[Cell]], None, int]:
    """The block's rows that hold anything, with their numbers; answers how many rows it has."""
    if parsed.start is None:
        return 0
    first_row, first_column = parsed.start
    if not _ROW_NUMBER.search(block):
        first_row += rows_before  # rows without numbers are counted, and the parser begins anew in each block
    left: list[Cell] = [""] * first_column
    for number, cells in enumerate(parsed.to_python(), first_row + 1):
        if any(cell != "" for cell in cells):
            yield number, left + cells if left else cells
    return parsed.height


def _joined(rows: Iterator[tuple[int, list[Cell]]]) -> Iterator[tuple[int, list[Cell]]]:
    """Rows of one number put together."""
    held: tuple[int, list[Cell]] | None = None
    for number, cells in rows:
        if held is not None and held[0] == number:
            held = number, _overlaid(held[1], cells)
            continue
        if held is not None:
            yield held
        held = number, cells
    if held is not None:
        yield held


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _overlaid(left: list[Cell], right: list[Cell]) -> list[Cell]:
    """Two halves of one row: an empty cell gives way to a full one."""
    return [b if a == "" else a for a, b in zip_longest(left, right, fillvalue="")]


def cell_text(cell: Cell) -> str:
    """What a reader sees in the cell: whole numbers without a decimal point, dates as `2023-10-04`."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def column_letters(index: int) -> str:
    """`A` for 0, `AB` for 27: a column as Excel names it."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters = chr(65 + rest) + letters
        index -= 1
    return letters
