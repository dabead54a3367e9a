"""An operator with a passkey, in real Chromium with a device that plays one: set up, asked for, and signed in with."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from lapak.people.users.models import User
from tests.browser.phones import any_browser, opened
from tests.browser.street import PASSWORD, PHONE_PX, Street, open_street, press, reads

pytestmark = pytest.mark.long

A_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def street(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[Street]:
    with pytest.MonkeyPatch.context() as patch, ExitStack() as until:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # as in conftest
        browser = opened(any_browser(), until, request.config)
        until.enter_context(django_db_blocker.unblock())
        yield until.enter_context(open_street(browser))


def with_device(page: Page) -> Page:
    """The phone has a fingerprint reader that always knows its owner."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": A_DEVICE})
    return page


def sign_in_by_password(street: Street, page: Page, operator: User) -> None:
    street.go(page, "/account/sign-in?next=/staff/")
    page.get_by_label("Email").fill(operator.email)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    press(page, "Masuk")


def test_a_passkey_opens_the_desk(street: Street) -> None:
    operator = street.cast.operator
    operator.set_password(PASSWORD)
    operator.save()
    page = with_device(street.screen(PHONE_PX))
    sign_in_by_password(street, page, operator)
    reads(page, "Meja kerja hanya terbuka dengan verifikasi dua langkah.")
    page.get_by_role("link", name="Pasang: Kunci sandi").click()
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    press(page, "Lanjut")
    press(page, "Buat kunci sandi")
    reads(page, "Simpan kode pemulihan baru terpisah dari ponsel Anda.")
    street.go(page, "/staff/")
    page.get_by_role("link", name="Pakai kunci sandi").click()
    press(page, "Pakai kunci sandi")
    page.wait_for_url(f"{street.address}/staff/")
    street.go(page, "/account/sign-out")
    press(page, "Keluar")
    sign_in_by_password(street, page, operator)
    reads(page, "Verifikasi langkah kedua")
    press(page, "Pakai kunci sandi")
    page.wait_for_url(f"{street.address}/staff/")
