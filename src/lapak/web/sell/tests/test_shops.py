"""The way in: to one's shop, to a choice, or to opening one."""

import pytest
from django.test import Client

from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Member, Shop
from lapak.testing.cast import Cast

NEW = {
    "name": "Kopi Gayo",
    "slug": "kopi-gayo",
    "city": "Kab. Aceh Tengah",
    "province_code": "11",
    "street": "",
    "nib": "",
}


def test_a_seller_of_one_shop_is_led_there(seller: Client, cast: Cast) -> None:
    assert seller.get("/sell")["Location"] == f"/sell/{cast.shop.slug}"


def test_a_seller_of_two_chooses(seller: Client, cast: Cast) -> None:
    open_shop(cast.seller, slug="kopi-gayo", name="Kopi Gayo", city="Takengon", province_code="11")
    page = seller.get("/sell").text
    assert "Batik Sekar" in page
    assert "Kopi Gayo" in page
    assert 'name="slug"' in seller.get("/sell?new").text


def test_a_user_without_a_shop_opens_one(client: Client, cast: Cast) -> None:
    client.force_login(cast.stranger)
    page = client.get("/sell").text
    assert 'name="slug"' in page
    assert "---" not in page
    assert client.post("/sell", {**NEW, "slug": "Kopi-Gayo"})["Location"] == "/sell/kopi-gayo"
    shop = Shop.objects.get(slug="kopi-gayo")
    assert Member.objects.get(shop=shop).user == cast.stranger
    assert shop.province_code == "11"


def test_an_address_is_made_of_the_name(client: Client, cast: Cast) -> None:
    client.force_login(cast.stranger)
    for address in ("kopi-gayo", "kopi-gayo-2", "kopi-gayo-3"):
        assert client.post("/sell?new", {**NEW, "slug": ""})["Location"] == f"/sell/{address}"
    page = client.post("/sell?new", {**NEW, "name": "!!!", "slug": ""}).text
    assert 'name="slug"' in page
    assert Shop.objects.count() == 4


def test_where_parcels_come_from_and_go_back_to(client: Client, cast: Cast) -> None:
    client.force_login(cast.stranger)
    client.post("/sell", {**NEW, "phone": "0813-2000 4512", "postal_code": "24552"})
    shop = Shop.objects.get(name="Kopi Gayo")
    assert (shop.phone, shop.postal_code) == ("081320004512", "24552")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"slug": "batik-sekar"}, "already has this address"),
        ({"slug": "kopi gayo!"}, "Only letters, digits and hyphens"),
        ({"phone": "0812"}, "mobile number"),
        ({"postal_code": "123"}, "five digits"),
        ({"name": ""}, "required"),
        ({"province_code": "99"}, "valid choice"),
        ({"nib": "12"}, "13 digits"),
        ({"name": "x" * 81}, "at most 80"),
    ],
)
def test_a_refused_shop_keeps_what_was_typed(
    client: Client, cast: Cast, changed: dict[str, str], words: str, nothing_written: None
) -> None:
    client.force_login(cast.stranger)
    client.cookies["django_language"] = "en"
    page = client.post("/sell", {**NEW, **changed})
    assert page.status_code == 200
    assert words in page.text
    assert 'value="Kab. Aceh Tengah"' in page.text


def test_a_visitor_signs_in_first(client: Client, db: None) -> None:
    assert client.get("/sell")["Location"] == "/account/sign-in?next=/sell"
