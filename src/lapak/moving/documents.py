"""What the seller gave, by its bytes: workbooks and text tables to be recognised, zips and folders of pictures."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from lapak.moving.errors import FileUnreadable
from lapak.moving.pictures import Pictures, is_litter
from lapak.moving.reading import broken_is
from lapak.moving.workbook import Workbook

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_HEAD_BYTES = 64 * 1024
_MAX_PACKED_WORKBOOKS_BYTES = 200 * 1024 * 1024
"""Forty files of 5,000 products, the most Seller Center puts into one."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """A CSV or other text file, of which the first line is enough to tell what it is."""

    name: str
    header: list[str]


Document = Workbook | TextTable


@dataclass(slots=True)
class Given:
    """The files a seller gave, sorted by what they are."""

    documents: list[Document] = field(default_factory=list)
    pictures: Pictures = field(default_factory=Pictures)


def sorted_by_content(paths: list[Path]) -> Given:
    """Each file for what its bytes say it is, whatever its name. A folder is one of pictures.

    Refuses (`FileUnreadable`) a missing, broken or locked file, and (`PicturesRefused`) pictures that are none.
    """
    given = Given()
    for path in paths:
        if path.is_dir():
            given.pictures.add_folder(path)
        elif not path.is_file():
            raise FileUnreadable(path.name, _("There is no such file."))
        else:
            _sort_file(path, given)
    return given


def _sort_file(path: Path, given: Given) -> None:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(_OLD_OFFICE):
        reason = _("It is locked with a password or in the old .xls format. Export it again, and do not save it anew.")
        raise FileUnreadable(path.name, reason)
    if not head.startswith((_ZIP, _EMPTY_ZIP)):
        given.documents.append(TextTable(path.name, _header(head)))
        return
    broken = FileUnreadable(path.name, _("The file is broken. Export or download it again."))
    with broken_is(lambda: broken), zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" in archive.namelist():
            given.documents.append(Workbook(path.name, path))
            return
        given.documents.extend(_packed_workbooks(path.name, archive))
    given.pictures.add_zip(path)


def _packed_workbooks(name: str, archive: zipfile.ZipFile) -> list[Workbook]:
    """Seller Center puts several workbooks into one zip when there are many products."""
    members = [m for m in archive.infolist() if m.filename.lower().endswith(".xlsx") and not is_litter(m.filename)]
    if sum(member.file_size for member in members) > _MAX_PACKED_WORKBOOKS_BYTES:
        raise FileUnreadable(name, _("It is too large when unpacked. Export fewer products at a time."))
    return [Workbook(f"{name}/{member.filename}", archive.read(member)) for member in members]


def _header(head: bytes) -> list[str]:
    """The first line's cells, whichever separator it uses."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    line = head.decode(encoding, errors="replace").lstrip("\r\n").splitlines()[:1]
    text = line[0] if line else ""
    separator = max(",;\t", key=text.count)
    return [cell.strip() for cell in next(csv.reader(io.StringIO(text), delimiter=separator), [])]
