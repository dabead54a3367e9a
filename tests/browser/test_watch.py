"""What hangs in a browser fails, with a picture and a log."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Error

from tests.browser.phones import any_browser, opened
from tests.browser.watch import left_behind, watched


def test_a_page_that_never_answers_is_ended(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with ExitStack() as open_browser:
        page = opened(any_browser(), open_browser, request.config).new_page()
        page.set_content("<h1>Lapak</h1>")
        with pytest.raises(Error), watched(tmp_path, seconds=0.5):
            page.evaluate("new Promise(() => {})")
        assert "hung" in left_behind(tmp_path)
    assert (tmp_path / "0.png").read_bytes().startswith(b"\x89PNG")


def test_a_test_that_fails_leaves_what_its_pages_said(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with ExitStack() as open_browser:
        page = opened(any_browser(), open_browser, request.config).new_page()
        page.set_content("<h1>Lapak</h1><script>console.error('torn'); missing()</script>")
        log = left_behind(tmp_path)
    assert "error: torn" in log
    assert "missing is not defined" in log
    assert (tmp_path / "0.png").exists()
