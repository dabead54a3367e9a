"""The short way to a purchase: it answers what is ordinary as the page would, and leaves the rest to it."""

import asyncio
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from wsgiref.types import WSGIEnvironment

import pytest
from django.conf import settings
from django.test import Client

from lapak.affiliates.models import Commission
from lapak.affiliates.token import make_token
from lapak.flows.place_purchase.lane import Lane
from lapak.goods.catalogue.models import Variant
from lapak.lib.ids import new_id
from lapak.people.users.models import User
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast, link_to
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.trade.orders.models import Purchase
from lapak.web.shop.quick_checkout import place_quickly
from lapak.web.shop.tests.conftest import IN_TIKTOK, OUR_PAGE, PHONE
from lapak.web.shop.tests.test_checkout import form_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(buyer: Client, cast: Cast, variant: Variant) -> dict[str, Any]:
    """What the page that the buyer sees would send."""
    add_to_cart(cart_of_user(cast.buyer), variant.id, 1)
    return form_of(buyer.get("/checkout"))


def request(buyer: Client, form: dict[str, Any], **changes: Any) -> WSGIEnvironment:
    """As the buyer's browser sends it."""
    body = urlencode(form, doseq=True).encode()
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/checkout",
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "testserver",
        "HTTP_ORIGIN": OUR_PAGE,
        "HTTP_USER_AGENT": PHONE,
        "HTTP_COOKIE": "; ".join(f"{name}={morsel.value}" for name, morsel in buyer.cookies.items()),
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    return environ | changes


def answer(environ: WSGIEnvironment) -> dict[str, str] | None:
    async def ask() -> list[tuple[str, str]] | None:
        lane = Lane()
        headers = await place_quickly(lane, environ)
        await lane.close()
        return headers

    headers = asyncio.run(ask())
    return None if headers is None else dict(headers)


def test_an_honest_order(buyer: Client, cast: Cast, variant: Variant) -> None:
    buyer.cookies["lapak_clicks"] = make_token(link_to(cast, variant.product).id, new_id())
    add_to_cart(cart_of_user(cast.buyer), variant.id, 1)
    form = form_of(buyer.get("/checkout"))
    headers = answer(request(buyer, form))
    assert headers is not None
    assert headers["Location"] == f"/pay/{Purchase.objects.get(buyer=cast.buyer).id}"
    assert Commission.objects.get().creator == cast.creator


def test_the_same_headers_as_the_pages(buyer: Client, form: dict[str, Any]) -> None:
    headers = answer(request(buyer, form))
    page = buyer.post("/checkout", form)
    ours_alone = {"Vary", "Content-Language", "Content-Type"}  # of who may keep what, which nobody may
    assert headers == {name: value for name, value in page.headers.items() if name not in ours_alone}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"HTTP_ORIGIN": "https://evil.example"}, id="another site's form"),
        pytest.param({"HTTP_HOST": "evil.example"}, id="another host"),
        pytest.param({"HTTP_USER_AGENT": IN_TIKTOK}, id="a social app's browser"),
        pytest.param({"CONTENT_TYPE": "multipart/form-data; boundary=x"}, id="not the page's form"),
        pytest.param({"HTTP_COOKIE": ""}, id="a visitor"),
    ],
)
def test_left_to_the_page(buyer: Client, form: dict[str, Any], changes: dict[str, str]) -> None:
    before = rows_everywhere()
    assert answer(request(buyer, form, **changes)) is None
    assert rows_everywhere() == before


@pytest.mark.parametrize(
    "changes",
    [{"csrfmiddlewaretoken": "x" * 64}, {"look": "1"}, {"key": "x"}, {"method": "cod"}, {"line": "x"}],
)
def test_forms_left_to_the_page(buyer: Client, form: dict[str, Any], changes: dict[str, str]) -> None:
    before = rows_everywhere()
    assert answer(request(buyer, form | changes)) is None
    assert rows_everywhere() == before


def test_a_changed_price_is_the_pages_to_tell(buyer: Client, variant: Variant, form: dict[str, Any]) -> None:
    Variant.objects.update(price_idr=120_000)
    before = rows_everywhere()
    assert answer(request(buyer, form)) is None
    assert rows_everywhere() == before


def test_a_session_that_another_password_ended(buyer: Client, cast: Cast, form: dict[str, Any]) -> None:
    user = User.objects.get(id=cast.buyer.id)
    user.set_password("another one")
    user.save()
    assert answer(request(buyer, form)) is None
    assert not Purchase.objects.exists()


def test_a_forged_session(buyer: Client, form: dict[str, Any]) -> None:
    name = settings.SESSION_COOKIE_NAME
    buyer.cookies[name] = f"{buyer.cookies[name].value[:-1]}_"
    assert answer(request(buyer, form)) is None
    assert not Purchase.objects.exists()
