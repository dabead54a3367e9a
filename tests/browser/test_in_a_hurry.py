"""Whoever types how many and goes on at once orders what was typed."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Request, Route

import lapak
from tests.browser.phones import any_browser, opened

SHELL = Path(lapak.__file__).parent / "web/shell/static/shell"
SCRIPTS = {
    "/htmx.js": next((SHELL / "vendor/htmx").glob("*.js")),
    "/shell.js": SHELL / "js/shell.js",
}
CART = """<!doctype html><script src="/htmx.js" defer></script><script src="/shell.js" type="module"></script><body>
<form action="/line" method="post" hx-boost="true" hx-target="body" hx-push-url="false" hx-trigger="change, submit">
<input name="quantity" value="1"></form><a href="/checkout" data-after-saving>To the checkout</a>"""


def test_the_checkout_waits_for_the_quantity_that_was_typed(request: pytest.FixtureRequest) -> None:
    asked, held = list[str](), list[Route]()

    def answer(route: Route, wanted: Request) -> None:
        path = wanted.url.removeprefix("http://lapak.test")
        if script := SCRIPTS.get(path):
            route.fulfill(path=script, content_type="text/javascript")
            return
        asked.append(path)
        if path == "/line":
            held.append(route)  # a slow line
        else:
            route.fulfill(body=CART, content_type="text/html")

    with ExitStack() as open_browser:
        page = opened(any_browser(), open_browser, request.config).new_page()
        page.route("**/*", answer)
        page.goto("http://lapak.test/cart")
        with page.expect_request("**/line") as typed:
            page.locator("[name=quantity]").fill("5")
            page.get_by_text("To the checkout").click()
        assert typed.value.post_data == "quantity=5"
        page.evaluate("1")  # whatever the press did is done
        assert asked == ["/cart", "/line"]
        held[0].fulfill(body=CART, content_type="text/html")
        page.wait_for_url("**/checkout")
    assert asked == ["/cart", "/line", "/checkout"]
