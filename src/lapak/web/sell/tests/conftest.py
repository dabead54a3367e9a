"""The seller at the counter: signed in, with a shop and goods."""

from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client
from pytest_django import Settings

from lapak.goods.catalogue.models import Variant
from lapak.moving import uploads
from lapak.moving.models import Upload
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return


@pytest.fixture
def seller(client: Client, cast: Cast) -> Client:
    """The client, signed in as the seller."""
    client.force_login(cast.seller)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def order(cast: Cast, variant: Variant) -> Order:
    """Paid, to be packed."""
    return paid_order(cast, (variant, 1))


@pytest.fixture
def returned(cast: Cast) -> Return:
    """Of another order, and to be answered."""
    return asked_return(cast, delivered_order(cast, (stocked_variant(cast.shop), 1)))


def said(client: Client, path: str) -> str:
    """What the page says after an act, messages included."""
    return client.get(path).text


@pytest.fixture
def own_storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Files and pictures are kept in folders of the test's own."""
    own = FileSystemStorage(location=tmp_path / "private")
    monkeypatch.setattr(uploads, "private_storage", lambda: own)
    monkeypatch.setattr(Upload._meta.get_field("report"), "storage", own)
    settings.MEDIA_ROOT = tmp_path / "media"
