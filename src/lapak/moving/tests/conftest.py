"""The people of these tests, and where pictures go."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.utils.translation import override
from pytest_django import Settings

from lapak.moving import kept_pictures
from lapak.moving.tests.incomes import Paid
from lapak.moving.tests.moved import Again
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.people.users.models import User


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Where pictures go: a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileSystemStorage:
    """Pictures of products that were left out are kept in a folder of the test's own."""
    own = FileSystemStorage(location=tmp_path / "kept", allow_overwrite=True)
    monkeypatch.setattr(kept_pictures, "private_storage", lambda: own)
    return own


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Messages are compared in the language they are written in."""
    with override("en"):
        yield


@pytest.fixture
def seller(db: None) -> User:
    return User.objects.create_user("sekar@example.com")


@pytest.fixture
def shop(seller: User) -> Shop:
    return open_shop(seller, slug="batik", name="Batik Trusmi Sekar", city="Cirebon", province_code="32")


@pytest.fixture
def moved(seller: User, shop: Shop, tmp_path: Path) -> Again:
    """Moves rows in, as often as the test says."""
    return Again(seller, shop, tmp_path)


@pytest.fixture
def paid(seller: User, shop: Shop, tmp_path: Path) -> Paid:
    return Paid(seller, shop, tmp_path)
