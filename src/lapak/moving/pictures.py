"""Pictures that come in a zip or folder beside the files, found by the path of the address they had on the web.

Platforms' image hosts rotate and their query strings expire; the path does not. `https://p16-….ibyteimg.com/tos-x/abc~tplv-y.jpeg?
idc=my2` and the zip's `tos-x/abc.jpeg` are the same picture, with the key `tos-x/abc`.
"""

import re
import stat
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapak.goods.catalogue.errors import ImageUnreadable
from lapak.goods.catalogue.images import MAX_BYTES, looks_like_picture
from lapak.lib.numbers import filled
from lapak.moving.errors import PicturesRefused
from lapak.moving.plain_text import clean
from lapak.moving.problems import Aside
from lapak.moving.reading import broken_is

_EXTENSIONS = (".jpeg", ".jpg", ".png", ".webp", ".image")
_LITTER = ("__MACOSX", ".DS_Store", "Icon\r", "Thumbs.db", "desktop.ini")
"""What operating systems leave in every zip and folder."""
_PACKED = (".zip", ".rar", ".7z")
_TABLES = (".xlsx", ".csv", ".tsv", ".xml")

_MAX_MEMBERS = 60_000
"""5,000 products with nine pictures each, and room."""
_MAX_TOTAL_BYTES = 8 * 1024 * 1024 * 1024
_MAX_RATIO = 100
"""Pictures are compressed already and hardly shrink; a zip bomb shrinks a thousand times."""


_DOWNLOADED_AGAIN = re.compile(r" ?\(\d{1,2}\)$")
"""What phones and computers add to the name of a file that is there already."""

_MIN_TELLING_NAME = 16
"""A name this long is a checksum or a serial number and stands for one picture in whatever folder; `1` does not. A shorter one
does where only one picture that is asked for has it."""


def picture_key(address: str) -> str:
    """The key of a picture by its web address or file path; empty for an empty address."""
    path = address.partition("://")[2].partition("/")[2] if "://" in address else address
    path = path.partition("?")[0].partition("#")[0].partition("~")[0].strip("/ ")
    path = clean(unquote(path) if "%" in path else path)
    return path.rpartition(".")[0] if path.lower().endswith(_EXTENSIONS) else path


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a picture's bytes are: a member of a zip, or a file of its own, of no zip."""

    container: Path | None
    name: str

    @property
    def given_as(self) -> str:
        """The zip as its seller knows it; nothing for files of their own."""
        return self.container.name if self.container else ""


class _Why(Enum):
    """Why a file was passed over."""

    OTHER = "other"
    HEAVY = "heavy"
    DAMAGED = "damaged"
    PACKED = "packed"
    EMPTY = "empty"


@dataclass(slots=True)
class _PassedOver:
    """The files of one zip that were passed over for one reason: how many, and the first."""

    first: str
    count: int = 0


