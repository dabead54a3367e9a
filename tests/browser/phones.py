"""Phones in a real browser: as narrow as asked for, and drawing every text with one family of fonts."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from lapak.cli.demo.browser import PHONE
from lapak.people.users.models import User
from tests.browser.watch import OPEN

PACKAGES = {
    "Roboto": "fonts-roboto-unhinted",
    "Noto Sans": "fonts-noto-core",
    "DejaVu Sans": "fonts-dejavu-core",
}
"""Families that phones and desktops draw with, from the narrowest to the widest, and Debian's package of each."""
WIDEST = "DejaVu Sans"

_NO_BROWSER = "no browser can be started here; on Debian and Ubuntu: apt install chromium libatomic1"
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NO_OTHER_FAMILY = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include>/etc/fonts/fonts.conf</include>
  <match target="pattern"><edit name="family" mode="prepend" binding="strong"><string>{font}</string></edit></match>
</fontconfig>
"""

# Whatever reaches beyond the screen and is not in a box that scrolls by itself: the name, classes and text of a few.
_STICKING_OUT = """() => {
  const scrolls = (e) => e && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [...document.body.querySelectorAll('*')]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(e.parentElement))
    .slice(0, 4).map((e) => `${e.tagName.toLowerCase()}.${e.className} “${e.textContent.trim().slice(0, 12)}”`);
}"""


class Missing(Exception):  # noqa: N818 - what the browser or the font is
    """Not on this machine; says what, and how to get it."""


@contextmanager
def browser_drawing_with(font: str, folder: Path) -> Iterator[Browser]:
    """Chromium in which every family of fonts is this one; `Missing` where it or the font is not there."""
    fonts = folder / "fonts.conf"
    fonts.write_text(_NO_OTHER_FAMILY.format(font=font))
    with _playwright() as playwright, _launched(playwright, os.environ | {"FONTCONFIG_FILE": str(fonts)}) as browser:
        if _font_drawn_by(browser) != font:
            raise Missing(f"the font {font} is not here; on Debian and Ubuntu: apt install {PACKAGES[font]}")
        yield browser


@contextmanager
def any_browser() -> Iterator[Browser]:
    """Chromium with this machine's own fonts; `Missing` where it cannot be started."""
    with _playwright() as playwright, _launched(playwright, os.environ) as browser:
        yield browser


def opened(browser: AbstractContextManager[Browser], until: ExitStack, config: pytest.Config) -> Browser:
    """The browser, until the stack is closed. Where it is `Missing` the test is passed over; with `--need-browser` it fails."""
    try:
        return until.enter_context(browser)
    except Missing as missing:
        if config.getoption("need_browser"):
            raise
        pytest.skip(str(missing))


def phone_of(browser: Browser, width_px: int, user_agent: str = PHONE) -> BrowserContext:
    """A person's phone, on which nothing moves by itself; headless Chromium's own user agent is taken for a bot, whose clicks
    earn nothing."""
    phone = browser.new_context(
        viewport={"width": width_px, "height": 740},
        locale="id-ID",
        has_touch=True,
        user_agent=user_agent,
        reduced_motion="reduce",
    )
    phone.set_default_timeout(30_000)
    return phone


def sign_in(phone: BrowserContext, address: str, user: User) -> None:
    """The phone's owner is signed in, as if they had typed their password."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    phone.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def sticking_out(page: Page) -> list[str]:
    """What makes the page scroll sideways; nothing where it does not."""
    is_too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return (page.evaluate(_STICKING_OUT) or ["something"]) if is_too_wide else []


@contextmanager
def _playwright() -> Iterator[Playwright]:
    try:
        playwright = sync_playwright().start()
    except Exception as reason:
        raise Missing(_NO_BROWSER) from reason
    try:
        yield playwright
    finally:
        playwright.stop()


@contextmanager
def _launched(playwright: Playwright, environment: Mapping[str, str]) -> Iterator[Browser]:
    try:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_QUIET, env=dict(environment), timeout=120_000
        )
    except Exception as reason:
        raise Missing(_NO_BROWSER) from reason
    OPEN.append(browser)
    try:
        yield browser
    finally:
        OPEN.remove(browser)


def _font_drawn_by(browser: Browser) -> str:
    page = browser.new_page()
    page.set_content("<p>Lapak</p>")
    devtools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        devtools.send(f"{domain}.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    text = devtools.send("DOM.querySelector", {"nodeId": root, "selector": "p"})["nodeId"]
    fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": text})["fonts"]
    page.close()
    return str(fonts[0]["familyName"]) if fonts else ""
