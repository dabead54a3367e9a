"""Whoever has not confirmed their e-mail is told so where it binds, asks for the link there, and comes back by it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from lapak.flows.tell_people.mail import send_mails
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def unconfirmed(client: Client, cast: Cast) -> Client:
    EmailAddress.objects.filter(user=cast.stranger).update(verified=False)
    client.force_login(cast.stranger)
    return client


@pytest.mark.parametrize("page", ["/sell", "/create/join", "/account/bank-accounts/new?next=/orders"])
def test_asked_before_anything_is_typed_and_back_by_the_link(unconfirmed: Client, cast: Cast, page: str) -> None:
    told = unconfirmed.get(page)
    assert told.status_code == 403
    way_on = re.search(r'name="next" value="([^"]+)"', told.text)
    assert way_on
    assert way_on[1] == page
    unconfirmed.post("/account/email/prove", {"next": page})
    send_mails()
    link = re.search(r"https?://[^/\s]+(/account/email/\S+)", str(mail.outbox[-1].body))
    assert link
    form = unconfirmed.get(link[1])
    action = re.search(r'action="(/account/email/[^"]+)"', form.text)
    assert action
    assert unconfirmed.post(action[1], {"next": page})["Location"] == page
    assert EmailAddress.objects.get(user=cast.stranger).verified
    assert unconfirmed.get(page).status_code != 403


def test_what_was_sent_is_not_done_and_leads_back_to_its_page(unconfirmed: Client) -> None:
    about = {"name": "Lain", "slug": "lain", "city": "Solo", "province_code": "33"}
    told = unconfirmed.post("/sell", about, headers={"referer": "http://testserver/sell?new=1"})
    assert told.status_code == 403
    assert 'value="/sell?new=1"' in told.text
    assert not Shop.objects.filter(slug="lain").exists()


def test_the_link_leads_to_no_other_site(unconfirmed: Client) -> None:
    unconfirmed.post("/account/email/prove", {"next": "https://evil.example/"})
    send_mails()
    assert "evil" not in str(mail.outbox[-1].body)
