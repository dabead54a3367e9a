"""The browser of a test; where there is none, its tests are passed over with a line that says so."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.phones import Missing, browser_drawing_with


@pytest.fixture
def browser_with(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Browser]]:
    """Called with a family of fonts: a browser that draws with it alone. With `--need-browser` it must be there."""
    # Playwright's synchronous API runs a loop of its own in this thread, which Django takes for async code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with ExitStack() as open_browsers:

        def browser(font: str) -> Browser:
            try:
                return open_browsers.enter_context(browser_drawing_with(font, tmp_path))
            except Missing as missing:
                if request.config.getoption("need_browser"):
                    raise
                pytest.skip(str(missing))

        yield browser
