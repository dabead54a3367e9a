"""Pictures that come in a zip or folder beside the files, found by the path of the address they had on the web.

Platforms' image hosts rotate and their query strings expire; the path does not. `https://p16-….ibyteimg.com/tos-x/abc~tplv-y.jpeg?
idc=my2` and the zip's `tos-x/abc.jpeg` are the same picture, with the key `tos-x/abc`.
"""

import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from django.utils.translation import gettext as _

from lapak.goods.catalogue.errors import ImageUnreadable
from lapak.goods.catalogue.images import MAX_BYTES, looks_like_picture
from lapak.lib.numbers import filled
from lapak.moving.errors import PicturesRefused
from lapak.moving.plain_text import clean
from lapak.moving.reading import broken_is

_EXTENSIONS = (".jpeg", ".jpg", ".png", ".webp", ".image")
_LITTER = ("__MACOSX", ".DS_Store", "Icon\r", "Thumbs.db", "desktop.ini")
"""What operating systems leave in every zip and folder."""

_MAX_MEMBERS = 60_000
"""5,000 products with nine pictures each, and room."""
_MAX_TOTAL_BYTES = 8 * 1024 * 1024 * 1024
_MAX_RATIO = 100
"""Pictures are compressed already and hardly shrink; a zip bomb shrinks a thousand times."""


_MIN_TELLING_NAME = 16
"""A name this long is a checksum or a serial number and stands for one picture in whatever folder; `1` does not."""


def picture_key(address: str) -> str:
    """The key of a picture by its web address or file path; empty for an empty address."""
    path = address.partition("://")[2].partition("/")[2] if "://" in address else address
    path = path.partition("?")[0].partition("#")[0].partition("~")[0].strip("/ ")
    path = clean(unquote(path) if "%" in path else path)
    return path.rpartition(".")[0] if path.lower().endswith(_EXTENSIONS) else path


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a picture's bytes are: a member of a zip, or a file in a folder."""

    container: Path
    name: str
    is_zipped: bool


class Pictures:
    """All pictures that were given. Adding a zip or folder checks it whole before anything else happens."""

    def __init__(self) -> None:
        self._places: dict[str, _Place | None] = {}
        self._archives: dict[Path, zipfile.ZipFile] = {}

    def __contains__(self, key: str) -> bool:
        return self._place(key) is not None

    def read(self, key: str) -> bytes:
        """The picture's bytes; at most one more than pictures may have, so that the catalogue refuses a larger one.

        Refuses (`ImageUnreadable`) what is damaged behind its first bytes.
        """
        place = self._place(key)
        if place is None:
            raise KeyError(key)
        if not place.is_zipped:
            with (place.container / place.name).open("rb") as file:
                return file.read(MAX_BYTES + 1)
        with broken_is(ImageUnreadable), self._archive(place.container).open(place.name) as member:
            return member.read(MAX_BYTES + 1)

    def close(self) -> None:
        """The zips are closed."""
        for archive in self._archives.values():
            archive.close()
        self._archives.clear()

    def add_zip(self, path: Path) -> None:
        """The zip's pictures can be found. Refuses (`PicturesRefused`) bombs, path tricks, links and non-pictures."""
        broken = PicturesRefused(path.name, _("The file is broken. Pack or download it again."))
        with broken_is(lambda: broken), zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if _is_expected(member)]
            _refuse_bomb(path, members)
            for member in members:
                _refuse_trick(path, member)
                with archive.open(member) as content:
                    _refuse_other_than_picture(path, _name(member), content.read(12))
                self._remember(_name(member), _Place(path, member.filename, is_zipped=True))

    def add_folder(self, folder: Path) -> None:
        """The folder's pictures, also in folders below, can be found; its other files are passed over.

        Refuses (`PicturesRefused`) links, which may lead out of the folder, and a file called a picture that is none.
        """
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if is_litter(name) or not name.lower().endswith(_EXTENSIONS):
                continue
            if file.is_symlink() or not file.resolve().is_relative_to(folder.resolve()):
                raise PicturesRefused(folder.name, _("“%(name)s” leads out of the folder.") % {"name": name})
            with file.open("rb") as content:
                _refuse_other_than_picture(folder, name, content.read(12))
            self._remember(name, _Place(folder, name, is_zipped=False))

    def _remember(self, name: str, place: _Place) -> None:
        """Under its key, and under the shorter ones it has without the folders around it where those are unique."""
        parts = PurePosixPath(picture_key(name)).parts
        self._places["/".join(parts)] = place
        for start in range(1, len(parts)):
            shorter = "/".join(parts[start:])
            self._places[shorter] = None if shorter in self._places else place

    def _place(self, key: str) -> _Place | None:
        name = key.rpartition("/")[2]
        by_name = self._places.get(name) if len(name) >= _MIN_TELLING_NAME else None
        return self._places.get(key) or by_name

    def _archive(self, path: Path) -> zipfile.ZipFile:
        if path not in self._archives:
            self._archives[path] = zipfile.ZipFile(path)
        return self._archives[path]


def _name(member: zipfile.ZipInfo) -> str:
    """Where it is in the zip; Windows' own packer (PowerShell's `Compress-Archive`) parts folders by backslashes."""
    return member.filename.replace("\\", "/")


def _is_expected(member: zipfile.ZipInfo) -> bool:
    """A picture, or something that has to be refused; not a folder, litter, or a workbook packed beside pictures."""
    name = _name(member)
    return not name.endswith("/") and not is_litter(name) and not name.lower().endswith(".xlsx")


def is_litter(name: str) -> bool:
    """Whether nobody put it there: what a Mac writes beside each file, or Excel while one is open."""
    parts = PurePosixPath(name).parts
    return bool(parts) and (parts[0] in _LITTER or parts[-1] in _LITTER or parts[-1].startswith(("._", "~$")))


def _refuse_bomb(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MAX_MEMBERS:
        message = _("It holds more than {most} files. Give several smaller zips.")
        raise PicturesRefused(path.name, str(filled(message, most=_MAX_MEMBERS)))
    total_bytes = sum(member.file_size for member in members)
    if total_bytes > _MAX_TOTAL_BYTES:
        message = _("It would unpack to more than {most} GB. Give several smaller zips.")
        raise PicturesRefused(path.name, str(filled(message, most=_MAX_TOTAL_BYTES >> 30)))
    heavy = next((member.filename for member in members if member.file_size > MAX_BYTES), None)
    if heavy is not None:
        raise PicturesRefused(
            path.name, _("“%(name)s” is larger than %(most)d MB.") % {"name": heavy, "most": MAX_BYTES >> 20}
        )
    if total_bytes > _MAX_RATIO * path.stat().st_size:
        raise PicturesRefused(path.name, _("It unpacks to far more than pictures do. It will not be opened."))


def _refuse_trick(path: Path, member: zipfile.ZipInfo) -> None:
    name = _name(member)
    parts = PurePosixPath(name).parts
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if is_link or ".." in parts or name.startswith("/") or ":" in parts[0]:
        raise PicturesRefused(path.name, _("“%(name)s” leads out of the zip. It will not be opened.") % {"name": name})
    if member.flag_bits & 0x1:
        raise PicturesRefused(path.name, _("It is locked with a password. Pack it again without one."))


def _refuse_other_than_picture(container: Path, name: str, head: bytes) -> None:
    if not looks_like_picture(head):
        reason = _("“%(name)s” is not a JPEG, PNG or WebP picture. Take it out and try again.") % {"name": name}
        raise PicturesRefused(container.name, reason)
