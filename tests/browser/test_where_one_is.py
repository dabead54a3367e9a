"""On a phone the bar of a centre is wider than the screen: the tab of the page that is open is in sight."""

from contextlib import ExitStack
from pathlib import Path

import pytest

import lapak
from tests.browser.phones import any_browser, opened

SCRIPTS = Path(lapak.__file__).parent / "web/shell/static/shell/js"
TABS = 7


@pytest.mark.parametrize("current", [0, 3, 6])
def test_the_current_tab_is_in_sight(request: pytest.FixtureRequest, current: int) -> None:
    tabs = [
        f'<a style="flex:none;width:72px"{" aria-current=page" if n == current else ""}>{n}</a>' for n in range(TABS)
    ]
    bar = '<nav class="side-nav" style="position:fixed;left:0;width:360px;display:flex;overflow-x:auto">'
    with ExitStack() as open_browser:
        page = opened(any_browser(), open_browser, request.config).new_page()
        page.set_content(f"{bar}{''.join(tabs)}</nav>")
        for script in ("numbers.js", "shell.js"):
            page.add_script_tag(path=SCRIPTS / script)
        box = page.locator("[aria-current]").bounding_box()
    assert box
    assert 0 <= box["x"] <= 360 - box["width"]
