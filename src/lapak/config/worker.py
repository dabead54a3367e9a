"""A web worker: loading the application, and ending well."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

ENDING = {signal.SIGTERM, signal.SIGINT}


def hear_signals_later() -> None:
    """In the server, before it forks workers: what is said to a worker in its first moments waits until `load` listens."""
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, ENDING),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING),
    )


def load() -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """What Granian serves; it calls this in each worker's main thread, before it sets its own signal handlers there."""
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell)
    signal.signal(signal.SIGUSR2, _wake_up)
    about_us = [told, threading.get_ident(), signal.getsignal(signal.SIGTERM)]
    threading.Thread(target=_end_well, args=about_us, name="ending", daemon=True).start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)

    from lapak.config.wsgi import application  # noqa: PLC0415 - takes a second, in which we want to hear signals

    return application


def _end_well(told: int, main_thread: int, handler_while_loading: Any) -> None:
    """From the first word of the end on, a click is stored before it is answered; and the worker does hear it.

    It would not, if the word comes while the application is loading: the handlers are still its parent's. Nor if Ctrl-C
    or systemd tells the server and its workers at once: of two signals that come together Linux may hand both to a
    thread other than the main one, which then sleeps on, and in no other does Python run handlers.
    """
    while ENDING.isdisjoint(os.read(told, 64)):
        pass  # a signal that is not about ending
    wake_with = signal.SIGUSR2
    while signal.getsignal(signal.SIGTERM) is handler_while_loading:
        wake_with = signal.SIGTERM
        time.sleep(0.05)
    signal.pthread_kill(main_thread, wake_with)

    from lapak.affiliates.clicks import store_clicks_at_once  # noqa: PLC0415 - by now Django is set up for its tables

    store_clicks_at_once()


def _wake_up(*_: object) -> None:
    """Nothing else is to be done: once awake, Python runs the other handlers as well."""
