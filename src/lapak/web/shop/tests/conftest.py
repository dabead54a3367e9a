"""The people, goods and browsers of these tests."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from lapak.goods.catalogue.models import Product, ProductImage, StoredImage, Variant
from lapak.goods.catalogue.stock import stock_new_variants
from lapak.goods.search import reader
from lapak.goods.search.follow import rebuild
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.cast import LISTED, Cast
from lapak.trade.orders.models import Cart, CartLine

PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
IN_TIKTOK = f"{PHONE} musical_ly_2023109030 BytedanceWebview/d8a21c6"
OUR_PAGE = "http://testserver"
"""The `Origin` that a form on one of our pages is sent with."""

ATTACK = "<script>alert(1)</script>"

PASSWORD = "kucing-tidur-siang"
"""Of Sari."""


@pytest.fixture
def visitor() -> Client:
    return browser()


@pytest.fixture
def buyer(cast: Cast) -> Client:
    client = browser()
    client.force_login(cast.buyer)
    return client


@pytest.fixture
def stranger(cast: Cast) -> Client:
    """Signed in, but as someone else."""
    client = browser()
    client.force_login(cast.stranger)
    return client


@pytest.fixture(autouse=True)
def search_index(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """An index of the test's own, not built yet; calling it builds it from the goods there are."""
    settings.SEARCH_INDEX = tmp_path / "search"
    monkeypatch.setattr(reader, "LOOK_EVERY_S", 0)
    return rebuild


def browser(user_agent: str = PHONE) -> Client:
    """A browser that sends what browsers send, of someone who reads English as these tests do."""
    return Client(headers={"user-agent": user_agent, "origin": OUR_PAGE, "accept-language": "en"})


def two_sizes(shop: Shop) -> tuple[Variant, Variant]:
    """A sarong with the sizes M (Rp80.000, 5 pieces) and L (Rp95.000, sold out)."""
    product = Product.objects.create(
        shop=shop,
        title="Sarung Tenun",
        slug="sarung-tenun",
        status=Product.Status.PUBLISHED,
        weight_g=400,
        option_names=["Ukuran"],
        attributes={"Bahan": "Katun"},
    )
    medium = Variant.objects.create(product=product, price_idr=80_000, option_values=["M"], position=0)
    large = Variant.objects.create(product=product, price_idr=95_000, option_values=["L"], position=1)
    stock_new_variants(product.shop_id, {medium.id: 5, large.id: 0}, LISTED)
    return medium, large


def fill(cart: Cart, variants: Iterable[Variant]) -> None:
    """One of each lies in the cart, at today's price."""
    CartLine.objects.bulk_create(
        CartLine(cart=cart, variant=variant, quantity=1, price_idr=variant.price_idr) for variant in variants
    )


def many_products(shop: Shop, count: int) -> list[Product]:
    """So many products of one variant each, with stock and a picture."""
    drawing = {"file": "images/00/a.jpg", "width_px": 800, "height_px": 600}
    image, _ = StoredImage.objects.get_or_create(sha256="0" * 64, defaults=drawing | {"size_bytes": 1})
    products = Product.objects.bulk_create(
        Product(shop=shop, title=f"Batik {n}", slug=f"batik-{n}", status=Product.Status.PUBLISHED, weight_g=300)
        for n in range(count)
    )
    variants = Variant.objects.bulk_create(
        Variant(product=product, price_idr=10_000 + n) for n, product in enumerate(products)
    )
    stock_new_variants(shop.id, {variant.id: 10 for variant in variants}, LISTED)
    ProductImage.objects.bulk_create(ProductImage(product=product, image=image, position=0) for product in products)
    return products


@pytest.fixture
def quick_passwords(settings: Settings) -> None:
    """Where they are typed often, and nobody guesses them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def sari(cast: Cast) -> User:
    """The buyer, who signs in with a password."""
    cast.buyer.set_password(PASSWORD)
    cast.buyer.save()
    return cast.buyer
