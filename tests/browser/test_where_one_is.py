"""On a phone the bars of centres and lists are wider than the screen: the tab of the page that is open is in sight."""

from contextlib import ExitStack
from pathlib import Path

import pytest

import lapak
from tests.browser.phones import any_browser, opened

SCRIPTS = Path(lapak.__file__).parent / "web/shell/static/shell/js"
TABS = 7


BARS = {
    "side-nav": "position:fixed;left:0;width:360px",
    "tabs": "margin-inline:16px;max-width:328px",
    "chips": "max-width:336px",
}
"""At the bottom of the screen, and in the middle of a page."""


@pytest.mark.parametrize("kind", BARS)
@pytest.mark.parametrize("current", [0, 3, 6])
def test_the_current_tab_is_in_sight(request: pytest.FixtureRequest, kind: str, current: int) -> None:
    tabs = [
        f'<a style="flex:none;width:72px"{" aria-current=page" if n == current else ""}>{n}</a>' for n in range(TABS)
    ]
    bar = f'<nav class="{kind}" style="{BARS[kind]};display:flex;overflow-x:auto">'
    with ExitStack() as open_browser:
        page = opened(any_browser(), open_browser, request.config).new_page()
        page.set_content(f"{bar}{''.join(tabs)}</nav>")
        for script in ("numbers.js", "shell.js"):
            page.add_script_tag(path=SCRIPTS / script)
        box = page.locator("[aria-current]").bounding_box()
    assert box
    assert 0 <= box["x"] <= 360 - box["width"]
