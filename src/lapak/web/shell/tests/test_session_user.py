"""Who is signed in is asked once in a while, and never answered with what is no longer true for this session."""

import pytest
from django.contrib.auth import update_session_auth_hash
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lapak.people.users.models import User
from lapak.web.shell import session_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer() -> User:
    return User.objects.create_user("buyer@example.com", "batik-untuk-ibu-7")


@pytest.fixture
def signed_in(client: Client, buyer: User) -> Client:
    client.force_login(buyer)
    assert client.get("/account").status_code == 200
    return client


def user_queries(client: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/account")
    return sum('FROM "users_user"' in query["sql"] and 'users_user"."password' in query["sql"] for query in queries)


def test_the_second_request_asks_nothing(signed_in: Client) -> None:
    assert user_queries(signed_in) == 0


def test_a_blocked_user_is_out_after_a_while(signed_in: Client, buyer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    buyer.is_active = False
    buyer.save()
    monkeypatch.setattr(session_user, "REMEMBERED_S", 0)
    assert signed_in.get("/account").status_code == 302


def test_a_new_password_leaves_this_session_signed_in_and_ends_the_others(
    signed_in: Client, buyer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = Client()
    elsewhere.force_login(buyer)
    buyer.set_password("songket-untuk-ayah-8")
    buyer.save()
    request = HttpRequest()
    request.session = signed_in.session
    request.user = buyer
    update_session_auth_hash(request, buyer)
    request.session.save()
    signed_in.cookies["sessionid"] = request.session.session_key or ""
    assert signed_in.get("/account").status_code == 200
    monkeypatch.setattr(session_user, "REMEMBERED_S", 0)
    assert elsewhere.get("/account").status_code == 302


def test_what_one_request_looked_up_through_the_user_is_not_the_next_ones(buyer: User) -> None:
    buyer._state.fields_cache["cart"] = "an old cart"
    assert session_user._apart(buyer)._state.fields_cache == {}
    assert session_user._apart(buyer) == buyer
