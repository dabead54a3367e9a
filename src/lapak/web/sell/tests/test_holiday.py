"""The seller says when the shop is away; buyers read it wherever they meet the shop."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.formats import date_format

from lapak.goods.catalogue.models import Variant
from lapak.people.shops.commands import announce_holiday
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/holiday"


def typed(shop: Shop, first: int, last: int, message: str = "") -> dict[str, str]:
    return {
        "first": str(shop.today + timedelta(days=first)),
        "last": str(shop.today + timedelta(days=last)),
        "message": message,
    }


def test_announced_changed_and_taken_back(seller: Client, cast: Cast) -> None:
    assert seller.post(PAGE, typed(cast.shop, 3, 9, "Mudik dulu.")).status_code == 302
    page = said(seller, PAGE)
    assert "Announced." in page
    assert "Holiday from" in page
    assert "Mudik dulu." in page
    assert seller.post(PAGE, typed(cast.shop, 0, 9)).status_code == 302
    for address in (PAGE, "/sell/batik-sekar", "/sell/batik-sekar/profile"):
        assert "On holiday until" in said(seller, address)
    seller.post(PAGE, {"end": "1"})
    assert "The holiday is over." in said(seller, PAGE)
    assert not Shop.objects.get().is_on_holiday


def test_what_is_refused_stands_beside_its_day(seller: Client, cast: Cast, nothing_written: None) -> None:
    page = seller.post(PAGE, typed(cast.shop, 5, 2, "Mudik dulu."))
    assert page.status_code == 200
    assert page.context["form"].errors["last"] == ["The last day is the first or later, and not over."]
    assert "Mudik dulu." in page.text


@pytest.mark.parametrize("language", ["id", "en"])
def test_buyers_read_it_on_the_shop_the_goods_and_in_the_cart(
    client: Client, cast: Cast, variant: Variant, language: str
) -> None:
    today = cast.shop.today
    announce_holiday(cast.seller, cast.shop, first=today, last=today + timedelta(days=5), message="Mudik <dulu>.")
    client.cookies["django_language"] = language
    client.force_login(cast.buyer)
    client.post("/cart/add", {"variant": variant.id}, headers={"origin": "http://testserver"})
    until = {"id": "Toko libur sampai", "en": "The shop is on holiday until"}[language]
    for address in ("/s/batik-sekar", variant.product.path, "/cart"):
        page = client.get(address).text
        assert until in page, address
        assert "Mudik &lt;dulu&gt;." in page
    product = client.get(variant.product.path).text
    assert 'value="cart"' in product
    assert 'value="checkout"' not in product
    assert "https://schema.org/OutOfStock" in product
    assert client.get("/checkout")["Location"] == "/cart"


def test_one_that_is_over_is_not_spoken_of(client: Client, seller: Client, cast: Cast, variant: Variant) -> None:
    Shop.objects.update(
        holiday_first=cast.shop.today - timedelta(days=9),
        holiday_last=cast.shop.today - timedelta(days=1),
        holiday_announced_at=cast.shop.created_at,
    )
    day = date_format(cast.shop.today - timedelta(days=1), "j F Y")
    assert day not in said(seller, PAGE)
    assert "holiday until" not in client.get(variant.product.path).text
    assert 'value="checkout"' in client.get(variant.product.path).text
