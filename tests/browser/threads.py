"""What has to run beside Playwright's loop, which takes the test's own thread."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

LONGEST_S = 300


def in_thread(act: Callable[[], object]) -> None:
    """Does it in a thread of its own and waits for its end; one that never ends fails (`TimeoutError`) and holds nothing up."""
    done: Future[object] = Future()

    def do() -> None:
        try:
            done.set_result(act())
        except BaseException as reason:  # noqa: BLE001 - whoever waits hears of it
            done.set_exception(reason)

    Thread(target=do, daemon=True).start()
    done.result(LONGEST_S)
