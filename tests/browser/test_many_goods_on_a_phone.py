"""After a move-in, on a small phone: goods are ticked in the list and changed together."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

from lapak.cli.demo.market import running_market
from lapak.goods.catalogue.models import Variant
from lapak.testing.cast import assemble_cast
from lapak.testing.crowd import many_products
from lapak.testing.stage import throwaway_stage
from tests.browser.phones import WIDEST, phone_of, sign_in, sticking_out

pytestmark = pytest.mark.long


def test_ticked_goods_get_other_prices(
    browser_with: Callable[[str], Browser], django_db_blocker: DjangoDbBlocker
) -> None:
    browser = browser_with(WIDEST)
    with django_db_blocker.unblock(), throwaway_stage() as stage, running_market(stage) as address:
        cast = assemble_cast()
        many_products(cast.shop, 30)
        Variant.objects.update(price_idr=100_000)
        phone = phone_of(browser, 360)
        sign_in(phone, address, cast.seller)
        page = phone.new_page()
        page.goto(f"{address}/sell/{cast.shop.slug}/products")
        assert sticking_out(page) == []
        assert _begins_beside_its_box(page)
        everything = page.locator("[data-choose-all] input")
        everything.tap()
        page.locator(".product-tick").first.tap()
        expect(everything).not_to_be_checked()  # nor says that all are ticked once one is not
        page.locator(".product-tick").first.tap()
        expect(everything).to_be_checked()
        everything.tap()
        for n in (0, 1):
            page.locator(".product-tick").nth(n).tap()
        page.locator("#chosen button").first.tap()
        page.locator(".choice", has=page.locator("[value=cheaper]")).tap()
        expect(page.locator("[name=by_bp]")).to_be_visible()
        expect(page.locator("[name=on_hand]")).to_be_hidden()
        assert sticking_out(page) == []
        page.fill("[name=by_bp]", "10")
        page.locator(".many-form button").tap()
        begin = page.locator("form[action$='/begin'] button")
        expect(begin).to_be_visible()
        assert sticking_out(page) == []
        begin.tap()
        expect(page.locator("form[action$='/take-back'] button")).to_be_visible()
        assert sticking_out(page) == []
        assert Variant.objects.filter(price_idr=90_000).count() == 2


def _begins_beside_its_box(page: Page) -> bool:
    """Whether a row's box stands before its title, not alone below all that it chooses; what is typed has the width of both."""
    row = page.locator(".product-row").first
    box, title, typed = (row.locator(f"> .product-{part}").bounding_box() for part in ("tick", "head", "edit"))
    assert box
    assert title
    assert typed
    is_before = box["x"] + box["width"] <= title["x"] and title["y"] <= box["y"] + box["height"] / 2 <= typed["y"]
    return is_before and abs(typed["x"] + typed["width"] - title["x"] - title["width"]) < 1
