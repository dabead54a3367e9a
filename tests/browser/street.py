"""A running market with people in it whose browsers are theirs: what journeys in real Chromium walk through."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db import connection
from django.test import override_settings
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from lapak.cli.demo.browser import PHONE
from lapak.cli.demo.market import running_market, wait_for
from lapak.goods.catalogue.commands import create_product
from lapak.goods.catalogue.models import Variant
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.people.users.commands import save_address
from lapak.people.users.models import User
from lapak.testing.cast import Cast, assemble_cast
from lapak.testing.stage import throwaway_stage
from tests.browser.phones import phone_of, sign_in
from tests.browser.threads import in_thread

SHIRT = "Kemeja Batik Parang Lengan Panjang"
SIZES = {"S": 149_000, "M": 149_000, "XL": 159_000}
ON_HAND = 20

PASSWORD = "batik-untuk-ibu-7"

PHONE_PX, DESKTOP_PX = 360, 1280


@dataclass(frozen=True)
class Street:
    """The market's address, its people, and the browser in which everyone's screen opens."""

    address: str
    cast: Cast
    browser: Browser
    screens: list[BrowserContext] = field(default_factory=list)

    def screen_of(self, user: User, width_px: int) -> Page:
        """A new screen of so many pixels, on which this person is signed in."""
        page = self.screen(width_px)
        sign_in(page.context, self.address, user)
        page.goto(self.address)
        return page

    def screen(self, width_px: int, user_agent: str = PHONE) -> Page:
        """A new one that knows nobody, of a browser or an app that names itself so."""
        phone = phone_of(self.browser, width_px, user_agent)
        self.screens.append(phone)
        return phone.new_page()

    def close_screens(self) -> None:
        """Everybody goes home: a page that is left open goes on asking every second."""
        while self.screens:
            self.screens.pop().close()

    def go(self, page: Page, path: str) -> None:
        """To a page of this market."""
        page.goto(f"{self.address}{path}")


@contextmanager
def open_street(browser: Browser) -> Iterator[Street]:
    """A market of one shop that sells a shirt in three sizes."""
    with throwaway_stage() as stage:
        cast = assemble_cast()
        variants = tuple(
            NewVariant(price_idr=price_idr, on_hand=ON_HAND, option_values=(size,)) for size, price_idr in SIZES.items()
        )
        shirt = NewProduct(title=SHIRT, weight_g=300, option_names=("Ukuran",), variants=variants, status="published")
        create_product(cast.seller, cast.shop, shirt)
        with running_market(stage) as address:
            yield Street(address, cast, browser)


def somebody(email: str) -> User:
    """A buyer with an address in Jakarta, whom nobody knows yet."""
    user = User.objects.create_user(email, PASSWORD, name="Budi")
    save_address(
        user,
        recipient="Budi",
        phone="081234567890",
        street="Jl. Melati 5",
        district="Tebet",
        city="Jakarta Selatan",
        province_code="31",
        postal_code="12810",
    )
    return user


def available(size: str) -> int:
    """Pieces of the shirt in this size that nobody has reserved."""
    return Variant.objects.select_related("stock").get(product__title=SHIRT, option_values=[size]).stock.available


def choose(page: Page, size: str) -> None:
    """On the shirt's page: this size, and the page knows it."""
    chip = page.get_by_role("link", name=size, exact=True)
    chip.click()
    expect(chip).to_have_attribute("aria-current", "true")


def press(page: Page, name: str) -> None:
    """The button of this name that can be seen."""
    page.get_by_role("button", name=name, exact=True).filter(visible=True).first.click()


def reads(page: Page, words: str) -> None:
    """These words can be seen on the page."""
    expect(page.get_by_text(words).filter(visible=True).first).to_be_visible()


def reload_until(page: Page, words: str) -> None:
    """The page is loaded anew until these words can be seen on it."""

    def is_there() -> bool:
        page.reload()
        return found(page, words).count() > 0

    wait_for(is_there, words)


def found(page: Page, words: str) -> Locator:
    """Where these words can be seen."""
    return page.get_by_text(words).filter(visible=True)


def pay_page_of(page: Page) -> str:
    """The gateway's page, from the buyer's page with the code to scan."""
    link = page.get_by_role("link", name="Buka halaman bayar")
    expect(link).to_be_visible()
    return link.get_attribute("href") or ""


def at_gateway(page: Page, pay_page: str, button: str) -> None:
    """On a page of its own the payer presses the gateway's button whose address has `button` in it."""
    gateway = page.context.new_page()
    gateway.goto(pay_page)
    gateway.locator(f"form[action*='{button}'] button").dispatch_event("click")
    gateway.wait_for_load_state()
    gateway.close()


def with_gateway(pay_page: str, act: Callable[[], object]) -> None:
    """Does what the market's worker does every minute, with the market's gateway. In a thread of its own: speaking to a
    partner needs a loop, and Playwright's runs in this one."""
    parts = urlsplit(pay_page)

    def do() -> None:
        try:
            act()
        finally:
            connection.close()

    with override_settings(SANDBOX_URL=f"{parts.scheme}://{parts.netloc}"):
        in_thread(do)


def photo(colour: str) -> dict[str, str | bytes]:
    """A picture as a phone takes it."""
    content = io.BytesIO()
    Image.new("RGB", (1200, 1600), colour).save(content, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}
