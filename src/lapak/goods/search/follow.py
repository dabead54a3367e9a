"""Following the catalogue's change log, so that what sellers change is found within a second or two (lib/follow.py)."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from uuid import UUID

import structlog

from lapak.goods.catalogue.change_log import CHANGES
from lapak.goods.search.index import (
    FOLLOWING,
    build_index,
    current_folder,
    document,
    exclusive,
    open_index,
    open_writer,
    stored_position,
    write_position,
)
from lapak.goods.search.listings import all_listings, listings_of
from lapak.lib.follow import BATCH, POLL_EVERY_S, Follower, Position, Standing, Stopped, all_since, standing

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStatus:
    """This host's index: sound means that it can be read and the log continues it; else it is about to be rebuilt."""

    folder: Path | None
    is_sound: bool
    is_followed: bool
    listing_count: int = 0
    changes_waiting: int = 0


class FollowedIndex:
    """The index of this host, open for writing: `catch_up` brings it to where the log is."""

    def __init__(self, folder: Path) -> None:
        """`ValueError` or `OSError` when the index is not sound."""
        self.folder = folder
        index = open_index(folder)
        position = stored_position(index.searcher())
        if position is None:
            raise ValueError(f"{folder} holds no position")
        self.position = position
        self._writer = open_writer(index)

    def catch_up(self, now: Standing) -> int:
        """Index the products that changed since the position; answers how many (one that changed often may count twice)."""
        count = 0
        for product_ids in _changed_products(self.position, now):
            for product_id in product_ids:
                self._writer.delete_documents_by_term("id", product_id.hex)
            for listing in listings_of(product_ids):
                self._writer.add_document(document(listing))
            count += len(product_ids)
        if count:
            write_position(self._writer, now.position)
            self._writer.commit()
        self.position = now.position
        return count

    def close(self) -> None:
        """Let another writer in. What is not committed is dropped."""
        self._writer.wait_merging_threads()


def start_following() -> Follower:
    """Keep this host's index up to date from now on. Of several processes one does it, the others stand by."""
    return Follower("search-follower", follow)


def follow(stop: Event) -> None:
    """Follow the index in use until it is exchanged or we are to stop; build it when there is none to follow.

    Raises as `Follower` says.
    """
    with exclusive(FOLLOWING, wait=False):
        followed = _open()
        if followed is None:
            _build(stop)
            return
        with closing(followed):
            while not stop.is_set() and followed.folder == current_folder():
                now = standing(CHANGES)
                if not now.continues(followed.position):
                    _build(stop)
                    return
                followed.catch_up(now)
                stop.wait(POLL_EVERY_S)


def rebuild(on_progress: Callable[[int], None] = lambda _: None) -> int:
    """Build this host's index anew beside the one in use, then exchange them; answers how many listings it holds.

    `on_progress` is told the count as it grows; if it raises, the index in use stays. Changes made meanwhile are
    followed afterwards, for the position is taken first.
    """
    position = standing(CHANGES).position
    return build_index(all_listings(), position, on_progress)


def index_status() -> IndexStatus:
    """This host's index, looked at from outside."""
    folder, is_followed = current_folder(), _is_followed()
    try:
        searcher = open_index(folder).searcher() if folder else None
        position = stored_position(searcher) if searcher else None
    except (ValueError, OSError):
        searcher = position = None
    if searcher is None or position is None:
        return IndexStatus(folder=folder, is_sound=False, is_followed=is_followed)
    now = standing(CHANGES)
    is_sound = now.continues(position)
    return IndexStatus(
        folder=folder,
        is_sound=is_sound,
        is_followed=is_followed,
        listing_count=searcher.num_docs - 1,  # the position is a document too
        changes_waiting=sum(map(len, _changed_products(position, now))) if is_sound else 0,
    )


def _open() -> FollowedIndex | None:
    folder = current_folder()
    try:
        return FollowedIndex(folder) if folder else None
    except (ValueError, OSError) as error:
        log.warning("search index is not sound", folder=str(folder), error=str(error))
        return None


def _build(stop: Event) -> None:
    def give_up_when_stopped(_count: int) -> None:
        if stop.is_set():
            raise Stopped

    log.info("building the search index")
    count = rebuild(give_up_when_stopped)
    log.info("search index built", listings=count)


def _changed_products(position: Position, now: Standing) -> Iterator[list[UUID]]:
    """The products that changed since the position, in batches."""
    for rows in all_since(CHANGES, position, now, BATCH):
        yield list(dict.fromkeys(product_id for (product_id,) in rows))


def _is_followed() -> bool:
    try:
        with exclusive(FOLLOWING, wait=False):
            return False
    except BlockingIOError:
        return True
