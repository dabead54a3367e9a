"""Pytest's options of our own: long tests wait to be asked for, and a missing browser is told or, where needed, a failure."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

WALK = "tests/browser/test_every_page.py"
JOURNEY = "tests/browser/test_buy_on_a_phone.py::test_link_to_paid_order[DejaVu Sans]"


def pytest_says(*arguments: str, **env: str) -> tuple[int, str]:
    """The exit code of pytest called so, and what it printed."""
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=settings.ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.returncode, finished.stdout


def test_long_tests_are_left_out_and_counted_unless_asked_for() -> None:
    _, short = pytest_says("--collect-only", "-q", WALK, JOURNEY)
    assert "test_every_page_fits_is_open_to_all_and_comes_whole" not in short
    assert "long tests left out: 1" in short
    _, everything = pytest_says("--collect-only", "-q", "--long", WALK, JOURNEY)
    assert "::test_every_page_fits_is_open_to_all_and_comes_whole" in everything
    assert "left out" not in everything


def test_where_no_browser_can_be_started_its_tests_are_passed_over_with_a_line(tmp_path: Path) -> None:
    no_browser = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    code, told = pytest_says("-n", "0", JOURNEY, **no_browser)
    assert code == 0, told
    assert "1 skipped" in told
    assert "no browser can be started here; on Debian and Ubuntu: apt install chromium libatomic1" in told
    code, told = pytest_says("-n", "0", "--need-browser", JOURNEY, **no_browser)
    assert code == 1, told
    assert "no browser can be started here" in told
