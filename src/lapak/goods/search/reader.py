"""The index as this process reads it: one searcher for all its threads, looked after cheaply."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

import structlog
import tantivy

from lapak.goods.search.index import current_folder, index_home, open_index, stored_position

LOOK_EVERY_S = 0.5
"""How long a commit may stay unseen. Looking is one `stat`."""

MAX_REMEMBERED = 2_000
"""Answers kept for one state of the index: some hundred bytes to a few kilobytes each."""

Answer = TypeVar("Answer")
log = structlog.get_logger()


class Snapshot:
    """The index as one commit left it, with what was worked out from it: that cannot change any more."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        self._remembered: dict[Hashable, Any] = {}

    def remembered(self, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """The answer (never None) to a question, worked out the first time. If two threads do so at once, it is the same."""
        answer: Answer | None = self._remembered.get(question)
        if answer is None:
            answer = work_out()
            if len(self._remembered) >= MAX_REMEMBERED:
                self._remembered.clear()
            self._remembered[question] = answer
        return answer


class Reader:
    """Hands out the newest snapshot, and looks for a newer commit or another index at most every half second."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._look_again_at = 0.0
        self._state: tuple[int, int] | None = None
        self._folder: Path | None = None
        self._index: tantivy.Index | None = None
        self._snapshot: Snapshot | None = None

    def snapshot(self) -> Snapshot | None:
        """None when there is no index, or none that can be read. While one thread looks, the others use what is there."""
        if monotonic() >= self._look_again_at and self._lock.acquire(blocking=self._snapshot is None):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._snapshot

    def _look(self) -> None:
        if monotonic() < self._look_again_at:
            return  # another thread has just looked
        self._look_again_at = monotonic() + LOOK_EVERY_S
        folder = current_folder()
        state = _state(folder) if folder else None
        if folder is None or state in {None, self._state}:
            return  # nothing new; or the index was removed, and what we have open is still good
        self._state = state
        try:
            self._open(folder)
        except (ValueError, OSError) as error:
            # Its files are not sound, and the follower makes a new index; or they were exchanged this very moment.
            log.warning("search index cannot be opened", folder=str(folder), error=str(error))

    def _open(self, folder: Path) -> None:
        if self._index is None or folder != self._folder:
            self._index, self._folder = open_index(folder), folder
        else:
            self._index.reload()
        searcher = self._index.searcher()
        if stored_position(searcher) is None:  # also a first look inside: some damage shows only then
            raise ValueError(f"{folder} holds no position")
        self._snapshot = Snapshot(searcher)


def current_snapshot() -> Snapshot | None:
    """The index of this host as it is now, give or take half a second."""
    return _reader_of(index_home()).snapshot()


@lru_cache(maxsize=1)
def _reader_of(_home: Path) -> Reader:
    return Reader()


def _state(folder: Path) -> tuple[int, int] | None:
    """What changes with every commit and every exchange of the index: Tantivy writes a new `meta.json` each time."""
    try:
        found = (folder / "meta.json").stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