class Pictures:
    """All pictures that were given. Adding a zip looks through it whole before anything else happens.

    What is no picture, too heavy or damaged is passed over and told of (`asides`); only what attacks is refused.
    """

    def __init__(self) -> None:
        self._all: list[_Place] = []
        self._places: dict[str, _Place | None] = {}
        self._archives: dict[Path, zipfile.ZipFile] = {}
        self._copies: dict[str, _Place | None] = {}
        self._asked_once: set[str] = set()
        self._kept: dict[str, _Place] = {}
        self._passed_over: dict[tuple[str, _Why], _PassedOver] = {}

    def __contains__(self, key: str) -> bool:
        return self._place(key) is not None

    def is_given(self, key: str) -> bool:
        """Whether it came now, and was not only kept from before."""
        return (place := self._place(key)) is not None and place is not self._kept.get(key)

    def read(self, key: str) -> bytes:
        """The picture's bytes; at most one more than pictures may have, so that the catalogue refuses a larger one.

        Refuses (`ImageUnreadable`) what is damaged behind its first bytes.
        """
        place = self._place(key)
        if place is None:
            raise KeyError(key)
        if place.container is None:
            with Path(place.name).open("rb") as file:
                return file.read(MAX_BYTES + 1)
        with broken_is(ImageUnreadable), self._archive(place.container).open(place.name) as member:
            return member.read(MAX_BYTES + 1)

    def close(self) -> None:
        """The zips are closed."""
        for archive in self._archives.values():
            archive.close()
        self._archives.clear()

    def add_zip(self, path: Path, opened: Collection[str] = ()) -> None:
        """The zip's pictures can be found; its members that are `opened` by themselves are no matter here.

        Refuses (`PicturesRefused`) bombs, path tricks and links.
        """
        broken = PicturesRefused(path.name, _("The file is broken. Pack or download it again."))
        with broken_is(lambda: broken), zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if _is_expected(member, opened)]
            _refuse_bomb(path, members)
            for member in members:
                _refuse_trick(path, member)
                name = _name(member)
                if why := _unfit(archive, member):
                    self._pass_over(path.name, name, why)
                else:
                    self._remember(name, _Place(path, member.filename))

    def add_file(self, path: Path, name: str) -> None:
        """The picture, which its giver calls by this name or path, can be found."""
        if path.stat().st_size > MAX_BYTES:
            self._pass_over("", name, _Why.HEAVY)
        else:
            self._remember(name, _Place(None, str(path)))

    def ask_for(self, keys: Iterable[str]) -> None:
        """These are all the pictures that are asked for: a picture without its folders is known by a name that only one has."""
        names = Counter(_last(key.casefold()) for key in keys)
        self._asked_once = {name for name, count in names.items() if count == 1 and not name.isdecimal()}

    def add_kept(self, kept: Mapping[str, Path]) -> None:
        """These pictures, by their keys, are there from before; one that is given now goes before."""
        self._kept |= {key: _Place(None, str(path)) for key, path in kept.items()}

    def pass_over(self, name: str, *, is_empty: bool) -> None:
        """This file was given among others, and is neither a picture nor a table."""
        self._pass_over("", name, _Why.EMPTY if is_empty else _Why.OTHER)

    def asides(self, asked_for: Iterable[str]) -> list[Aside]:
        """What was passed over, and the pictures for which none of these keys asks: no product has them."""
        asked = list(asked_for)
        used = {place for key in asked if (place := self._place(key))}
        unused = Counter(place.given_as for place in self._all if place not in used)
        called = next(
            (key for key in asked if key not in self), next(iter(asked), "tos-x/44f442c9a788321d815e2c1780a33a98")
        )
        passed_over = [Aside(given_as, _told(why, files)) for (given_as, why), files in self._passed_over.items()]
        return passed_over + [Aside(given_as, _not_used(count, called)) for given_as, count in unused.items()]

    def _pass_over(self, given_as: str, name: str, why: _Why) -> None:
        self._passed_over.setdefault((given_as, why), _PassedOver(name)).count += 1

    def _remember(self, name: str, place: _Place) -> None:
        """Under its key, whose capitals do not matter, and where they are unique under the shorter ones it has without the
        folders around it."""
        self._all.append(place)
        key = picture_key(name).casefold()
        original = _DOWNLOADED_AGAIN.sub("", _last(key))
        if original != _last(key):
            self._copies[original] = None if original in self._copies else place
        parts = PurePosixPath(key).parts
        self._places["/".join(parts)] = place
        for start in range(1, len(parts)):
            shorter = "/".join(parts[start:])
            self._places[shorter] = None if shorter in self._places else place

    def _place(self, key: str) -> _Place | None:
        """By its path; else by a name that tells enough; else a copy of that name; else what is kept from before."""
        path = key.casefold()
        name = _last(path)
        tells = len(name) >= _MIN_TELLING_NAME or name in self._asked_once
        by_name = (self._places.get(name) or self._copies.get(name)) if tells else None
        return self._places.get(path) or by_name or self._kept.get(key)

    def _archive(self, path: Path) -> zipfile.ZipFile:
        if path not in self._archives:
            self._archives[path] = zipfile.ZipFile(path)
        return self._archives[path]


def _last(key: str) -> str:
    return key.rpartition("/")[2]


