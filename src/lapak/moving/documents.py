"""What the seller gave, by its bytes: workbooks and text tables to be recognised; pictures, loose or in zips and folders."""

import hashlib
import mmap
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp

from django.utils.translation import gettext as _

from lapak.goods.catalogue.images import looks_like_picture
from lapak.moving.errors import FileUnreadable, PicturesRefused
from lapak.moving.feed import feed_document, looks_like_feed
from lapak.moving.pictures import Pictures, is_litter, is_packed_table
from lapak.moving.problems import Aside
from lapak.moving.reading import broken_is
from lapak.moving.seal import looked_at
from lapak.moving.table import Document, text_document, workbook_document

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What Office calls the part of a workbook behind a password."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD_BYTES = 64 * 1024
_MAX_PACKED_TABLES_BYTES = 200 * 1024 * 1024
"""Forty files of 5,000 products, the most Seller Center puts into one."""
_MAX_PACKED_ZIPS_BYTES = 2 * 1024**3
"""As much as one may give at a time: beyond, they are given by themselves."""
_OTHER_PROGRAMS = frozenset({"content.xml", "Index/Document.iwa", "xl/workbook.bin", "word/document.xml"})
"""What LibreOffice, Numbers, Excel's binary format and Word keep a document in."""

_PAGE = re.compile(
    rb"\W*<(html|table|!doctype html|head|meta|style)\b|\W*<\?xml[^>]*>\s*(<\?mso[^>]*>\s*)?<Workbook\b", re.IGNORECASE
)
"""What many shop programs call `.xls`."""


@dataclass(slots=True)
class Given:
    """The files a seller gave, sorted by what they are."""

    documents: list[Document] = field(default_factory=list)
    seals: list[Aside] = field(default_factory=list)
    """Of files that are signed: by whom."""
    profile: Mapping[str, str] = field(default_factory=dict)
    """What a signed file says of its shop; of several the last."""
    pictures: Pictures = field(default_factory=Pictures)
    unpacked: ExitStack = field(default_factory=ExitStack)
    """The zips that were packed into others."""

    def close(self) -> None:
        """Nothing of it is open, and what was unpacked is gone."""
        self.pictures.close()
        self.unpacked.close()


def sorted_by_content(paths: list[Path]) -> Given:
    """Each file for what its bytes say it is, whatever its name; a folder for all that is in it and below.

    What nobody put there is passed over, and so is a table that was given twice. Refuses (`FileUnreadable`) a missing,
    broken or locked file, one that was changed since it was signed (`FileAltered`), and (`PicturesRefused`) zips that are built
    to harm and links that lead out of a folder.
    """
    with ExitStack() as until_sorted:
        given = Given()
        until_sorted.callback(given.close)
        _sort(paths, given)
        until_sorted.pop_all()
    return given


def _sort(paths: list[Path], given: Given) -> None:
    tables: set[bytes] = set()
    for file, name in _files(paths):
        with file.open("rb") as content:
            head = content.read(_HEAD_BYTES)
        if looks_like_picture(head):
            given.pictures.add_file(file, name)
        elif not (head.startswith((_ZIP, _EMPTY_ZIP, _OLD_OFFICE)) or _is_text(head)):
            given.pictures.pass_over(name, is_empty=not head.strip())
        elif (digest := _digest(file)) not in tables:
            tables.add(digest)
            _sort_table(file, name, head, given)


