"""A user has their data erased on their own page, asked twice and with the password, and calls it off."""

import pytest
from django.test import Client

from lapak.people.privacy.erasures import erasure_of
from lapak.people.privacy.models import Erasure
from lapak.testing.cast import Cast
from lapak.testing.pressed import press
from lapak.web.shop.tests.conftest import PASSWORD, browser

pytestmark = pytest.mark.django_db


def test_a_visitor_signs_in_first(visitor: Client) -> None:
    for path in ("/account/erasure", "/account/erasure/ask", "/account/erasure/call-off"):
        assert visitor.get(path).status_code == 302
        assert visitor.post(path).status_code in {302, 405}
    assert not Erasure.objects.exists()


def test_the_page_says_what_goes_and_what_it_would_wait_for(cast: Cast, buyer: Client) -> None:
    page = buyer.get("/account/erasure").text
    assert "What stays, under a number" in page
    assert "What it would wait for now" not in page
    seller = browser()
    seller.force_login(cast.seller)
    assert "Your shop is open" in seller.get("/account/erasure").text


@pytest.mark.usefixtures("quick_passwords")
def test_the_password_is_asked_first(cast: Cast, buyer: Client) -> None:
    cast.buyer.set_password(PASSWORD)
    cast.buyer.save()
    buyer.force_login(cast.buyer)
    answer = buyer.post("/account/erasure/ask")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/confirm")
    assert erasure_of(cast.buyer) is None


def test_asked_and_called_off(cast: Cast, buyer: Client) -> None:
    question = buyer.post("/account/erasure/ask")
    assert "Have your data erased?" in question.text
    assert erasure_of(cast.buyer) is None
    press(buyer, "/account/erasure/ask")
    assert erasure_of(cast.buyer)
    assert "you are told that it is done" in buyer.get("/account/erasure").text
    buyer.post("/account/erasure/call-off")
    assert erasure_of(cast.buyer) is None
    assert "What goes" in buyer.get("/account/erasure").text
