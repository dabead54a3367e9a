"""How many there are of something stands on one line in its mark, however many."""

from contextlib import ExitStack
from pathlib import Path

import pytest

import lapak
from tests.browser.phones import any_browser, opened

STYLES = Path(lapak.__file__).parent / "web/shell/static/shell/css"
LINES = """(mark) => {
  const words = document.createRange();
  words.selectNodeContents(mark);
  return new Set([...words.getClientRects()].map((line) => line.top)).size;
}"""


@pytest.mark.parametrize("count", ["7", "21", "99+"])
def test_a_count_beside_the_bell_is_not_broken(request: pytest.FixtureRequest, count: str) -> None:
    bell = f'<a class="bell" href="/notices"><svg width="22"></svg><span class="count">{count}</span></a>'
    with ExitStack() as open_browser:
        page = opened(any_browser(), open_browser, request.config).new_page()
        page.set_content(f'<header class="awning">{bell}</header>')
        for sheet in ("tokens.css", "base.css", "navigation.css"):
            page.add_style_tag(path=STYLES / sheet)
        lines = page.locator(".count").evaluate(LINES)
    assert lines == 1
