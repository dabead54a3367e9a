"""The shop reads what is withheld and why, hands letters in, and has its slips."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lapak.lib import clock
from lapak.money.taxes.letters import accept_letter
from lapak.money.taxes.models import Letter
from lapak.testing.cast import Cast
from lapak.testing.taxes import NIK, PDF, person, set_from, sold_on, stated

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(cast: Cast) -> str:
    return f"/sell/{cast.shop.slug}/tax"


def test_off_and_nothing_told(seller: Client, page: str) -> None:
    shown = seller.get(page).text
    assert "PPh 22 is not in force today" in shown
    assert "Not told yet." in shown
    assert "State that you sell little" not in shown


def test_a_person_states_and_is_exempt(seller: Client, cast: Cast, page: str) -> None:
    set_from(cast, clock.today(), is_on=True)
    assert "no letter of yours that was accepted holds today" in seller.get(page).text
    seller.post(f"{page}/name", {"kind": "individual", "name": "Sekar Ayu", "number": NIK})
    pdf = SimpleUploadedFile("letter.pdf", PDF, "application/pdf")
    seller.post(f"{page}/statement", {"year": clock.today().year, "file": pdf})
    assert "To be looked at" in seller.get(page).text
    accept_letter(cast.operator, Letter.objects.get().id)
    assert "you stated that you sell little this year" in seller.get(page).text


def test_what_is_no_letter_is_said_beside_its_field(seller: Client, cast: Cast, page: str) -> None:
    person(cast)
    picture = SimpleUploadedFile("letter.pdf", b"not a letter", "application/pdf")
    shown = seller.post(f"{page}/statement", {"year": clock.today().year, "file": picture}).text
    assert "Give the signed letter as a PDF" in shown
    assert not Letter.objects.exists()


def test_a_letter_is_its_shops_alone(seller: Client, client: Client, cast: Cast, page: str) -> None:
    letter = stated(cast)
    assert b"".join(seller.get(f"{page}/{letter.id}")) == PDF
    client.force_login(cast.stranger)
    assert client.get(f"{page}/{letter.id}").status_code == 404


def test_a_slip_of_a_month_that_is_over(seller: Client, cast: Cast, page: str) -> None:
    last = clock.today().replace(day=1) - timedelta(days=1)
    set_from(cast, last, is_on=True)
    sold_on(cast, last)
    assert f"{page}/{last:%Y}-{last.month}.pdf" in seller.get(page).text
    assert seller.get(f"{page}/{last:%Y}-{last.month}.pdf").content.startswith(b"%PDF-")
    assert [seller.get(f"{page}/{far}.pdf").status_code for far in ("0-1", "2026-13", "99999-1")] == [404] * 3
    today = clock.today()
    assert seller.get(f"{page}/{today:%Y}-{today.month}.pdf").status_code == 404
