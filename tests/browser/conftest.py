"""The browser of a test; where there is none, its tests are passed over with a line that says so."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.phones import browser_drawing_with, opened
from tests.browser.watch import left_behind, watched

LONGEST_S, LONGEST_OF_LONG_S = 600, 3000
"""What a test may take on a machine that is busy with much else."""

_LEFT = pytest.StashKey[Path]()

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


@pytest.fixture(autouse=True)
def _watched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = request.node.stash[_LEFT] = tmp_path_factory.mktemp("browser")
    is_long = request.node.get_closest_marker("long")
    with watched(folder, LONGEST_OF_LONG_S if is_long else LONGEST_S):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails says what its pages said, and where their pictures are."""
    report = yield
    folder = item.stash.get(_LEFT, None)
    if folder and report.when == "call" and report.failed:
        report.sections.append(("pages", left_behind(folder)))
    return report
