"""The desk opens with a second factor only, and asks for it once more before money moves and people's own things are shown."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, reverse
from pytest_django import Settings

from lapak.people.users.models import User
from lapak.people.users.second_factors import code_by, code_of, forget_second_factors, give_app
from lapak.testing.cast import Cast
from lapak.web.shell.second_factor import PROVEN_S

PASSWORD = "kucing-tidur-siang"
SEND = {"provider": "sandbox"}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Here they are typed often, and nobody guesses them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def operator(cast: Cast) -> User:
    cast.operator.set_password(PASSWORD)
    cast.operator.save()
    return cast.operator


@pytest.fixture
def with_app(operator: User) -> User:
    give_app(operator)
    return operator


def client() -> Client:
    return Client(headers={"accept-language": "en"})


def by_password(operator: User) -> Client:
    browser = client()
    browser.post("/account/sign-in", {"login": operator.email, "password": PASSWORD})
    return browser


def code(operator: User) -> str:
    """Each counts once; here as if half a minute lay between two."""
    cache.clear()
    return str(code_of(operator))


def let_in(operator: User) -> Client:
    browser = by_password(operator)
    browser.post("/account/two-factors/enter", {"code": code(operator)})
    assert browser.get("/staff/").status_code == 200
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/staff/").status_code == 200


def shown_long_ago(browser: Client) -> None:
    session = browser.session
    session[METHODS] = [record | {"at": time.time() - PROVEN_S - 1} for record in session[METHODS]]
    session.save()
    browser.cookies["sessionid"] = session.session_key or ""


def pages() -> Iterator[str]:
    """Every address of the desk that names no thing, and one of each table."""
    for pattern in admin.site.get_urls():
        if isinstance(pattern, URLPattern) and "<" not in str(pattern.pattern) and pattern.name:
            yield f"/staff/{pattern.pattern}"
    for table in admin.site._registry:
        yield reverse(f"admin:{table._meta.app_label}_{table._meta.model_name}_changelist")


def test_without_one_there_is_nothing_but_setting_one_up(operator: User) -> None:
    browser = by_password(operator)
    open_pages = {"/staff/login/", "/staff/logout/", "/staff/password_change/", "/staff/jsi18n/"}
    led_to = {page: browser.get(page).headers.get("Location") for page in set(pages()) - open_pages}
    assert len(led_to) > 50
    assert {page for page, location in led_to.items() if location != "/account/two-factors"} == set()
    assert "The desk opens with a second factor only" in browser.get("/account/two-factors").text


def test_a_newcomer_sets_one_up_and_is_in(operator: User) -> None:
    browser = by_password(operator)
    browser.post("/account/confirm", {"password": PASSWORD, "next": "/account/two-factors/app"})
    page = browser.get("/account/two-factors/app")
    assert "<svg" in page.text
    secret = page.context["form"].secret
    assert secret in page.text
    wrong = browser.post("/account/two-factors/app", {"code": "000000"})
    assert "This is not the code of now" in wrong.text
    assert not Authenticator.objects.exists()
    shown = code_by(secret)
    assert browser.post("/account/two-factors/app", {"code": shown}).headers["Location"] == "/account/two-factors/codes"
    kept = Authenticator.objects.get(user=operator, type="totp").data["secret"]
    assert secret not in kept
    assert not is_in(browser)
    browser.post("/account/two-factors/confirm", {"code": code(operator), "next": "/staff/"})
    assert is_in(browser)


def test_the_password_alone_does_not_sign_in(with_app: User) -> None:
    browser = by_password(with_app)
    assert browser.get("/account").status_code == 302
    assert "Your second factor" in browser.get("/account/two-factors/enter").text
    assert "This is not the code of now" in browser.post("/account/two-factors/enter", {"code": "123"}).text
    assert not is_in(browser)
    browser.post("/account/two-factors/enter", {"code": code(with_app)})
    assert is_in(browser)


def test_a_recovery_code_opens_once(with_app: User) -> None:
    codes = Authenticator.objects.get(user=with_app, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    for opens in (True, False):
        browser = by_password(with_app)
        browser.post("/account/two-factors/enter", {"code": codes[0]})
        assert is_in(browser) is opens


def test_a_session_from_before_is_asked(operator: User) -> None:
    browser = by_password(operator)
    give_app(operator)
    asked = browser.get("/staff/payout-desk")
    assert asked.headers["Location"] == "/account/two-factors/confirm?next=%2Fstaff%2Fpayout-desk"
    assert not is_in(browser)


def test_money_asks_once_more_and_goes_on(with_app: User) -> None:
    browser = let_in(with_app)
    shown_long_ago(browser)
    assert browser.get("/staff/payout-desk").status_code == 200
    asked = browser.post("/staff/payout-desk/send", SEND)
    assert asked.headers["Location"].startswith("/account/two-factors/confirm?next=")
    assert browser.post("/account/confirm", {"password": PASSWORD}).status_code == 302  # no password instead
    assert browser.post("/staff/payout-desk/send", SEND).status_code == 302
    went_on = browser.post("/account/two-factors/confirm", {"code": code(with_app), "next": "/staff/payout-desk/send"})
    assert "Location" not in went_on.headers or went_on.headers["Location"] == "/staff/payout-desk"
    assert not browser.post("/staff/payout-desk/send", SEND).headers.get("Location", "").startswith("/account")


def test_who_somebody_is_asks_once_more(with_app: User, cast: Cast) -> None:
    browser = let_in(with_app)
    page = f"/staff/users/user/{cast.buyer.id}/change/"
    assert browser.get(page).status_code == 200
    shown_long_ago(browser)
    assert browser.get(page).headers["Location"].startswith("/account/two-factors/confirm")


def test_it_is_removed_with_itself_alone(with_app: User) -> None:
    browser = let_in(with_app)
    removing = "/account/two-factors/app/remove"
    assert browser.get(removing).headers["Location"].startswith("/account/two-factors/confirm")
    browser.post("/account/confirm", {"password": PASSWORD, "next": removing})
    browser.post(removing)
    assert Authenticator.objects.filter(user=with_app, type="totp").exists()
    browser.post("/account/two-factors/confirm", {"code": code(with_app), "next": removing})
    browser.post(removing)
    assert not Authenticator.objects.filter(user=with_app).exists()


def test_whoever_lost_everything_begins_anew(with_app: User) -> None:
    browser = let_in(with_app)
    assert forget_second_factors(with_app) == 2
    assert browser.post("/staff/payout-desk/send", SEND).status_code == 302  # signed out
    assert by_password(with_app).get("/staff/").headers["Location"] == "/account/two-factors"


def test_others_may_have_one_too(cast: Cast) -> None:
    cast.buyer.set_password(PASSWORD)
    cast.buyer.save()
    give_app(cast.buyer)
    browser = by_password(cast.buyer)
    assert browser.get("/account").status_code == 302
    browser.post("/account/two-factors/enter", {"code": code(cast.buyer)})
    assert browser.get("/account").status_code == 200
    assert re.search(r"10 are left", browser.get("/account/two-factors").text)


def test_a_code_counts_once_for_as_long_as_it_is_good(with_app: User) -> None:
    """allauth forgets after half a minute that it was used; it is good for three halves."""
    browser, seen = by_password(with_app), code(with_app)
    assert browser.post("/account/two-factors/enter", {"code": seen}).status_code == 302
    cache.delete(f"allauth.mfa.totp.used?user={with_app.pk}&code={seen}")
    assert by_password(with_app).post("/account/two-factors/enter", {"code": seen}).status_code == 200
    spaced = f"{seen[:3]} {seen[3:]}"
    assert by_password(with_app).post("/account/two-factors/enter", {"code": spaced}).status_code == 200
    cache.delete(f"allauth.mfa.totp.used?user={with_app.pk}&code={seen}")
    again = browser.post("/account/two-factors/confirm", {"code": seen})
    assert again.status_code == 200


@pytest.mark.parametrize(
    "page", ["/staff/house-desk/withheld-2026-11.csv", "/staff/payout-desk/01a21f1a-7041-73ee-af3c-fd4b17e02997/file"]
)
def test_files_of_what_people_keep_to_themselves_are_asked_for_once_more(with_app: User, page: str) -> None:
    browser = let_in(with_app)
    assert browser.get(page).status_code in {200, 404}
    shown_long_ago(browser)
    assert browser.get(page).headers["Location"].startswith("/account/two-factors/confirm")
