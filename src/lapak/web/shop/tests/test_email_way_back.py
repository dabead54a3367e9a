"""Whoever reads the old mailbox takes the change of an e-mail back: the thief is out, and stays out."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import caches
from django.test import Client

from lapak.flows.tell_people.mail import send_mails
from lapak.lib import clock
from lapak.people.users.email_changes import (
    forget_old_email_changes,
    note_email_change,
    take_back_email_change,
)
from lapak.people.users.errors import EmailChangeNotFound
from lapak.people.users.models import EmailChange, Session, User
from lapak.people.users.second_factors import give_app
from lapak.testing.cast import Cast
from lapak.testing.joining import join
from lapak.testing.refused import refused
from lapak.web.shop.tests.conftest import PASSWORD, browser

pytestmark = pytest.mark.usefixtures("quick_passwords")


def signed_in(user: User) -> Client:
    client = browser()
    client.force_login(user)
    client.post("/account/confirm", {"password": PASSWORD})
    return client


def mailed_to(address: str) -> str:
    send_mails()
    return str(next(message for message in reversed(mail.outbox) if message.to == [address]).body)


def changed_to(client: Client, address: str) -> None:
    client.post("/account/email", {"email": address, "action_add": ""})
    found = re.search(r"/account/email/\S+", mailed_to(address))
    assert found
    client.post(found[0])


def link_in(body: str) -> str:
    found = re.search(r"/account/email/way-back/\S+", body)
    assert found
    return found[0]


def test_the_owner_gets_back_what_a_thief_took(sari: User) -> None:
    thief = signed_in(sari)
    changed_to(thief, "thief@example.com")
    body = mailed_to("buyer@example.com")
    assert "72" in body
    owner = browser()
    page = owner.get(link_in(body))
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert User.objects.get(id=sari.id).email == "thief@example.com"  # nothing is done by looking
    taken = owner.post(link_in(body))
    sari.refresh_from_db()
    assert sari.email == "buyer@example.com"
    assert not sari.has_usable_password()
    assert EmailAddress.objects.get(user=sari).email == "buyer@example.com"
    assert not Session.objects.filter(user=sari).exists()
    assert thief.post("/account/profile", {"name": "Thief"}).status_code == 302
    assert browser().post("/account/sign-in", {"login": sari.email, "password": PASSWORD}).status_code == 200
    assert 'value="buyer@example.com"' in taken.text
    owner.post("/account/password/forgotten", {"email": sari.email})
    assert "/account/password/new/" in mailed_to("buyer@example.com")


def test_the_thief_s_own_link_undoes_nothing(sari: User) -> None:
    thief = signed_in(sari)
    changed_to(thief, "thief@example.com")
    owners = link_in(mailed_to("buyer@example.com"))
    changed_to(thief, "thief2@example.com")
    thieves = link_in(mailed_to("thief@example.com"))
    browser().post(owners)
    for link in (thieves, owners):
        assert browser().get(link).status_code == 404
        assert browser().post(link).status_code == 404
    sari.refresh_from_db()
    assert sari.email == "buyer@example.com"


def test_the_owner_s_link_goes_back_behind_the_thief_s(sari: User) -> None:
    thief = signed_in(sari)
    changed_to(thief, "thief@example.com")
    owners = link_in(mailed_to("buyer@example.com"))
    changed_to(thief, "thief2@example.com")
    browser().post(link_in(mailed_to("thief@example.com")))
    browser().post(owners)
    sari.refresh_from_db()
    assert sari.email == "buyer@example.com"


def test_an_e_mail_that_was_never_confirmed_has_no_way_back(sari: User) -> None:
    EmailAddress.objects.filter(user=sari).update(verified=False)
    changed_to(signed_in(sari), "new@example.com")
    send_mails()
    assert not [message for message in mail.outbox if "way-back" in str(message.body)]
    assert not EmailChange.objects.exists()


def test_a_link_that_nobody_made(cast: Cast) -> None:
    change = note_email_change(cast.buyer, old="old@example.com", new=cast.buyer.email)
    assert browser().get(f"/account/email/way-back/{change.id.hex}:x").status_code == 404
    assert browser().get("/account/email/way-back/x").status_code == 404


def test_after_three_days_it_stays(cast: Cast) -> None:
    change = note_email_change(cast.buyer, old="old@example.com", new=cast.buyer.email)
    with clock.stopped_at(change.changed_at + timedelta(hours=71)):
        assert forget_old_email_changes() == 0
    with clock.stopped_at(change.changed_at + timedelta(hours=72)):
        with refused(EmailChangeNotFound):
            take_back_email_change(change.id)
        assert forget_old_email_changes() == 1


def test_an_address_that_is_another_s_by_now(cast: Cast) -> None:
    change = note_email_change(cast.buyer, old=cast.stranger.email, new=cast.buyer.email)
    with refused(EmailChangeNotFound):
        take_back_email_change(change.id)


def test_nobody_shuts_the_way_back_with_an_account_of_that_e_mail(sari: User) -> None:
    thief = signed_in(sari)
    changed_to(thief, "thief@example.com")
    link = link_in(mailed_to("buyer@example.com"))
    about = {"name": "Budi", "email": "Buyer@example.com", "password1": "ikan-terbang-malam"}
    browser().post("/account/join", about)
    assert "may still return to it" in mailed_to("buyer@example.com")
    assert not User.objects.filter(email="buyer@example.com").exists()
    browser().post(link)
    sari.refresh_from_db()
    assert sari.email == "buyer@example.com"


def test_nor_by_changing_to_it(sari: User, cast: Cast) -> None:
    note_email_change(sari, old="before@example.com", new=sari.email)
    cast.stranger.set_password(PASSWORD)
    cast.stranger.save()
    changed_to(signed_in(cast.stranger), "before@example.com")
    cast.stranger.refresh_from_db()
    assert cast.stranger.email == "stranger@example.com"
    EmailAddress.objects.filter(email="before@example.com").delete()
    caches["default"].clear()  # so soon no second mail is sent to it
    changed_to(signed_in(sari), "before@example.com")  # whose it was goes back by themselves
    sari.refresh_from_db()
    assert sari.email == "before@example.com"


def test_after_three_days_the_e_mail_is_anybody_s(cast: Cast) -> None:
    change = note_email_change(cast.buyer, old="before@example.com", new=cast.buyer.email)
    about = {"name": "Budi", "email": "before@example.com", "password1": "ikan-terbang-malam"}
    with clock.stopped_at(change.changed_at + timedelta(hours=72)):
        join(browser(), about)
    assert User.objects.filter(email="before@example.com").exists()


@pytest.mark.parametrize(("hours", "left"), [(71, 0), (73, 2)])
def test_a_second_factor_that_was_set_up_just_before_goes_with_it(sari: User, hours: int, left: int) -> None:
    give_app(sari)
    with clock.stopped_at(clock.now() + timedelta(hours=hours)):
        change = note_email_change(sari, old="before@example.com", new=sari.email)
        take_back_email_change(change.id)
    assert Authenticator.objects.filter(user=sari).count() == left
