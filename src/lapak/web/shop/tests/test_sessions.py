"""Signing out ends it: a copy of the cookie says nothing any more, here or in another process, of whatever is asked."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.people.notices.models import Mail
from lapak.people.users.models import Session, User
from lapak.web.shell import session_user
from lapak.web.shell.device import device_of
from lapak.web.shop.tests.conftest import PASSWORD, PHONE, browser

pytestmark = pytest.mark.usefixtures("quick_passwords")


def signed_in(user: User) -> Client:
    client = browser()
    client.post("/account/sign-in", {"login": user.email, "password": PASSWORD})
    assert client.get("/account").status_code == 200
    return client


def copy_of(client: Client) -> Client:
    """Somebody else's browser, with the cookie as it is now."""
    thief = browser()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    return thief


def is_out(client: Client) -> bool:
    return client.get("/account").status_code == 302


@pytest.fixture
def thief_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """In another process, some seconds later."""
    monkeypatch.setattr(session_user, "REMEMBERED_S", 0)


def test_a_cookie_from_before_signing_out(sari: User) -> None:
    client = signed_in(sari)
    thief = copy_of(client)
    assert not is_out(thief)
    client.post("/account/sign-out")
    assert is_out(client)
    assert is_out(thief)


def test_the_mailbox_is_told_of_another_browser(sari: User) -> None:
    """Not of the first hour, in which whoever joined goes from one to another, nor of one that the account knows."""
    EmailAddress.objects.update_or_create(user=sari, email=sari.email, defaults={"verified": True, "primary": True})
    first = signed_in(sari)
    assert not Mail.objects.exists()
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        first.post("/account/sign-out")
        first.post("/account/sign-in", {"login": sari.email, "password": PASSWORD})
        assert not Mail.objects.exists()
        signed_in(sari)
    assert Mail.objects.get().to == sari.email
    assert "/account/password/forgotten" in Mail.objects.get().text


def test_whoever_says_the_password_once_more_has_another_session(sari: User, thief_of: None) -> None:
    client = signed_in(sari)
    thief, before = copy_of(client), Session.objects.get()
    client.post("/account/confirm", {"password": PASSWORD, "next": "/account/email"})
    after = Session.objects.get()
    assert (after.begun_at, after.ends_at, after.device) == (before.begun_at, before.ends_at, before.device)
    assert after.id != before.id
    assert not is_out(client)
    assert is_out(thief)


def test_a_wrong_one_changes_no_session(sari: User) -> None:
    client = signed_in(sari)
    before = Session.objects.get()
    client.post("/account/confirm", {"password": "not-this-one"})
    assert Session.objects.get() == before
    assert not is_out(client)


def test_nothing_is_done_for_it_at_once_whatever_a_process_remembers(sari: User) -> None:
    client = signed_in(sari)
    thief = copy_of(client)
    Session.objects.all().delete()  # in another process
    assert thief.post("/account/profile", {"name": "Thief"}).status_code == 302
    sari.refresh_from_db()
    assert sari.name == "Buyer"
    assert is_out(thief)


@pytest.mark.usefixtures("thief_of")
def test_a_new_password_ends_the_others(sari: User) -> None:
    client, elsewhere = signed_in(sari), signed_in(sari)
    new = {"oldpassword": PASSWORD, "password1": "songket-untuk-ayah", "password2": "songket-untuk-ayah"}
    client.post("/account/password", new)
    assert not is_out(client)
    assert is_out(elsewhere)
    assert Session.objects.filter(user=sari).count() == 1


def test_who_signs_out_leaves_nothing_in_the_browser_and_nobody_else_loses_anything(
    sari: User, visitor: Client
) -> None:
    client = signed_in(sari)
    assert "Clear-Site-Data" not in client.get("/account").headers
    assert client.post("/account/sign-out")["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in visitor.post("/account/sign-out").headers


def test_who_signs_in_again_in_the_same_browser_has_one_session(sari: User) -> None:
    client = signed_in(sari)
    thief = copy_of(client)
    client.get("/account/sign-in")
    request = client.get("/").wsgi_request
    request.session = client.session
    login(request, sari, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert Session.objects.filter(user=sari).count() == 1
    assert is_out(thief)


def test_one_is_ended_from_the_list(sari: User) -> None:
    client, elsewhere = signed_in(sari), signed_in(sari)
    page = client.get("/account/sessions")
    assert page.text.count("Chrome, Android") == 3  # the button of the other one names it
    assert "his browser" in page.text
    other = elsewhere.get("/account/sessions").context["here"]
    address = f"/account/sessions/{other}/end"
    client.post(address)
    assert not is_out(elsewhere), "whoever sits at an unlocked phone signs nobody out"
    client.post("/account/confirm", {"password": PASSWORD, "next": address})
    session_user.forget(other)
    assert is_out(elsewhere)
    assert not is_out(client)


def test_all_others_at_once(sari: User) -> None:
    client, elsewhere = signed_in(sari), signed_in(sari)
    client.post("/account/confirm", {"password": PASSWORD})
    client.post("/account/sessions/end-others")
    assert elsewhere.post("/account/profile", {"name": "Thief"}).status_code == 302
    assert not is_out(client)
    assert "Sign out everywhere else" not in client.get("/account/sessions").text


def test_everywhere(sari: User) -> None:
    client, elsewhere = signed_in(sari), signed_in(sari)
    assert "Sign out on every device" in client.get("/account/sign-out").text
    answer = client.post("/account/sessions/end-all")
    assert answer["Clear-Site-Data"] == '"cache", "storage"', "nothing is left for whoever sits there next"
    assert not Session.objects.filter(user=sari).exists()
    assert is_out(client)
    assert elsewhere.post("/account/profile", {"name": "Thief"}).status_code == 302


def test_another_s_session_is_not_there(sari: User, stranger: Client) -> None:
    client = signed_in(sari)
    assert stranger.post(f"/account/sessions/{client.get('/account/sessions').context['here']}/end").status_code == 404
    assert not is_out(client)


def test_a_visitor_costs_nothing_more(visitor: Client, variant: Variant) -> None:
    visitor.get(variant.product.path)
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(variant.product.path).status_code == 200
    assert not [query for query in asked if "users_session" in query["sql"]]


def test_a_cookie_of_before_there_were_rows(sari: User) -> None:
    client = signed_in(sari)
    session = client.session
    del session[session_user.ROW]
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    assert is_out(client)
    assert isinstance(client.get("/").wsgi_request.user, AnonymousUser)


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (PHONE, "Chrome, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Linux"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_browsers_as_their_owners_know_them(agent: str, device: str) -> None:
    assert device_of(agent) == device