def _files(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """Every file that somebody meant to give, and what it is called: in a folder, by its path there."""
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                name = file.relative_to(path).as_posix()
                if is_litter(name):
                    continue
                if file.is_symlink() or not file.resolve().is_relative_to(path.resolve()):
                    raise PicturesRefused(path.name, _("“%(name)s” leads out of the folder.") % {"name": name})
                if file.is_file():
                    yield file, name
        elif not path.is_file():
            raise FileUnreadable(path.name, _("There is no such file."))
        elif not is_litter(path.name):
            yield path, path.name


def _is_text(head: bytes) -> bool:
    """Whether a file that begins so can be one; an empty one is none. UTF-16 has a nought in every other byte."""
    is_utf_16 = head.startswith(_UTF_16) or (b"\0" not in head[::2] and head[1::2].count(0) > len(head) // 4)
    return bool(head.strip()) and (b"\0" not in head or is_utf_16)


def _digest(file: Path) -> bytes:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").digest()


def _sort_table(path: Path, name: str, head: bytes, given: Given, *, looks_inside: bool = True) -> None:
    """A text, a feed, a workbook, or a zip of workbooks and pictures."""
    if head.startswith(_OLD_OFFICE):
        raise FileUnreadable(name, _why_closed(path))
    if _PAGE.match(head):
        reason = _(
            "It is a web page that is called a spreadsheet. Open it in a spreadsheet program, and save it as .xlsx or CSV."
        )
        raise FileUnreadable(name, reason)
    if not head.startswith((_ZIP, _EMPTY_ZIP)):
        document = feed_document if looks_like_feed(head) else text_document
        given.documents.append(document(name, path))
        return
    broken = FileUnreadable(name, _("The file is broken. Export or download it again."))
    with broken_is(lambda: broken), zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" in names:
            given.documents.append(workbook_document(name, path))
            return
        if not _OTHER_PROGRAMS.isdisjoint(names):
            reason = _("It is in a format of another program (.ods, .numbers, .xlsb). Save it as .xlsx or CSV there.")
            raise FileUnreadable(name, reason)
        given.documents.extend(_packed_tables(name, archive))
        inner = _unpacked_zips(archive, given) if looks_inside else {}
    given.pictures.add_zip(path, inner.keys())
    with broken_is(lambda: broken), zipfile.ZipFile(path) as archive:
        if seal := looked_at(name, archive):
            given.seals.append(Aside(name, seal.words))
            given.profile = seal.shop
    for member, unpacked in inner.items():
        _sort_table(unpacked, f"{name}/{member}", _ZIP, given, looks_inside=False)


def _why_closed(path: Path) -> str:
    """Of an office file that is no zip: locked, or from before there was .xlsx."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        is_locked = content.find(_LOCKED) >= 0
    if is_locked:
        return _("It is locked with a password. Open it in a spreadsheet program, take the password off and save it.")
    return _(
        "It is in the old .xls format. Export it again as .xlsx, or open it in a spreadsheet program and save it as .xlsx."
    )


def _unpacked_zips(archive: zipfile.ZipFile, given: Given) -> dict[str, Path]:
    """The zips in a zip, as a drive on the web packs a folder of what was downloaded, by their names in it."""
    members = [m for m in archive.infolist() if m.filename.lower().endswith(".zip") and not is_litter(m.filename)]
    if sum(member.file_size for member in members) > _MAX_PACKED_ZIPS_BYTES:
        return {}
    unpacked = {}
    for member in members:
        folder = Path(mkdtemp(prefix="lapak-zip-"))
        given.unpacked.callback(shutil.rmtree, folder)
        path = folder / (PurePosixPath(member.filename.replace("\\", "/")).name or "zip")
        with archive.open(member) as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file)
        if zipfile.is_zipfile(path):
            unpacked[member.filename] = path
    return unpacked


def _packed_tables(name: str, archive: zipfile.ZipFile) -> list[Document]:
    """Seller Center puts several workbooks into one zip when there are many products; shops abroad pack their CSV."""
    members = [member for member in archive.infolist() if is_packed_table(member.filename)]
    if sum(member.file_size for member in members) > _MAX_PACKED_TABLES_BYTES:
        raise FileUnreadable(name, _("It is too large when unpacked. Export fewer products at a time."))
    return [_packed_table(f"{name}/{member.filename}", archive.read(member)) for member in members]


def _packed_table(name: str, content: bytes) -> Document:
    if content.startswith(_ZIP):
        return workbook_document(name, content)
    document = feed_document if looks_like_feed(content[:_HEAD_BYTES]) else text_document
    return document(name, content)
