"""Following the catalogue's change log, so that what sellers change is found within a second or two.

The position is a snapshot of the database: which transactions had ended. New is every change that it could not see and
a later one can. Ids would not do as a position: a slow transaction takes a low id and commits it behind our back, after a
higher one was read. The position is committed with the documents, so that the two cannot disagree, and whatever a crash
interrupts is simply done again.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import structlog
from django.db import connection

from lapak.goods.search.index import (
    FOLLOWING,
    Position,
    build_index,
    current_folder,
    document,
    exclusive,
    open_index,
    open_writer,
    stored_position,
    write_position,
)
from lapak.goods.search.listings import BATCH, all_listings, listings_of

POLL_EVERY_S = 0.5
RETRY_AFTER_S = 1.0

log = structlog.get_logger()

# The database goes by its own number, not its name: a restored copy counts its transactions anew.
_READ_CHANGE_LOG = """
    SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || d.oid,
        pg_current_snapshot()::text, oldest.id, oldest.transaction_id
    FROM pg_database d LEFT JOIN (
        SELECT id, transaction_id FROM catalogue_productchange ORDER BY id LIMIT 1
    ) oldest ON true
    WHERE d.datname = current_database()
"""

# Batch by batch up to one snapshot: what is committed while we read is left for the next time.
_READ_CHANGES = """
    SELECT transaction_id, id, product_id FROM catalogue_productchange
    WHERE (transaction_id, id) > (%s, %s)
        AND NOT pg_visible_in_snapshot(transaction_id::text::xid8, %s::pg_snapshot)
        AND pg_visible_in_snapshot(transaction_id::text::xid8, %s::pg_snapshot)
    ORDER BY transaction_id, id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """The log as it is now: of which database, seen through which snapshot, and the oldest change kept."""

    database: str
    snapshot: str
    oldest_id: int | None
    oldest_transaction_id: int | None

    @property
    def position(self) -> Position:
        """Where an index is that has everything of this log."""
        return Position(self.database, self.snapshot, self.oldest_id or 0)

    def continues(self, position: Position) -> bool:
        """Whether everything after the position is still in this log; if not, the index must be built anew.

        It is when the oldest change kept was read, when it was already the oldest then, or is the first ever made. So
        whoever prunes the log leaves its newest change, however old; else the next one costs a needless rebuild.
        """
        oldest = self.oldest_transaction_id
        is_whole = oldest is None or position.saw(oldest) or self.oldest_id in {1, position.oldest_id}
        return is_whole and position.database == self.database


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStatus:
    """This host's index: sound means that it can be read and the log continues it; else it is about to be rebuilt."""

    folder: Path | None
    is_sound: bool
    is_followed: bool
    listing_count: int = 0
    changes_waiting: int = 0


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The follower was told to stop while it was building an index."""


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

    def catch_up(self, change_log: ChangeLog) -> int:
        """Index the products that changed since the position; answers how many (one that changed often may count twice)."""
        count = 0
        for product_ids in _changed_products(self.position, change_log.snapshot):
            for product_id in product_ids:
                self._writer.delete_documents_by_term("id", product_id.hex)
            for listing in listings_of(product_ids):
                self._writer.add_document(document(listing))
            count += len(product_ids)
        if count:
            write_position(self._writer, change_log.position)
            self._writer.commit()
        self.position = change_log.position
        return count

    def close(self) -> None:
        """Let another writer in. What is not committed is dropped."""
        self._writer.wait_merging_threads()


class Follower:
    """A thread that keeps this host's index up to date."""

    def __init__(self) -> None:
        self._stop = Event()
        self._thread = Thread(target=follow_forever, args=[self._stop], name="search-follower", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 15) -> None:
        """Ask the thread to end, and wait for it: it finishes its batch, or gives up an index it is building."""
        self._stop.set()
        self._thread.join(timeout_s)


def start_following() -> Follower:
    """Keep this host's index up to date from now on. Of several processes one does it, the others stand by."""
    return Follower()


def follow_forever(stop: Event) -> None:
    """Follow until told to stop; whatever goes wrong is logged and tried again."""
    while not stop.is_set():
        try:
            with exclusive(FOLLOWING, wait=False):
                _follow(stop)
        except BlockingIOError:
            pass  # another process follows; should it die, we are next
        except Stopped:
            return
        except Exception:  # the thread must outlive a restarted database, a full disk, a broken index
            log.exception("search index could not be brought up to date")
        finally:
            connection.close()
        stop.wait(RETRY_AFTER_S)


def rebuild(on_progress: Callable[[int], None] = lambda _: None) -> int:
    """Build this host's index anew beside the one in use, then exchange them; answers how many listings it holds.

    `on_progress` is told the count as it grows; if it raises, the index in use stays. Changes made meanwhile are
    followed afterwards, for the position is taken first.
    """
    position = read_change_log().position
    return build_index(all_listings(), position, on_progress)


def read_change_log() -> ChangeLog:
    """Where the log stands; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_READ_CHANGE_LOG)
        return ChangeLog(*cursor.fetchone())


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
    change_log = read_change_log()
    is_sound = change_log.continues(position)
    return IndexStatus(
        folder=folder,
        is_sound=is_sound,
        is_followed=is_followed,
        listing_count=searcher.num_docs - 1,  # the position is a document too
        changes_waiting=sum(map(len, _changed_products(position, change_log.snapshot))) if is_sound else 0,
    )


def _follow(stop: Event) -> None:
    """Follow the index in use until it is exchanged or we are to stop; build it when there is none to follow."""
    followed = _open()
    if followed is None:
        _build(stop)
        return
    with closing(followed):
        while not stop.is_set() and followed.folder == current_folder():
            change_log = read_change_log()
            if not change_log.continues(followed.position):
                _build(stop)
                return
            followed.catch_up(change_log)
            stop.wait(POLL_EVERY_S)


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


def _changed_products(position: Position, snapshot: str) -> Iterator[list[uuid.UUID]]:
    """The products whose changes the snapshot sees and the position did not, in batches."""
    last = (position.oldest_running, 0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_READ_CHANGES, [*last, position.snapshot, snapshot, BATCH])
            rows = cursor.fetchall()
        if not rows:
            return
        yield list(dict.fromkeys(product_id for _, _, product_id in rows))
        last = rows[-1][:2]


def _is_followed() -> bool:
    try:
        with exclusive(FOLLOWING, wait=False):
            return False
    except BlockingIOError:
        return True
