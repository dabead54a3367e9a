"""The account page: everything a user may see and change about themselves, and nobody else."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from lapak.people.users.commands import add_bank_account, save_address
from lapak.people.users.models import Address, BankAccount, User
from lapak.people.users.tests.test_addresses import HOME

pytestmark = pytest.mark.django_db

PASSWORD = "sandi-panjang-sari"


@pytest.fixture
def sari(client: Client) -> User:
    user = User.objects.create_user("sari@lapak.test", PASSWORD, name="Sari")
    client.force_login(user)
    return user


@pytest.fixture
def home(sari: User) -> Address:
    return save_address(sari, **HOME)


@pytest.fixture
def stranger(client: Client) -> Client:
    """Signed in, but as someone else."""
    other = Client()
    other.force_login(User.objects.create_user("orang@lapak.test", "sandi-orang-lain"))
    return other


def posted_with_password(client: Client, bank_account: dict[str, str]) -> Any:
    """What the bank account's form comes to, once the password was typed that is asked in between."""
    asked = client.post("/account/bank-accounts/new", bank_account)
    return client.post(
        "/account/confirm", {"password": PASSWORD, "next": parse_qs(urlsplit(asked["Location"]).query)["next"][0]}
    )


def pages(home: Address) -> list[str]:
    return [
        "/account",
        "/account/profile",
        "/account/addresses/new",
        f"/account/addresses/{home.id}",
        f"/account/addresses/{home.id}/remove",
        "/account/bank-accounts/new",
        "/account/email",
        "/account/password",
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_in_both_languages(client: Client, home: Address, language: str) -> None:
    add_bank_account(home.user, bank_code="014", number="0123456789", holder="SARI")
    client.cookies["django_language"] = language
    for address in pages(home):
        page = client.get(address)
        assert (address, page.status_code) == (address, 200)
        assert f'<html lang="{language}">' in page.text
        assert (address, page.text.count("<h1")) == (address, 1)


def test_visitor_is_asked_to_sign_in(home: Address) -> None:
    for address in pages(home):
        answer = Client().get(address)
        assert (address, answer.status_code) == (address, 302)
        assert answer.headers["Location"].startswith("/account/sign-in?next=")


def test_overview_shows_what_is_kept_in_three_queries_and_the_bell(
    client: Client, home: Address, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    add_bank_account(home.user, bank_code="014", number="0123456789", holder="SARI")
    client.cookies["django_language"] = "en"
    client.get("/account")
    with django_assert_num_queries(4):  # type: ignore[operator]  # pytest-django's fixture carries no type here
        text = client.get("/account").text
    assert "Jl. Kenanga 12" in text
    assert "BCA" in text
    assert "6789" in text
    assert "0123456789" not in text
    assert "Not switched on yet" in text  # the second step


def test_name_is_changed(client: Client, sari: User) -> None:
    assert client.post("/account/profile", {"name": "Sari W."}).headers["Location"] == "/account"
    sari.refresh_from_db()
    assert sari.name == "Sari W."


def test_address_is_added_and_leads_back_to_where_it_was_needed(client: Client, sari: User) -> None:
    answer = client.post("/account/addresses/new", {**HOME, "phone": "0812-3456-7890", "next": "/checkout"})
    assert answer.headers["Location"] == "/checkout"
    assert Address.objects.get(user=sari).phone == "081234567890"


def test_next_leads_to_no_other_site(client: Client, sari: User) -> None:
    answer = client.post("/account/addresses/new", {**HOME, "next": "https://evil.test/"})
    assert answer.headers["Location"] == "/account"


def test_address_is_changed_and_removed(client: Client, home: Address) -> None:
    client.post(f"/account/addresses/{home.id}", {**HOME, "city": "Kota Surakarta"})
    home.refresh_from_db()
    assert home.city == "Kota Surakarta"
    client.post(f"/account/addresses/{home.id}/remove")
    assert not Address.objects.exists()


def test_malformed_address_is_shown_again_with_its_error(client: Client, sari: User, nothing_written: None) -> None:
    page = client.post("/account/addresses/new", {**HOME, "postal_code": "57"})
    assert page.status_code == 200
    assert 'id="id_postal_code_error"' in page.text
    assert 'value="Laweyan"' in page.text


def test_full_address_book_is_explained(client: Client, sari: User) -> None:
    Address.objects.bulk_create(Address(user=sari, **HOME) for _ in range(20))
    page = client.post("/account/addresses/new", HOME)
    assert 'role="alert"' in page.text
    assert Address.objects.count() == 20


def test_bank_account_is_added(client: Client, sari: User) -> None:
    posted_with_password(client, {"bank_code": "014", "number": "0123456789", "holder": "SARI"})
    assert BankAccount.objects.get().user == sari


def test_malformed_bank_account_is_shown_again(client: Client, sari: User, nothing_written: None) -> None:
    page = posted_with_password(client, {"bank_code": "999", "number": "1", "holder": "SARI"})
    assert 'id="id_bank_code_error"' in page.text
    assert 'id="id_number_error"' in page.text
    assert 'action="/account/bank-accounts/new"' in page.text


def test_stranger_finds_nothing(home: Address, stranger: Client, nothing_written: None) -> None:
    for address in (f"/account/addresses/{home.id}", f"/account/addresses/{home.id}/remove"):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, HOME).status_code == 404
    assert "Kenanga" not in stranger.get("/account").text
