"""From a creator's link to a paid order, in real Chromium on small phones, with narrow and wide letters."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

from lapak.affiliates.models import Link
from lapak.cli.demo.market import running_market, wait_for
from lapak.testing.cast import assemble_cast, link_to, stocked_variant
from lapak.testing.joining import code_in_folder
from lapak.testing.stage import throwaway_stage
from lapak.trade.orders.models import Order
from tests.browser.phones import PACKAGES, WIDEST, phone_of, sticking_out

TITLE = "Sarungbatikmegamendungcirebonhalusmewahuntuksantrinya"
"""One word of 53 letters."""


WIDTHS_PX = (320, 360)


# The widest letters at any time, the others where there is time.
FONTS = [pytest.param(font, marks=[] if font == WIDEST else pytest.mark.long) for font in PACKAGES]


@pytest.mark.parametrize("font", FONTS)
def test_link_to_paid_order(
    font: str, browser_with: Callable[[str], Browser], django_db_blocker: DjangoDbBlocker
) -> None:
    browser = browser_with(font)
    with django_db_blocker.unblock(), throwaway_stage() as stage, running_market(stage) as address:
        cast = assemble_cast()
        variant = stocked_variant(cast.shop)
        variant.product.title = TITLE
        variant.product.save(update_fields=["title"])
        link = link_to(cast, variant.product)
        for width_px in WIDTHS_PX:
            page = phone_of(browser, width_px).new_page()
            buy(page, address, link, stage.home, email=f"budi-{width_px}@example.com")
            order = Order.objects.get(buyer__email=f"budi-{width_px}@example.com")
            assert order.state == "to_pack"
            assert order.lines.get().commissions.get().creator == cast.creator


def buy(page: Page, address: str, link: Link, home: Path, email: str) -> None:
    """From the link to the paid order, as somebody new."""
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)

    page.goto(f"{address}/r/{link.code}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    assert sticking_out(page) == []
    page.goto(f"{address}/cart")
    assert page.evaluate("(bar => bar.scrollWidth - bar.clientWidth)(document.querySelector('.tab-bar'))") == 0
    page.go_back()
    page.get_by_role("button", name=re.compile("Beli sekarang|Buy now")).first.click()

    join(page, home, email)
    add_address(page, address)
    assert sticking_out(page) == []
    page.locator("button[type=submit]:visible").last.click()

    expect(page.locator("svg").first).to_be_visible()
    assert sticking_out(page) == []
    waiting = page.url
    page.goto(page.locator("main a[rel=noopener]").get_attribute("href") or "")
    page.locator("form[action*='confirm'] button").first.click()
    page.goto(waiting)
    page.wait_for_url("**/orders/*", timeout=60_000)
    assert sticking_out(page) == []
    assert refused == []


def join(page: Page, home: Path, email: str) -> None:
    page.locator("main a[href*='/account/join']").first.click()
    page.fill("input[name=name]", "Budi")
    page.fill("input[name=email]", email)
    page.fill("input[name=password1]", "batik-untuk-ibu-7")
    page.locator("form[action*='/account/join'] .button").click()
    expect(page.locator("[name=code]")).to_be_visible()
    assert sticking_out(page) == []
    wait_for(lambda: bool(code_in_folder(home, email)), "the mail with the code")
    page.fill("[name=code]", code_in_folder(home, email))
    page.locator("form:has([name=code]) .button").click()


def add_address(page: Page, address: str) -> None:
    checkout = page.url
    page.goto(f"{address}/account/addresses/new")
    for name, value in {
        "recipient": "Budi",
        "phone": "081234567890",
        "street": "Jl. Melati 5",
    }.items():
        page.fill(f"[name={name}]", value)
    find_place(page)
    page.locator("main form .buttons button").click()
    page.goto(checkout)


def find_place(page: Page) -> None:
    """Typed with a slip in it, found, and picked with the keyboard; what is filled in is kept in place of what stood there."""
    page.locator("[name=look_up]").press_sequentially("tebte")
    first = page.locator(".place-row").first
    expect(first).to_contain_text("Jakarta Selatan")
    assert sticking_out(page) == []
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".place-picked")).to_be_focused()
    expect(page.locator("[name=district]")).to_have_value("Tebet")
    expect(page.locator("[name=postal_code]")).to_have_value("12810")
    expect(page.locator("[name=province_code]")).to_have_value("31")
    expect(page.locator("[name=street]")).to_have_value("Jl. Melati 5")
