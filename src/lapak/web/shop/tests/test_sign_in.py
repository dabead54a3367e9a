"""Joining, signing in and out, a forgotten password, a new e-mail: by e-mail only, in both languages."""

import re

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from lapak.flows.tell_people.mail import send_mails
from lapak.people.users.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "sandi-panjang-sari"


@pytest.fixture
def sari() -> User:
    return User.objects.create_user("sari@lapak.test", PASSWORD, name="Sari")


def sent() -> list[EmailMessage]:
    """Every mail so far; a job sends them."""
    send_mails()
    return list(mail.outbox)


def link_in_mail(place: str, to: str = "") -> str:
    """The first link to `place` in the newest message, or the newest `to` them."""
    newest = [message for message in sent() if not to or message.to == [to]][-1]
    found = re.search(rf"https?://[^/\s]+(/account/{place}\S+)", str(newest.body))
    assert found is not None
    return found[1]


def told(page: str, email: str) -> str:
    """What a page says but for the e-mail that was typed and the tokens of its forms."""
    without_tokens = re.sub(r'(csrfmiddlewaretoken" value|nonce|content)="[^"]*"', "", page)
    return without_tokens.replace(email, "…")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account_inactive",
    ],
)
def test_visitors_page_in_both_languages(client: Client, language: str, name: str) -> None:
    client.cookies["django_language"] = language
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize("address", ["/account/email/gone", "/account/password/new/1-gone"])
def test_link_that_no_longer_works_says_so(client: Client, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert 'class="button"' in page.text


@pytest.mark.parametrize("name", ["account_logout", "account_reauthenticate"])
def test_users_page(client: Client, sari: User, name: str) -> None:
    client.post("/account/sign-in", {"login": sari.email, "password": PASSWORD})
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.text.count("<h1") == 1


def test_there_is_no_social_sign_in(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("socialaccount_connections")
    text = client.get("/account/sign-in").text.lower()
    assert not [name for name in ("google", "facebook", "tiktok", "instagram") if name in text]


def test_signing_in_and_out(client: Client, sari: User) -> None:
    answer = client.post("/account/sign-in?next=/help", {"login": sari.email, "password": PASSWORD, "next": "/help"})
    assert answer.headers["Location"] == "/help"
    assert client.get("/account").status_code == 200
    client.post("/account/sign-out")
    assert client.get("/account").status_code == 302


def test_wrong_password_is_explained_and_signs_nobody_in(client: Client, sari: User) -> None:
    page = client.post("/account/sign-in", {"login": sari.email, "password": "salah-sekali"})
    assert 'role="alert"' in page.text
    assert client.get("/account").status_code == 302


def test_closed_user_cannot_sign_in(client: Client, sari: User) -> None:
    User.objects.update(is_active=False)
    client.post("/account/sign-in", {"login": sari.email, "password": PASSWORD})
    assert client.get("/account").status_code == 302


@pytest.mark.parametrize("language", ["id", "en"])
def test_forgotten_password(client: Client, sari: User, language: str) -> None:
    client.cookies["django_language"] = language
    client.post("/account/password/forgotten", {"email": sari.email})
    form = client.get(link_in_mail("password/new/"), follow=True)
    assert form.text.count("<h1") == 1
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "sandi-baru-sekali", "password2": "sandi-baru-sekali"})
    sari.refresh_from_db()
    assert sari.check_password("sandi-baru-sekali")
    assert "/account/password/forgotten" in str(sent()[-1].body)


def test_no_request_waits_for_a_mail_server_and_no_link_leads_elsewhere(
    client: Client, sari: User, settings: Settings
) -> None:
    settings.BASE_URL, settings.ALLOWED_HOSTS = "https://lapak.example", ["*"]
    client.post("/account/password/forgotten", {"email": sari.email}, headers={"host": "evil.example"})
    assert not mail.outbox
    body = str(sent()[-1].body)
    assert "https://lapak.example/account/password/new/" in body
    assert "evil.example" not in body


def test_a_wrong_password_is_answered_alike_whoever_is_known(client: Client, sari: User) -> None:
    known = client.post("/account/sign-in", {"login": sari.email, "password": "salah-sekali"})
    unknown = client.post("/account/sign-in", {"login": "siapa@lapak.test", "password": "salah-sekali"})
    assert told(known.text, sari.email) == told(unknown.text, "siapa@lapak.test")


def test_an_e_mail_of_another_s_is_not_told_to_whoever_changes_to_it(client: Client, sari: User) -> None:
    User.objects.create_user("ibu@lapak.test")
    client.force_login(sari)
    client.post("/account/confirm", {"password": PASSWORD})
    known = client.post("/account/email", {"email": "ibu@lapak.test", "action_add": ""}, follow=True)
    client.post("/account/email", {"email": "ibu@lapak.test", "action_remove": ""}, follow=True)
    unknown = client.post("/account/email", {"email": "siapa@lapak.test", "action_add": ""}, follow=True)
    assert told(known.text, "ibu@lapak.test") == told(unknown.text, "siapa@lapak.test")
    client.post(link_in_mail("email/", to="ibu@lapak.test"))
    sari.refresh_from_db()
    assert sari.email == "sari@lapak.test"


def test_forgotten_password_of_nobody_is_answered_alike(client: Client, sari: User) -> None:
    known = client.post("/account/password/forgotten", {"email": sari.email})
    unknown = client.post("/account/password/forgotten", {"email": "siapa@lapak.test"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert "/account/join" in str(sent()[-1].body)


def test_who_has_no_password_yet_chooses_one_in_our_words(client: Client, sari: User) -> None:
    sari.set_unusable_password()
    sari.save()
    client.force_login(sari)
    page = client.get(reverse("account_set_password")).text
    assert "Kalimat yang hanya terpikir oleh Anda" in page
    assert "placeholder" not in page.split("<main")[1]


def test_password_is_changed_and_the_mailbox_told(client: Client, sari: User) -> None:
    client.force_login(sari)
    changed = {"oldpassword": PASSWORD, "password1": "sandi-baru-sekali", "password2": "sandi-baru-sekali"}
    client.post("/account/password", changed)
    sari.refresh_from_db()
    assert sari.check_password("sandi-baru-sekali")
    assert sent()[-1].to == [sari.email]
    assert client.get("/account").status_code == 200


def test_email_is_changed_once_the_new_mailbox_confirms(client: Client, sari: User) -> None:
    client.force_login(sari)
    client.post("/account/confirm", {"password": PASSWORD})
    client.post("/account/email", {"email": "baru@lapak.test", "action_add": ""})
    sari.refresh_from_db()
    assert sari.email == "sari@lapak.test"
    assert "baru@lapak.test" in client.get("/account/email").text
    confirmation = next(message for message in sent() if message.to == ["baru@lapak.test"])
    found = re.search(r"/account/email/\S+", str(confirmation.body))
    assert found is not None
    assert client.get(found[0]).text.count("<h1") == 1
    client.post(found[0])
    sari.refresh_from_db()
    assert sari.email == "baru@lapak.test"


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password", "account_logout"])
def test_a_way_on_that_is_no_address_leads_nowhere(client: Client, name: str) -> None:
    assert client.post(reverse(name), {"next": "http://["}).status_code in {200, 302}


def test_an_e_mail_longer_than_any_is_told_so(client: Client, nothing_written: None) -> None:
    page = client.post(reverse("account_reset_password"), {"email": "a" * 250 + "@example.com"})
    assert "254" in page.text
