"""The receipt of a way back names people and where they live: its buyer, its shop and the operator see it, nobody else."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client
from PIL import Image
from pytest_django import Settings

from lapak.flows.refund_return import approve_return
from lapak.lib.ids import new_id
from lapak.people.shops.commands import open_shop
from lapak.people.users.models import User
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import asked_return, delivered_order
from lapak.testing.refused import refused
from lapak.trade.orders.errors import OrderNotFound
from lapak.trade.returns.errors import ReturnMoved
from lapak.trade.returns.models import Return
from lapak.trade.returns.sending import send_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def private(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Path:
    """Where the receipts are; beside it the public pictures, of which there are none."""
    settings.MEDIA_ROOT = tmp_path / "media"
    own = FileSystemStorage(location=tmp_path / "private")
    monkeypatch.setattr("lapak.trade.returns.sending.private_storage", lambda: own)
    monkeypatch.setattr(Return._meta.get_field("way_back_receipt"), "storage", own)
    return tmp_path


def picture() -> bytes:
    encoded = io.BytesIO()
    Image.new("RGB", (20, 30), "white").save(encoded, "PNG")
    return encoded.getvalue()


@pytest.fixture
def approved(cast: Cast, private: Path) -> Return:
    return_ = asked_return(cast, delivered_order(cast, (stocked_variant(cast.shop), 1)))
    return approve_return(cast.seller, return_.id)


@pytest.fixture
def sent(cast: Cast, approved: Return) -> Return:
    return send_back(cast.buyer, approved.id, "JNE", "JX0001234567", way_back_idr=12_000, receipt=picture())


def asked_by(user: User | None, return_id: object) -> tuple[int, str]:
    client = Client()
    if user:
        client.force_login(user)
    response = client.get(f"/returns/{return_id}/receipt")
    content = b"".join(getattr(response, "streaming_content", [])) if response.status_code == 200 else b""
    if content:
        assert Image.open(io.BytesIO(content)).size == (20, 30)
    return response.status_code, response.get("Cache-Control", "") if content else ""


def test_its_two_sides_and_the_operator_see_it(cast: Cast, sent: Return) -> None:
    for user in (cast.buyer, cast.seller, cast.operator):
        assert asked_by(user, sent.id) == (200, "private, no-store")


def test_nobody_else_does(cast: Cast, sent: Return) -> None:
    other_seller = User.objects.create_user("seller2@example.com", name="Seller Two")
    open_shop(other_seller, slug="kopi-gayo", name="Kopi Gayo", city="Takengon", province_code="11")
    for user in (cast.stranger, cast.creator_user, other_seller):
        assert asked_by(user, sent.id) == (404, "")
    assert asked_by(None, sent.id) == (302, "")


def test_none_where_there_is_none(cast: Cast, approved: Return) -> None:
    assert asked_by(cast.buyer, approved.id) == (404, "")
    assert asked_by(cast.operator, new_id()) == (404, "")


def test_it_lies_under_no_public_address(cast: Cast, sent: Return, private: Path) -> None:
    kept = private / "private" / str(sent.way_back_receipt.name)
    assert kept.exists()
    assert not [path for path in (private / "media").rglob("*") if path.is_file()]
    for address in (f"/media/{sent.way_back_receipt.name}", f"/media/{kept.name}", f"/media/pictures/{kept.name}"):
        assert Client().get(address).status_code == 404


def test_pages_lead_to_it_behind_its_gate(cast: Cast, sent: Return) -> None:
    client = Client()
    client.force_login(cast.buyer)
    assert f'href="/returns/{sent.id}/receipt"' in client.get(f"/returns/{sent.id}").text


def test_a_stranger_s_picture_is_not_kept(cast: Cast, approved: Return, private: Path, nothing_written: None) -> None:
    for user in (cast.stranger, cast.seller):
        with refused(OrderNotFound):
            send_back(user, approved.id, "JNE", "JX0001234567", way_back_idr=12_000, receipt=picture())
    assert not list(private.rglob("receipts/*"))


def test_one_that_is_refused_is_not_kept(cast: Cast, sent: Return, private: Path) -> None:
    before = list(private.rglob("receipts/*"))
    with refused(ReturnMoved):
        send_back(cast.buyer, sent.id, "JNE", "JX0001234567", way_back_idr=12_000, receipt=picture())
    assert list(private.rglob("receipts/*")) == before
