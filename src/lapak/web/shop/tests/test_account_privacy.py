"""A user's own page about their data, and the public one."""

import pytest
from django.test import Client

from lapak.compliance.processing import REGISTER
from lapak.people.privacy.consents import has_consented
from lapak.people.privacy.models import ConsentEvent
from lapak.people.privacy.rules import Purpose
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.joining import join
from lapak.web.shop.tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

CLICKS = "/account/privacy/consents/clicks"


def test_everybody_reads_what_is_kept(visitor: Client) -> None:
    page = visitor.get("/privacy").text
    for each in REGISTER:
        assert f'id="{each.id}"' in page
        assert str(each.keep)
    assert "10 years, as the law asks" in page
    assert 'href="/privacy"' in visitor.get("/").text


def test_a_visitor_signs_in_first(visitor: Client) -> None:
    assert visitor.get("/account/privacy").status_code == 302
    assert visitor.post(CLICKS, {"answer": "yes", "version": 1}).status_code == 302
    assert not ConsentEvent.objects.exists()


def test_yes_and_no(cast: Cast, buyer: Client) -> None:
    assert "Allow it" in buyer.get("/account/privacy").text
    page = buyer.post(CLICKS, {"answer": "yes", "version": 1}, follow=True).text
    assert has_consented(cast.buyer, Purpose.CLICKS)
    assert "Take it back" in page
    page = buyer.post(CLICKS, {"answer": "no", "version": 1}, follow=True).text
    assert not has_consented(cast.buyer, Purpose.CLICKS)
    assert "taken back" in page


@pytest.mark.parametrize("version", ["", "0", "2", "x", "9" * 400, "²"])
def test_not_to_words_that_nobody_read(cast: Cast, buyer: Client, version: str) -> None:
    page = buyer.post(CLICKS, {"answer": "yes", "version": version}, follow=True).text
    assert "has changed meanwhile" in page
    assert not ConsentEvent.objects.exists()


def test_what_nobody_is_asked_is_not_there(buyer: Client) -> None:
    assert buyer.post("/account/privacy/consents/advertising", {"answer": "yes", "version": 1}).status_code == 404


@pytest.mark.usefixtures("quick_passwords")
@pytest.mark.parametrize("ticked", [True, False])
def test_who_joins_is_asked_and_may_leave_it(visitor: Client, ticked: bool) -> None:
    typed = {"name": "Sari", "email": "sari@example.com", "password1": PASSWORD} | ({"clicks": "on"} if ticked else {})
    assert "checked" not in visitor.get("/account/join").text
    join(visitor, typed)
    assert has_consented(User.objects.get(email="sari@example.com"), Purpose.CLICKS) is ticked
