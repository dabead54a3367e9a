"""An unlocked phone is not enough to lead money elsewhere: the password is asked first, and nothing typed is lost."""

from collections.abc import Callable

import pytest
from django.test import Client

from lapak.people.users.commands import add_bank_account
from lapak.people.users.models import BankAccount, User
from lapak.people.users.sessions import begin_session
from lapak.testing.cast import Cast
from lapak.testing.refused import contents_of_tables

PASSWORD = "kucing-tidur-siang"

Act = tuple[User, str, dict[str, object]]


def the_shop_s_account(cast: Cast) -> Act:
    return cast.seller, f"/sell/{cast.shop.slug}/balance/bank-account", {"account": another_account(cast.seller)}


def the_creator_s_account(cast: Cast) -> Act:
    return cast.creator_user, "/create/balance/bank-account", {"account": another_account(cast.creator_user)}


def one_s_own_account(cast: Cast) -> Act:
    return cast.buyer, "/account/bank-accounts/new", {"bank_code": "008", "number": "55566677", "holder": "BUYER"}


def one_s_e_mail(cast: Cast) -> Act:
    return cast.buyer, "/account/email", {"email": "thief@example.com", "action_add": ""}


def who_else_owns_the_shop(cast: Cast) -> Act:
    return cast.seller, f"/sell/{cast.shop.slug}/team/invite", {"email": cast.stranger.email, "role": "owner"}


def where_else_one_is_signed_in(cast: Cast) -> Act:
    begin_session(cast.buyer, device="Elsewhere")
    return cast.buyer, "/account/sessions/end-others", {}


def another_account(user: User) -> object:
    return add_bank_account(user, bank_code="008", number="55566677", holder="SEKAR").id


def contents() -> dict[str, int]:
    """Of every table but the counters of wrong passwords."""
    return {table: number for table, number in contents_of_tables().items() if table != "django_cache"}


ACTS = [
    the_shop_s_account,
    the_creator_s_account,
    one_s_own_account,
    one_s_e_mail,
    who_else_owns_the_shop,
    where_else_one_is_signed_in,
]


@pytest.fixture(params=ACTS)
def act(request: pytest.FixtureRequest, client: Client, cast: Cast) -> Act:
    make: Callable[[Cast], Act] = request.param
    user, path, fields = make(cast)
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    client.cookies["django_language"] = "id"
    return user, path, fields


def test_it_is_done_only_with_the_password(client: Client, act: Act) -> None:
    _, path, fields = act
    assert client.get(path, follow=True).status_code == 200
    before = contents()
    asked = client.post(path, fields)
    assert asked.headers["Location"] == f"/account/confirm?next={path.replace('/', '%2F')}"
    wrong = client.post("/account/confirm", {"password": "salah", "next": path})
    assert "Ini bukan kata sandi Anda" in wrong.text
    assert contents() == before
    client.post("/account/confirm", {"password": PASSWORD, "next": path})
    assert contents() != before


def test_it_is_asked_once_in_a_while(client: Client, cast: Cast) -> None:
    cast.seller.set_password(PASSWORD)
    cast.seller.save()
    client.force_login(cast.seller)
    client.post("/account/confirm", {"password": PASSWORD, "next": "/account"})
    account = {"bank_code": "008", "number": "55566677", "holder": "SEKAR"}
    assert client.post("/account/bank-accounts/new", account).headers["Location"] == "/account"
    assert BankAccount.objects.filter(user=cast.seller, number="55566677").exists()
