"""The web server: Granian's, which ends when it is told to, at whatever moment and in whatever way."""

import os
import signal
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import wait
from typing import Any

from granian.log import logger
from granian.server import MPServer

ENDING = {signal.SIGTERM, signal.SIGINT}

LOOK_UP_EVERY_S = 0.5
"""How late the server may notice a signal that the system gave to another of its threads."""


class WebServer(MPServer):
    """One process that looks after its workers. It ends with 0 once it is told to, by Ctrl-C or SIGTERM."""

    def serve(self, *args: Any, **kwargs: Any) -> None:
        """Until the end is wished for. Raises `SystemExit` when the workers cannot go on."""
        self.main_loop_interrupt = _Something()
        os.register_at_fork(before=_hold_signals, after_in_parent=_hear_signals, after_in_child=_be_a_worker)
        try:
            super().serve(*args, **kwargs)
        except SystemExit:
            # Told together with us, a worker may be gone before we have heard it ourselves: to Granian that is a failure.
            if not self.interrupt_signal:
                raise
        for word in ENDING:  # said once more, it would make a failure of an end that is all but there
            signal.signal(word, signal.SIG_IGN)

    def _respawn_workers(self, *args: Any, **kwargs: Any) -> None:
        super()._respawn_workers(*args, **kwargs)
        if self.interrupt_signal:  # said meanwhile, and Granian's loop may have cleared it away with the failure
            self.main_loop_interrupt.set()

    def _stop_workers(self) -> None:
        """As Granian's, but only the thread that watches a worker asks the system what became of it.

        That is told once: when two ask, one may never hear it, and Granian then kills and reports a worker that has ended.
        """
        workers: Sequence[Any] = self.wrks
        for worker in workers:
            worker.terminate()
        within_s = self.workers_kill_timeout or 0
        deadline = time.monotonic() + within_s
        for worker in workers:
            if not wait([worker.inner.sentinel], max(0, deadline - time.monotonic())):
                logger.warning(f"Killing worker-{worker.idx + 1}: it did not end within {within_s} s")
                worker.kill()
        self.wrks.clear()


class _Something(threading.Event):
    """What the server waits for. Its main thread alone hears signals, and sleeps on when another thread is given one."""

    def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002 - Granian gives none
        while not super().wait(LOOK_UP_EVERY_S):
            pass
        return True


def _hold_signals() -> None:
    """Over the fork: a new worker has our handlers, which would take its word and do nothing with it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)


def _hear_signals() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def _be_a_worker() -> None:
    """Until it serves, a worker ends at once: it has nothing to finish, and loading takes long where much else runs.

    Ctrl-C it never hears: that reaches its server too, which knows then that the end is wished for, and tells it.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
