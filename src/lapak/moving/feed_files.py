"""The file of a feed: written whole beside the old one, which it replaces at once; and, for clients that take it so, by gzip."""

import filecmp
import gzip
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, NamedTuple

from lapak.lib.private import private_storage
from lapak.moving.formats.outgoing_registry import OUTGOING
from lapak.moving.leaving import LeavingProduct, leaving_goods
from lapak.moving.models import Feed
from lapak.moving.move_out import MovedOut, counted
from lapak.moving.outgoing import Outgoing

FEEDS: dict[str, Outgoing] = {name: out for name, out in OUTGOING.items() if out.only_on_sale}
"""The formats that platforms fetch by themselves, by name."""

_GZIP_LEVEL = 6


class FeedFile(NamedTuple):
    """A feed's file, open to be read. Its `etag` is of these very bytes."""

    file: IO[bytes]
    size_bytes: int
    etag: str
    modified_at: datetime


def extension_of(feed: Feed) -> str:
    """How its address ends: `xml`, `tsv`, `csv`."""
    return FEEDS[feed.platform].form.file.rpartition(".")[2]


def write_feed_file(feed: Feed, standing: str) -> MovedOut:
    """All goods of the shop that are on sale are in the feed's file, and nothing of a person; of a shop that sells nothing just
    now none is in stock, and of a closed one there is none. Where nothing has changed the file stays as it is, and so does
    what clients know it by."""
    out, moved = FEEDS[feed.platform], MovedOut()
    goods: Iterable[LeavingProduct] = () if standing == Feed.Standing.CLOSED else leaving_goods(feed.shop)
    if standing == Feed.Standing.RESTING:
        goods = map(_out_of_stock, goods)
    plain = _path(feed)
    plain.parent.mkdir(parents=True, exist_ok=True)
    with _replacing(plain) as new:
        out.write(counted(goods, out, moved), (), lambda _name: new.open("wb"))
    with _replacing(_path(feed, is_gzipped=True)) as new:
        _pack(plain, new)
    return moved


def open_feed_file(feed: Feed, *, is_gzipped: bool) -> FeedFile | None:
    """The feed's file as it is now; None while there is none."""
    try:
        file = _path(feed, is_gzipped=is_gzipped).open("rb")
    except FileNotFoundError:
        return None
    known = os.fstat(file.fileno())
    etag = f'"{known.st_mtime_ns:x}-{known.st_size:x}{"-gzip" if is_gzipped else ""}"'
    return FeedFile(file, known.st_size, etag, datetime.fromtimestamp(int(known.st_mtime), UTC))


def drop_feed_files(feed: Feed) -> None:
    """Nobody reads them any more."""
    for is_gzipped in (False, True):
        _path(feed, is_gzipped=is_gzipped).unlink(missing_ok=True)


def _path(feed: Feed, *, is_gzipped: bool = False) -> Path:
    return Path(private_storage().path(f"feeds/{feed.id}.{extension_of(feed)}{'.gz' if is_gzipped else ''}"))


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A new file that takes the place of the one at the path once it is whole, unless both are the same."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        new = Path(file.name)
    try:
        yield new
        if not path.exists() or not filecmp.cmp(new, path, shallow=False):
            new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _pack(plain: Path, new: Path) -> None:
    """Without name and moment, so that the same goods are the same bytes."""
    with (
        plain.open("rb") as source,
        new.open("wb") as target,
        gzip.GzipFile("", "wb", _GZIP_LEVEL, target, mtime=0) as packed,
    ):
        shutil.copyfileobj(source, packed)


def _out_of_stock(product: LeavingProduct) -> LeavingProduct:
    return replace(product, variants=tuple(replace(variant, stock=0) for variant in product.variants))
