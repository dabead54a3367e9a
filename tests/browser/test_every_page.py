"""Every page, for every person, in its states: nothing sticks out, nothing is in anybody's way, all that it needs comes."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from lapak.cli.demo.market import running_market
from lapak.testing.stage import throwaway_stage
from lapak.trade.orders.models import Purchase
from tests.browser.barriers import barriers, bring_axe, hidden_by_bars, in_the_first_screen
from tests.browser.loading import moved, too_many_sheets, troubles_of, watch_moves
from tests.browser.long_words import LONGEST, market_of_long_words
from tests.browser.phones import WIDEST, phone_of, sign_in, sticking_out
from tests.browser.walk import walk

NARROWEST_PX = 320
"""WCAG 2.2, 1.4.10: what fits at 320 px can be read at 400 % on a screen of 1280."""

PHONE_PX, DESK_PX = 360, 1280

LOOKS = {
    1: [(PHONE_PX, "id", "light"), (DESK_PX, "en", "dark")],
    2: [(PHONE_PX, "en", "dark")],
    3: [(DESK_PX, "id", "light")],
}
"""How the first, second and third page of a view are looked at: each look costs a second, and there are some 300 pages."""

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
    "operator": ["/staff/", "/staff/style", "/staff/style/centre"],
}
"""Where each person begins to walk; the links lead on."""


@pytest.mark.long
def test_every_page_fits_is_open_to_all_and_comes_whole(
    browser_with: Callable[[str], Browser], django_db_blocker: DjangoDbBlocker
) -> None:
    browser = browser_with(WIDEST)
    with django_db_blocker.unblock(), throwaway_stage() as stage:
        with override_settings(MEDIA_ROOT=stage.home / "media"):
            cast = market_of_long_words()
        with running_market(stage) as address:
            walked, faults = Counter[str](), list[str]()
            unpaid = Purchase.objects.earliest("placed_at")
            for person, entrances in (ENTRANCES | {"buyer": [f"/pay/{unpaid.id}", *ENTRANCES["buyer"]]}).items():
                phone = phone_of(browser, NARROWEST_PX)
                bring_axe(phone)
                watch_moves(phone)
                if person != "visitor":
                    sign_in(phone, address, getattr(cast, person))
                page = phone.new_page()
                troubles = troubles_of(page, address)
                for path, which in walk(page, address, entrances, walked):
                    found = [*moved(page), *sticking_out(page), *_looked_at(page, address, which), *troubles]
                    found += [] if path.startswith("/staff/") else too_many_sheets(page)
                    faults += [f"{person} at {path}: {fault}" for fault in found]
                    troubles.clear()
                phone.close()
    assert faults == []
    assert len(walked) >= A_LONG_WAY


def _looked_at(page: Page, address: str, which: int) -> Iterator[str]:
    """What is found in each look; afterwards the page is narrow and Indonesian again."""
    for width_px, language, scheme in LOOKS.get(which, []):
        page.set_viewport_size({"width": width_px, "height": 740})
        page.emulate_media(color_scheme=scheme)
        if language != "id":
            _speak(page, address, language)
            page.reload()
            yield from moved(page)
        found = [*barriers(page), *(hidden_by_bars(page) if width_px == PHONE_PX else [])]
        found += in_the_first_screen(page) if width_px == PHONE_PX else []
        yield from (f"{width_px} px, {scheme}, {language}: {barrier}" for barrier in found)
    page.set_viewport_size({"width": NARROWEST_PX, "height": 740})
    _speak(page, address, "id")


def _speak(page: Page, address: str, language: str) -> None:
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": address}])
