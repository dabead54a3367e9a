"""Two people change one thing: what one of them left as it was shown stays as the other made it."""

import pytest
from django.test import Client

from lapak.goods.catalogue.models import Product
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast
from lapak.testing.crowd import many_products

pytestmark = pytest.mark.django_db

PROFILE = "/sell/batik-sekar/profile"


def shown(seller: Client, path: str) -> dict[str, object]:
    """What the page's form would send if nobody typed anything."""
    page = seller.get(path)
    found: dict[str, object] = {}
    for field in page.context["form"]:
        assert f'name="{field.html_initial_name}"' in page.text
        found |= dict.fromkeys((field.html_name, field.html_initial_name), field.value() or "")
    return found


def test_of_a_product(seller: Client, cast: Cast) -> None:
    product = many_products(cast.shop, 1, variants=2)[0]
    Product.objects.update(option_names=["Ukuran"], description="Adem.\nHalus.", weight_g=1_500, length_cm=None)
    path = f"/sell/batik-sekar/products/{product.id}"
    mine, theirs = shown(seller, path), shown(seller, path)
    seller.post(
        path, theirs | {"description": "Adem, halus.", "option_0": "Berat", "length_cm": "30", "weight_g": "1.600"}
    )
    seller.post(path, mine | {"title": "Sarung Cap"})
    product.refresh_from_db()
    assert (product.title, product.description, product.option_names, product.length_cm, product.weight_g) == (
        "Sarung Cap", "Adem, halus.", ["Berat"], 30, 1_600,
    )  # fmt: skip
    seller.post(path, shown(seller, path) | {"length_cm": "", "description": ""})
    product.refresh_from_db()
    assert (product.title, product.length_cm, product.description) == ("Sarung Cap", None, "")


def test_of_the_shop(seller: Client, cast: Cast) -> None:
    mine, theirs = shown(seller, PROFILE), shown(seller, PROFILE)
    seller.post(PROFILE, theirs | {"description": "Sejak 1987.", "phone": "0812 3456 7890"})
    seller.post(PROFILE, mine | {"name": "Batik Sekar Arum"})
    shop = Shop.objects.get(id=cast.shop.id)
    assert (shop.name, shop.description) == ("Batik Sekar Arum", "Sejak 1987.")
    assert shop.phone.endswith("81234567890")


def test_a_form_that_was_refused_still_says_what_was_shown(seller: Client, cast: Cast) -> None:
    mine = shown(seller, PROFILE) | {"name": "", "city": "Bandung"}
    refused = seller.post(PROFILE, mine)
    Shop.objects.update(description="Sejak 1987.")
    again = {field.html_name: field.value() or "" for field in refused.context["form"]}
    again |= {name: value for name, value in mine.items() if name.startswith("initial-")}
    assert f'name="initial-city" value="{mine["initial-city"]}"' in refused.text
    seller.post(PROFILE, again | {"name": "Batik Sekar"})
    shop = Shop.objects.get(id=cast.shop.id)
    assert (shop.name, shop.city, shop.description) == ("Batik Sekar", "Bandung", "Sejak 1987.")
