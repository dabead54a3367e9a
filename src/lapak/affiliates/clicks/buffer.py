"""Storing clicks without making anyone wait: a buffer in memory, written with COPY a few times a second.

A click row feeds counts only; the token alone proves the click (docs/concepts/links-and-commission.md). So answering the
visitor never waits for the database, and a database that is away for a while loses nothing until the buffer is full.
"""

import logging
import threading
import time
from collections.abc import Sequence
from multiprocessing.util import Finalize

import django.db
import psycopg
from django.db import connection

from lapak.affiliates.clicks.storing import ClickRow, store_clicks

log = logging.getLogger(__name__)

FLUSH_EVERY_S = 0.2
"""A click is in the database this long after it at most, while the database answers."""

MOST_AT_ONCE = 5_000
"""Rows of one COPY: a tenth of a second of writing, so that a crash in the middle costs little."""

MOST_WAITING = 100_000
"""Some 50 MB of waiting clicks: five seconds of the fastest measured stream, hours of an ordinary one."""

MOST_DOUBLINGS = 5
"""While the database takes no clicks, the pause doubles this often: up to 6.4 seconds."""

LAST_CHANCE_S = 5
"""How long a process that ends goes on trying to write what it holds; `lapak web` gives its workers 15 s to end."""


class ClickBuffer:
    """The clicks of one process on their way to the database, and the thread that writes them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[ClickRow] = []
        self._something = threading.Event()
        self._closing = threading.Event()
        self._writer: threading.Thread | None = None
        self._failures = 0
        self._dropped = 0

    def add(self, click: ClickRow) -> None:
        """Take the click; it is stored within `FLUSH_EVERY_S`, or before this returns once the process is ending."""
        with self._lock:
            if not self._closing.is_set():
                self._keep(click)
                return
        _write([click])

    def close(self) -> None:
        """Write what is waiting, for up to `LAST_CHANCE_S`, and from now on every click at once."""
        with self._lock:
            self._closing.set()
            self._something.set()
        if self._writer is not None:
            self._writer.join()

    def _keep(self, click: ClickRow) -> None:
        if len(self._waiting) >= MOST_WAITING:
            if not self._dropped:
                log.error("clicks are dropped from now on: %d wait, and the database takes none", MOST_WAITING)
            self._dropped += 1
            return
        self._waiting.append(click)
        if len(self._waiting) == 1:
            self._something.set()
        if self._writer is None:
            self._start()

    def _start(self) -> None:
        """Start the writer with the first click: by then the server has made its last fork."""
        self._writer = threading.Thread(target=self._write_until_closed, name="clicks", daemon=True)
        self._writer.start()
        # A Granian worker is a multiprocessing child: it ends without atexit handlers, but with these finalizers,
        # which any other interpreter runs at exit too.
        Finalize(None, self.close, exitpriority=100)

    def _write_until_closed(self) -> None:
        while not self._closing.is_set():
            self._something.wait()
            self._closing.wait(FLUSH_EVERY_S * 2 ** min(self._failures, MOST_DOUBLINGS))
            self._write_waiting()
        give_up_at = time.monotonic() + LAST_CHANCE_S
        while not self._write_waiting():
            if time.monotonic() > give_up_at:
                log.error("%d clicks are lost: the database took none until the process had to end", len(self._waiting))
                return
            time.sleep(FLUSH_EVERY_S)

    def _write_waiting(self) -> bool:
        """Store what waits now; False if the database took only a part, or none, and the rest must wait on."""
        write = _write_missing if self._failures else _write
        left = len(self._waiting)
        try:
            while left:
                chunk = self._waiting[: min(left, MOST_AT_ONCE)]
                write(chunk)
                left -= len(chunk)
                self._forget(len(chunk))
        except (django.db.Error, psycopg.Error) as error:
            self._failures += 1
            log.warning("%d clicks wait for the database: %s", len(self._waiting), error)
            return False
        self._failures = 0
        return True

    def _forget(self, stored: int) -> None:
        with self._lock:
            del self._waiting[:stored]
            if not self._waiting:
                self._something.clear()
            dropped, self._dropped = self._dropped, 0
        if dropped:
            log.error("%d clicks were dropped while the database was away", dropped)


_buffer = ClickBuffer()


def store_click_soon(click: ClickRow) -> None:
    """The click is in the database within a second, while the database answers; nobody waits for it."""
    _buffer.add(click)


def store_clicks_at_once() -> None:
    """The process is about to end: what waits is written now, and every later click before it is answered."""
    _buffer.close()


def _write(clicks: Sequence[ClickRow]) -> None:
    try:
        store_clicks(clicks)
    finally:
        connection.close()


def _write_missing(clicks: Sequence[ClickRow]) -> None:
    """As `_write`, after a failure: what an answer was lost of on the way may have been stored all the same."""
    try:
        store_clicks(clicks, some_may_be=True)
    finally:
        connection.close()
