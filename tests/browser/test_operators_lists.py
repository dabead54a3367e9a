"""The operator's lists at a desk: no column of them is cut off, and whoever has no mouse reaches all of them."""

from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, expect

from lapak.testing.cast import Cast, assemble_cast, stocked_variant
from lapak.testing.waiting import everything_waits
from tests.browser.phones import any_browser, opened
from tests.browser.threads import in_thread

_CUT = """() => {
  const list = document.getElementById('result_list');
  if (!list) return '';
  const box = list.closest('.simplebar-content-wrapper') ?? list.parentElement;
  return list.scrollWidth > box.clientWidth ? `${list.scrollWidth} px in ${box.clientWidth}` : '';
}"""

Show = Callable[[str], Page]
AtDesk = Callable[[dict[str, str], Callable[[Show], None]], None]


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble_cast()


@pytest.fixture
def operator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.operator)
    return client


@pytest.fixture
def at_desk(request: pytest.FixtureRequest) -> AtDesk:
    """Called with pages by their address, and what to do with them in a browser of 1280 px. In a thread of its own:
    Playwright's loop would part the test's from its transaction."""

    def do(pages: dict[str, str], act: Callable[[Show], None]) -> None:
        with ExitStack() as open_browser:
            browser = opened(any_browser(), open_browser, request.config)
            page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
            page.set_default_timeout(30_000)
            page.route("**/*", lambda route: _answer(route, pages))

            def show(path: str) -> Page:
                page.goto(f"http://lapak.test{path}")
                return page

            act(show)

    return lambda pages, act: in_thread(lambda: do(pages, act))


def _answer(route: Route, pages: dict[str, str]) -> None:
    path = urlsplit(route.request.url).path
    if path.startswith(settings.STATIC_URL) and (file := finders.find(path.removeprefix(settings.STATIC_URL))):
        route.fulfill(path=str(file))
    elif path in pages:
        route.fulfill(body=pages[path], content_type="text/html")
    else:
        route.fulfill(body="", content_type="text/javascript")  # Django's catalogue of words for scripts


@pytest.mark.unsound_books  # a difference to a statement is one of the books' checks
def test_every_list_fits(at_desk: AtDesk, operator: Client, cast: Cast) -> None:
    everything_waits(cast, stocked_variant(cast.shop, on_hand=20))
    lists = [f"/staff/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry]
    cut: dict[str, str] = {}
    at_desk(
        {path: operator.get(path).text for path in lists},
        lambda show: cut.update({path: found for path in lists if (found := show(path).evaluate(_CUT))}),
    )
    assert cut == {}


@pytest.mark.long
def test_the_keyboard_opens_and_closes_side_bar_filters_and_own_menu(
    at_desk: AtDesk, operator: Client, cast: Cast
) -> None:
    path = "/staff/orders/order/"

    def act(show: Show) -> None:
        page = show(path)
        _side_bar(page)
        _filters(page)
        _own_menu(page)
        _colours(page)

    at_desk({path: operator.get(path).text}, act)


def _side_bar(page: Page) -> None:
    name = page.locator("#page").get_attribute("data-sidebar") or ""
    sign, bar = page.get_by_role("button", name=name, exact=True), page.locator("#nav-sidebar")
    expect(bar).to_be_visible()
    sign.press("Enter")
    expect(bar).to_be_hidden()
    sign.press("Space")
    expect(bar).to_be_visible()


def _filters(page: Page) -> None:
    """They take the focus, keep it, and give it back."""
    opener, filters = page.locator(r"[x-on\:click='filterOpen = true']"), page.locator("#changelist-filter")
    opener.press("Enter")
    expect(filters).to_be_visible()
    expect(filters.locator(":focus")).to_be_visible()
    behind = page.locator("#nav-sidebar, #main > header")
    assert behind.evaluate_all("(parts) => parts.every((part) => part.inert)")
    page.keyboard.press("Escape")
    expect(filters).to_be_hidden()
    expect(opener).to_be_focused()
    assert not behind.evaluate_all("(parts) => parts.some((part) => part.inert)")


def _own_menu(page: Page) -> None:
    opener = page.locator(r"[x-on\:click='openUserLinks = !openUserLinks']")
    opener.press("Enter")
    expect(opener.locator("xpath=preceding-sibling::nav")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(opener.locator("xpath=preceding-sibling::nav")).to_be_hidden()


def _colours(page: Page) -> None:
    """They follow the system at once, and then what is chosen."""
    is_dark = "document.documentElement.classList.contains('dark')"
    choose = "(scheme) => { Alpine.$data(document.documentElement).adminTheme = scheme; }"
    for system, chosen, expected in (
        ("dark", "auto", True), ("light", "auto", False), ("dark", "auto", True), ("dark", "light", False),
        ("light", "dark", True), ("light", "auto", False),
    ):  # fmt: skip
        page.emulate_media(color_scheme=system)
        page.evaluate(choose, chosen)
        page.wait_for_function(f"{is_dark} === {str(expected).lower()}")
