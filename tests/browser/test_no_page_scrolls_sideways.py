"""No page scrolls sideways on the narrowest phone, however long the words are that people typed."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker

from lapak.cli.demo.market import running_market
from lapak.testing.stage import throwaway_stage
from lapak.trade.orders.models import Purchase
from tests.browser.long_words import LONGEST, market_of_long_words
from tests.browser.phones import WIDEST, phone_of, sign_in, sticking_out

NARROWEST_PX = 320
"""WCAG 2.2, 1.4.10: what fits at 320 px can be read at 400 % on a screen of 1280."""

OF_A_KIND = 3
"""Pages looked at for each view: an order in one state is not an order in another."""

A_LONG_WAY = 100
"""Views that the walks lead to at least; 110 when this was written."""

ENTRANCES = {
    "visitor": [
        "/",
        f"/?q={'w' * LONGEST}",
        "/account/sign-in",
        "/account/join",
        "/account/password/forgotten",
        "/none",
    ],
    "buyer": ["/cart", "/checkout", "/orders", "/account"],
    "seller": ["/sell", "/sell/batik-sekar"],
    "creator_user": ["/create"],
    "stranger": ["/sell", "/create"],
    "operator": ["/staff/"],
}
"""Where each person begins to walk; the links lead on."""


@pytest.mark.long
def test_no_page_scrolls_sideways(browser_with: Callable[[str], Browser], django_db_blocker: DjangoDbBlocker) -> None:
    browser = browser_with(WIDEST)
    with django_db_blocker.unblock(), throwaway_stage() as stage:
        cast = market_of_long_words()
        with running_market(stage) as address:
            walked, too_wide = Counter[str](), list[str]()
            unpaid = Purchase.objects.earliest("placed_at")
            for person, entrances in (ENTRANCES | {"buyer": [f"/pay/{unpaid.id}", *ENTRANCES["buyer"]]}).items():
                phone = phone_of(browser, NARROWEST_PX)
                if person != "visitor":
                    sign_in(phone, address, getattr(cast, person))
                for path, page in _walk(phone, address, entrances, walked):
                    too_wide += [f"{person} at {path}: {element}" for element in sticking_out(page)]
                phone.close()
    assert too_wide == []
    assert len(walked) >= A_LONG_WAY


def _walk(
    phone: BrowserContext, address: str, entrances: list[str], walked: Counter[str]
) -> Iterator[tuple[str, Page]]:
    """Every page that links lead to, but only some of each view: `walked` counts them."""
    page, to_see, known = phone.new_page(), deque(entrances), set(entrances)
    while to_see:
        path = to_see.popleft()
        view = _view_of(path)
        if walked[view] < OF_A_KIND and not view.endswith(NO_PAGES):
            answer = page.goto(address + path)
            assert answer, path
            assert answer.status < 500, path
            walked[_view_of(page.url)] += 1  # a stranger is led elsewhere
            yield path, page
            found = [
                _path_within(address, href) for href in page.eval_on_selector_all("a[href]:not([download])", _HREFS)
            ]
            fresh = [path for path in dict.fromkeys(found) if path and path not in known]
            known.update(fresh)
            to_see.extend(fresh)


NO_PAGES = ("_report", "_file", "return_receipt")
"""Views whose answer is a file, though the link does not say so."""

_HREFS = "(links) => links.map((link) => link.href)"


def _path_within(address: str, href: str) -> str:
    parts = urlsplit(href)
    return parts._replace(scheme="", netloc="", fragment="").geturl() if href.startswith(f"{address}/") else ""


def _view_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return "nothing"
