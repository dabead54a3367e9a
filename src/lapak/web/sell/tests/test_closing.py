"""An owner closes the shop; buyers read it wherever they meet the shop."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils.translation import override

from lapak.flows.end_closing import end_closing
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.people.shops.closings import (
    KEPT_AS,
    announce_closing,
    call_off_closing,
    closings_to_end,
    standing_closing,
)
from lapak.people.shops.errors import ClosingBegun
from lapak.testing.cast import Cast
from lapak.testing.pressed import press
from lapak.testing.refused import refused
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/closing"


def written(moment: datetime) -> str:
    return moment.astimezone(clock.WIB).strftime("%Y-%m-%dT%H:%M")


def typed(stop_in: timedelta, ship_in: timedelta) -> dict[str, str]:
    now = clock.now()
    return {"orders_stop_at": written(now + stop_in), "ship_by": written(now + ship_in)}


def test_announced_changed_and_called_off(seller: Client, cast: Cast) -> None:
    press(seller, PAGE, typed(timedelta(days=2), timedelta(days=20)))
    page = said(seller, PAGE)
    assert "Announced." in page
    assert "Orders stop on" in page
    press(seller, PAGE, typed(timedelta(days=3), timedelta(days=20)))
    standing = standing_closing(cast.shop.id)
    assert standing is not None
    assert standing.orders_stop_at - clock.now() > timedelta(days=2)
    seller.post(f"{PAGE}/call-off")
    assert "Called off." in said(seller, PAGE)
    assert standing_closing(cast.shop.id) is None


def test_what_is_refused_stands_beside_its_field(seller: Client, cast: Cast, nothing_written: None) -> None:
    page = press(seller, PAGE, typed(timedelta(days=2), timedelta(days=3)))
    assert page.status_code == 200
    assert "at least 7 days" in page.context["form"].errors["ship_by"][0]


def test_once_orders_have_stopped_nothing_is_offered(seller: Client, cast: Cast) -> None:
    with clock.stopped_at(clock.now() - timedelta(days=1)):
        announce_closing(cast.seller, cast.shop.id, **instants(timedelta(hours=1)))
    page = said(seller, PAGE)
    assert "No more orders since" in page
    assert "orders_stop_at" not in page
    assert "Call it off" not in page


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_closed_shop_says_that_it_does_not_open_again_and_what_does(
    seller: Client, cast: Cast, language: str
) -> None:
    with clock.stopped_at(clock.now() - timedelta(days=40)):
        announce_closing(cast.seller, cast.shop.id, **instants(timedelta(hours=1)))
    for closing in closings_to_end():
        end_closing(closing.id)
    seller.cookies["django_language"] = language
    page = seller.get(PAGE).text
    assert {"id": "tidak dibuka lagi", "en": "It does not open again"}[language] in page
    assert 'href="/sell?new"' in page
    with refused(ClosingBegun) as error:
        call_off_closing(cast.seller, cast.shop.id)
    with override(language):
        assert {"id": "buka toko lain", "en": "open another one"}[language] in str(error.value)


def instants(stop_in: timedelta) -> dict[str, datetime]:
    return {"orders_stop_at": clock.now() + stop_in, "ship_by": clock.now() + timedelta(days=30)}


@pytest.mark.parametrize("language", ["id", "en"])
def test_buyers_read_it_on_the_shop_the_goods_and_in_the_cart(
    client: Client, cast: Cast, variant: Variant, language: str
) -> None:
    client.cookies["django_language"] = language
    client.force_login(cast.buyer)
    client.post("/cart/add", {"variant": variant.id}, headers={"origin": "http://testserver"})
    with clock.stopped_at(clock.now() - timedelta(days=1)):
        announce_closing(cast.seller, cast.shop.id, **instants(timedelta(hours=1)))
    caches["mind"].delete(KEPT_AS)
    stopped = {"id": "Toko ini tidak menerima pesanan lagi sejak", "en": "This shop has taken no more orders since"}
    for address in ("/s/batik-sekar", variant.product.path, "/cart"):
        assert stopped[language] in client.get(address).text, address
    assert "OutOfStock" in client.get(variant.product.path).text
