"""No test in a browser waits for ever: one that hangs is ended, and one that fails leaves a picture of each page and a log."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import Any

from playwright.async_api import Browser as AsyncBrowser
from playwright.async_api import Page as AsyncPage
from playwright.sync_api import Browser, Error

OPEN: list[Browser] = []
"""The browsers of this process."""

_PICTURE_S = 15


@contextmanager
def watched(folder: Path, seconds: float) -> Iterator[None]:
    """Whatever is still going on after so many seconds is ended by closing the browsers: what waits for one of them fails.
    Not everything in Playwright has a time limit of its own: a script in the page, a new page, the closing of one."""
    timer = Timer(seconds, lambda: [_end(browser, folder) for browser in list(OPEN)])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def left_behind(folder: Path) -> str:
    """The log of every page that is open, with a picture of each in the folder, and those that a hang has left there."""
    with suppress(Error):  # a browser that was closed has nothing to show
        for browser in OPEN:
            for number, page in enumerate(page for context in browser.contexts for page in context.pages):
                said = [f"{message.type}: {message.text}" for message in page.console_messages()]
                failed = [str(error) for error in page.page_errors()]
                asked = [f"asked: {request.url}" for request in page.requests()[-5:]]
                _note(folder, number, [page.url, *said, *failed, *asked])
                page.screenshot(path=folder / f"{number}.png", timeout=_PICTURE_S * 1000)
    return "\n".join(f"{log.with_suffix('.png')}\n{log.read_text()}" for log in sorted(folder.glob("*.log")))


def _end(browser: Browser, folder: Path) -> None:
    """From another thread than the test's, which waits within Playwright's loop: what is done in that loop is done there, by
    Playwright's other face of the same browser."""
    impl, loop = browser._impl_obj, browser._loop

    def there(act: "Coroutine[Any, Any, object]") -> None:
        with suppress(Exception):  # a page that hangs may have no picture
            asyncio.run_coroutine_threadsafe(act, loop).result(_PICTURE_S)

    for number, page in enumerate(page for context in impl.contexts for page in context.pages):
        _note(folder, number, [page.url, "hung: the test was ended"])
        there(AsyncPage(page).screenshot(path=folder / f"{number}.png", timeout=_PICTURE_S * 1000))
    there(AsyncBrowser(impl).close())


def _note(folder: Path, number: int, lines: list[str]) -> None:
    (folder / f"{number}.log").write_text("\n".join(lines) + "\n")
