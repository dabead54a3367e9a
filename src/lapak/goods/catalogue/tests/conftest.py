"""The people and goods these tests are about."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from pytest_django import Settings

from lapak.goods.catalogue.commands import create_product
from lapak.goods.catalogue.models import Product, StoredImage
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.people.users.models import User


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Where pictures go: a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def seller(db: None) -> User:
    return User.objects.create_user("sekar@example.com")


@pytest.fixture
def stranger(db: None) -> User:
    user = User.objects.create_user("stranger@example.com")
    open_shop(user, slug="lain", name="Toko Lain", city="Solo", province_code="33")
    return user


@pytest.fixture
def shop(seller: User) -> Shop:
    return open_shop(seller, slug="batik", name="Batik Trusmi", city="Cirebon", province_code="32")


@pytest.fixture
def product(seller: User, shop: Shop) -> Product:
    return create_product(seller, shop, kemeja())


def kemeja(title: str = "Kemeja Batik Mega Mendung", status: str = "published") -> NewProduct:
    """A shirt in two sizes: 25 pieces of M at Rp120.000, 5 of L at Rp125.000."""
    return NewProduct(
        title=title,
        weight_g=250,
        description="Katun prima.",
        status=status,
        option_names=("Ukuran",),
        variants=(
            NewVariant(option_values=("M",), price_idr=120_000, on_hand=25, seller_sku="KMJ-M"),
            NewVariant(option_values=("L",), price_idr=125_000, on_hand=5, seller_sku="KMJ-L"),
        ),
    )


def picture(kind: str = "JPEG", size: tuple[int, int] = (800, 600), colour: str = "maroon") -> bytes:
    """A picture's bytes."""
    encoded = io.BytesIO()
    Image.new("RGB", size, colour).save(encoded, kind)
    return encoded.getvalue()


def names_of(stored: StoredImage) -> list[str]:
    """The files of a picture: as large as it came, and in the sizes shown."""
    return [str(stored.file.name), *(size.name for size in stored.renditions)]


def furthest(one: Image.Image, other: Image.Image) -> int:
    """The largest difference between two pictures in any pixel's colour, of 255."""
    bands = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).split()
    return max(level for band in bands for level, count in enumerate(band.histogram()) if count)
