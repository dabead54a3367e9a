"""From a creator's link to a paid order, in real Chromium on a small phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from lapak.cli.demo.browser import PHONE as PHONE_BROWSER
from lapak.cli.demo.market import running_market
from lapak.testing.cast import assemble_cast, link_to, stocked_variant
from lapak.testing.stage import throwaway_stage
from lapak.trade.orders.models import Order

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # Playwright's synchronous API runs a loop of its own in this thread, which Django takes for async code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        # The user agent of a person's phone: that of headless Chromium is taken for a bot, whose clicks earn nothing.
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, locale="id-ID", has_touch=True, user_agent=PHONE_BROWSER
        )
        context.set_default_timeout(30_000)
        yield context.new_page()
        browser.close()


def test_link_to_paid_order(page: Page, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), throwaway_stage() as stage, running_market(stage) as address:
        cast = assemble_cast()
        variant = stocked_variant(cast.shop)
        link = link_to(cast, variant.product)
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)

        page.goto(f"{address}/r/{link.code}")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Kemeja Batik Kawung")
        fits_the_phone(page)
        page.get_by_role("button", name=re.compile("Beli sekarang|Buy now")).first.click()

        join(page)
        add_address(page, address)
        fits_the_phone(page)
        page.locator("button[type=submit]:visible").last.click()

        expect(page.locator("svg").first).to_be_visible()
        fits_the_phone(page)
        waiting = page.url
        page.goto(page.locator("main a[rel=noopener]").get_attribute("href") or "")
        page.locator("form[action*='confirm'] button").first.click()
        page.goto(waiting)
        page.wait_for_url("**/orders/*", timeout=60_000)
        fits_the_phone(page)

        order = Order.objects.get()
        assert order.state == "to_pack"
        assert order.lines.get().commission.creator == cast.creator
        assert refused == []


def fits_the_phone(page: Page) -> None:
    """Nothing sticks out: the page never scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def join(page: Page) -> None:
    page.locator("main a[href*='/account/join']").first.click()
    page.fill("input[name=name]", "Budi")
    page.fill("input[name=email]", "budi@example.com")
    page.fill("input[name=password1]", "batik-untuk-ibu-7")
    page.locator("form[action*='/account/join'] .button").click()


def add_address(page: Page, address: str) -> None:
    checkout = page.url
    page.goto(f"{address}/account/addresses/new")
    for name, value in {
        "recipient": "Budi",
        "phone": "081234567890",
        "street": "Jl. Melati 5",
        "district": "Tebet",
        "city": "Jakarta Selatan",
        "postal_code": "12810",
    }.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=province_code]", "31")
    page.locator("main form .buttons button").click()
    page.goto(checkout)
