"""A web worker: loading the application, and hearing the word of its end."""

import os
import signal
from typing import Any

ENDING = {signal.SIGTERM, signal.SIGINT}


def hear_signals_later() -> None:
    """In the server, before it forks workers: what is said to a worker in its first moments waits until its event loop
    listens (`listen`)."""
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, ENDING),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING),
    )


def load() -> Any:
    """What Granian serves; it calls this in each worker's main thread."""
    from lapak.config.door import Door  # noqa: PLC0415 - sets Django up, in the worker and not in the server

    return Door()


def listen() -> None:
    """The event loop has its signal handlers, which hear a signal in whatever thread it arrives."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
