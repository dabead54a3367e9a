"""A purchase that was answered is stored, whatever becomes of the server at that very moment; and nothing is half stored."""

import http.client
import os
import signal
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from pytest_django import DjangoDbBlocker

from lapak.goods.catalogue.models import Variant
from lapak.lib.ids import new_id
from lapak.people.users.models import Address, User
from lapak.testing.books import check_books
from lapak.testing.cast import Cast, assemble_cast, stocked_variant
from lapak.testing.stage import Stage, throwaway_stage
from lapak.trade.orders.models import Purchase
from lapak.web.shell.session_user import signed_session
from tests.crash.test_clicks_survive_sigterm import HOST, PATIENCE_S, running_server, wait_until

pytestmark = pytest.mark.long

BUYERS = 400
AT_ONCE = 8
CSRF = "c" * 32


@pytest.fixture(scope="module")
def stage(django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), throwaway_stage() as stage:
        yield stage


@pytest.fixture(scope="module")
def goods(stage: Stage) -> tuple[Cast, Variant]:
    cast = assemble_cast()
    return cast, stocked_variant(cast.shop, on_hand=10_000)


@pytest.mark.parametrize(
    ("end", "code"),
    [
        pytest.param(lambda server: os.kill(server, signal.SIGTERM), 0, id="SIGTERM"),
        pytest.param(lambda server: os.killpg(server, signal.SIGKILL), -signal.SIGKILL, id="SIGKILL"),
    ],
)
def test_every_answered_purchase_is_stored(
    stage: Stage, goods: tuple[Cast, Variant], end: Callable[[int], None], code: int
) -> None:
    placed: list[uuid.UUID] = []
    requests = iter([order_of_new_buyer(*goods) for _ in range(BUYERS)])
    with running_server(stage) as (server, port):
        buyers = [threading.Thread(target=order_until_refused, args=(port, requests, placed)) for _ in range(AT_ONCE)]
        for buyer in buyers:
            buyer.start()
        wait_until(lambda: len(placed) > 100)
        end(server.pid)
        for buyer in buyers:
            buyer.join(timeout=PATIENCE_S)
        assert server.wait(timeout=PATIENCE_S) == code
    assert len(placed) < BUYERS
    assert set(placed) <= set(Purchase.objects.values_list("id", flat=True))
    check_books()


def order_of_new_buyer(cast: Cast, variant: Variant) -> tuple[str, dict[str, str]]:
    """The form and the headers with which a buyer, signed in and confirmed, orders one piece."""
    user = User(email=f"{new_id()}@example.com", name="Buyer", password="!")
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    address = Address.objects.get(id=cast.address.id)
    address.pk, address.user = new_id(), user
    address.save(force_insert=True)
    form = {
        "csrfmiddlewaretoken": CSRF,
        "key": str(new_id()),
        "address": str(address.pk),
        "line": f"{variant.id}:1:{variant.price_idr}:{cast.shop.id}",
        f"service.{cast.shop.id}": "jne-reg:15000",
    }
    cookies = f"{settings.SESSION_COOKIE_NAME}={signed_session(user).session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    return urlencode(form), {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}


def order_until_refused(port: int, requests: Iterator[tuple[str, dict[str, str]]], placed: list[uuid.UUID]) -> None:
    """Order again and again on a kept connection; keep what each answer that came back whole says was placed."""
    with closing(http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S)) as connection:
        for form, headers in requests:
            try:
                connection.request("POST", "/checkout", form, headers)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                return
            assert answer.status == 303
            placed.append(uuid.UUID(answer.headers["Location"].removeprefix("/pay/")))