def _name(member: zipfile.ZipInfo) -> str:
    """Where it is in the zip; Windows' own packer (PowerShell's `Compress-Archive`) parts folders by backslashes."""
    return member.filename.replace("\\", "/")


def _is_expected(member: zipfile.ZipInfo, opened: Collection[str]) -> bool:
    """A picture, or something to tell of; not a folder, litter, or a list packed beside pictures."""
    name = _name(member)
    return (
        member.filename not in opened and not name.endswith("/") and not is_litter(name) and not is_packed_table(name)
    )


def is_packed_table(name: str) -> bool:
    """Whether a zip's member of this name is a list, to be recognised like one that was given by itself."""
    return name.lower().endswith(_TABLES) and not is_litter(name.replace("\\", "/"))


def is_litter(name: str) -> bool:
    """Whether nobody put it there: what a Mac writes beside each file, or Excel while one is open."""
    parts = PurePosixPath(name).parts
    return bool(parts) and (parts[0] in _LITTER or parts[-1] in _LITTER or parts[-1].startswith(("._", "~$")))


def _unfit(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> _Why | None:
    """Why the member is no picture to be had; None when it looks like one."""
    if member.filename.lower().endswith(_PACKED):
        return _Why.PACKED
    try:
        with broken_is(ImageUnreadable), archive.open(member) as content:
            is_picture = looks_like_picture(content.read(12))
    except ImageUnreadable:
        return _Why.DAMAGED
    if not is_picture:
        return _Why.OTHER if member.file_size else _Why.EMPTY
    return _Why.HEAVY if member.file_size > MAX_BYTES else None


def _told(why: _Why, files: _PassedOver) -> str:
    """What a seller reads of files that were passed over."""
    match why:
        case _Why.OTHER:
            reason = _("no JPEG, PNG or WebP picture")
        case _Why.HEAVY:
            reason = str(filled(_("larger than {most} MB; make it smaller and give it again"), most=MAX_BYTES >> 20))
        case _Why.DAMAGED:
            reason = _("damaged; pack or download it again")
        case _Why.PACKED:
            reason = _("packed a second time; give it by itself")
        case _Why.EMPTY:
            reason = _("empty")
    text = ngettext(
        "“%(name)s” was passed over: %(reason)s.",
        "%(count)d files such as “%(name)s” were passed over: %(reason)s.",
        files.count,
    )
    return text % {"name": files.first, "count": files.count, "reason": reason}


def _not_used(count: int, called: str) -> str:
    """`called` is the key of a picture that is asked for, or might be."""
    text = ngettext(
        "%(count)d picture was not used: no product asks for it. It has to be called as in its address in the export, for "
        "example “%(called)s”.",
        "%(count)d pictures were not used: no product asks for them. They have to be called as in their addresses in the "
        "export, for example “%(called)s”.",
        count,
    )
    return text % {"count": count, "called": f"{called}.jpeg"}


def _refuse_bomb(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MAX_MEMBERS:
        message = _("It holds more than {most} files. Give several smaller zips.")
        raise PicturesRefused(path.name, str(filled(message, most=_MAX_MEMBERS)))
    total_bytes = sum(member.file_size for member in members)
    if total_bytes > _MAX_TOTAL_BYTES:
        message = _("It would unpack to more than {most} GB. Give several smaller zips.")
        raise PicturesRefused(path.name, str(filled(message, most=_MAX_TOTAL_BYTES >> 30)))
    if sum(size for member in members if (size := member.file_size) <= MAX_BYTES) > _MAX_RATIO * path.stat().st_size:
        raise PicturesRefused(path.name, _("It unpacks to far more than pictures do. It will not be opened."))


def _refuse_trick(path: Path, member: zipfile.ZipInfo) -> None:
    name = _name(member)
    parts = PurePosixPath(name).parts
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if is_link or ".." in parts or name.startswith("/") or ":" in parts[0]:
        raise PicturesRefused(path.name, _("“%(name)s” leads out of the zip. It will not be opened.") % {"name": name})
    if member.flag_bits & 0x1:
        raise PicturesRefused(path.name, _("It is locked with a password. Pack it again without one."))
