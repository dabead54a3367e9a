"""The browser of a test; where there is none, its tests are passed over with a line that says so."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.phones import browser_drawing_with, opened

expect.set_options(timeout=60_000)  # as for a phone's other waits: a machine may be busy with something else


@pytest.fixture
def browser_with(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Browser]]:
    """Called with a family of fonts: a browser that draws with it alone."""
    # Playwright's synchronous API runs a loop of its own in this thread, which Django takes for async code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with ExitStack() as open_browsers:
        yield lambda font: opened(browser_drawing_with(font, tmp_path), open_browsers, request.config)
