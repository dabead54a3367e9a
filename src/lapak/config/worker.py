"""A web worker: loading the application, and hearing the word of its end."""

import gc
import signal
from typing import Any


def load() -> Any:
    """What Granian serves; it calls this in each worker's main thread."""
    from lapak.config.door import Door  # noqa: PLC0415 - sets Django up, in the worker and not in the server

    door = Door()
    gc.freeze()  # as in `lapak work`: what is loaded stays
    return door


def hear_the_end_once() -> None:
    """The event loop hears SIGTERM by now; what comes after the first is ignored.

    At the third, Granian would wait for ever, with the interpreter lock in its hand, for somebody to take the word.
    """
    signal.signal(signal.SIGTERM, lambda *_: signal.signal(signal.SIGTERM, signal.SIG_IGN))
