"""What goes wrong while a page is loaded is seen: here it is made to."""

from contextlib import ExitStack

import pytest

from tests.browser.loading import moved, too_many_sheets, watch_moves
from tests.browser.phones import any_browser, opened, phone_of

LATE = """<title>Lapak</title><h1>Lapak</h1><p id="below">Halus</p>
<script>setTimeout(() => { %s; document.title = 'done' }, 100)</script>"""
PUSHES = "document.querySelector('h1').insertAdjacentHTML('afterend', '<div style=height:200px></div>')"
FADES = "document.querySelector('h1').style.opacity = 0.5"


def test_what_pushes_the_rest_down_is_told_and_nothing_else(request: pytest.FixtureRequest) -> None:
    with ExitStack() as open_browser:
        phone = phone_of(opened(any_browser(), open_browser, request.config), 360)
        watch_moves(phone)
        page = phone.new_page()
        seen = []
        for late in (PUSHES, FADES):
            page.goto(f"data:text/html,{LATE % late}")
            page.wait_for_function("document.title == 'done'")
            seen.append(moved(page))
    assert len(seen[0]) == 1
    assert "below" in seen[0][0]
    assert seen[1] == []


def test_a_third_sheet_is_told(request: pytest.FixtureRequest) -> None:
    with ExitStack() as open_browser:
        page = opened(any_browser(), open_browser, request.config).new_page()
        page.set_content('<link rel="stylesheet" href="data:text/css,">' * 2)
        two = too_many_sheets(page)
        page.set_content('<link rel="stylesheet" href="data:text/css,">' * 3)
        three = too_many_sheets(page)
    assert two == []
    assert three[0].startswith("3 style sheets")
