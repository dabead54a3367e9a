"""A first-time seller on a small phone: from the downloaded files to goods that buyers see, in fewer than ten taps."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django import DjangoDbBlocker

from lapak.cli.demo.market import running_market
from lapak.goods.catalogue.models import ProductImage
from lapak.goods.catalogue.on_sale import on_sale
from lapak.moving.tests.files import address as address_of_picture
from lapak.moving.tests.files import export, packed, picture, sku
from lapak.testing.cast import assemble_cast
from lapak.testing.stage import throwaway_stage
from tests.browser.phones import WIDEST, phone_of, sign_in, sticking_out

pytestmark = pytest.mark.long

MOST_TAPS = 9


class Thumb:
    """Counts its taps: one into each field to type in, one on each button."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, on: Locator) -> None:
        self.taps += 1
        on.tap()

    def types(self, name: str, text: str) -> None:
        self.taps += 1
        self.page.fill(f"[name={name}]", text)


def test_from_the_files_to_a_live_shop(
    browser_with: Callable[[str], Browser], django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    browser = browser_with(WIDEST)
    rows = [sku(1, main_image=address_of_picture("a")), sku(2, price="")]
    files = [
        export(tmp_path / "Tiktoksellercenter_batchedit_20231003_all_information_template.xlsx", rows),
        packed(tmp_path / "gambar.zip", {"tos-alisg-i-sg/a.jpeg": picture()}),
    ]
    with django_db_blocker.unblock(), throwaway_stage() as stage, running_market(stage) as address:
        cast = assemble_cast()
        phone = phone_of(browser, 360)
        sign_in(phone, address, cast.stranger)
        page = phone.new_page()
        thumb = Thumb(page)
        page.goto(f"{address}/sell")
        assert sticking_out(page) == []
        open_with(thumb, files)
        begin = page.locator("form[action$='/begin'] button")
        expect(begin).to_be_visible()
        assert sticking_out(page) == []
        thumb.tap(begin)
        expect(page.locator("form[action$='/undo'] button")).to_be_visible()
        assert sticking_out(page) == []
        assert thumb.taps <= MOST_TAPS
        product = on_sale().get(shop__slug="kopi-gayo")
        assert ProductImage.objects.filter(product=product).count() == 1
        page.goto(address + product.path)
        expect(page.get_by_role("heading", level=1)).to_contain_text(product.title)


def open_with(thumb: Thumb, files: list[Path]) -> None:
    """The files are chosen, which takes a tap on the field and two in the phone's own list; then the shop is opened."""
    thumb.taps += 3
    thumb.page.set_input_files("[name=given]", files)
    thumb.types("name", "Kopi Gayo")
    thumb.types("look_up", "takengon")
    thumb.tap(thumb.page.locator(".place-row").first)
    expect(thumb.page.locator(".place-picked")).to_be_visible()
    thumb.tap(thumb.page.locator("main form button.button-accent"))
