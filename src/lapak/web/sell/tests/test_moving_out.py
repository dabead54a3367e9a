"""Moving out on the web: choose, see what is lost, ask, fetch."""

from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lapak.goods.catalogue.models import Product, Variant
from lapak.moving import takeouts
from lapak.moving.formats.outgoing_registry import OUTGOING
from lapak.moving.models import Takeout
from lapak.moving.tests.test_move_out_template import template
from lapak.people.audit.models import Change
from lapak.people.shops.rules import Role
from lapak.testing.cast import Cast
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/move-out"


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = FileSystemStorage(location=tmp_path / "private")
    monkeypatch.setattr(takeouts, "private_storage", lambda: own)
    monkeypatch.setattr(Takeout._meta.get_field("file"), "storage", own)


def test_from_a_format_to_the_file(seller: Client, variant: Variant) -> None:
    assert "None yet" in said(seller, PAGE)
    Product.objects.update(attributes={"Bahan": "Katun"})
    ahead = said(seller, f"{PAGE}?format=shopify")
    assert "Attributes" in ahead
    assert not Takeout.objects.exists()
    waiting = seller.post(PAGE, {"format": "shopify"}, follow=True).text
    assert "being made" in waiting
    assert 'hx-trigger="every 3s"' in waiting
    takeout = Takeout.objects.get()
    takeouts.run_takeout(takeout.id)
    ready = said(seller, PAGE)
    assert "kept until" in ready
    assert "hx-trigger" not in ready
    file = seller.post(f"{PAGE}/{takeout.id}")
    assert file["Content-Disposition"] == 'attachment; filename="batik-sekar-shopify.zip"'
    assert b"".join(file.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]  # a file is streamed
    assert Change.objects.filter(field="fetched").count() == 1


def test_a_format_that_holds_all_says_so(seller: Client, variant: Variant) -> None:
    assert "Nothing of your goods is lost" in said(seller, f"{PAGE}?format=lapak")


def test_only_the_first_of_very_many_are_looked_at(
    seller: Client, variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lapak.web.sell.moving_out.LOOKED_AT", 1)
    assert "The first 1 products were looked at" in said(seller, f"{PAGE}?format=lapak")


def test_an_odd_format_stands_beside_the_field(seller: Client, cast: Cast) -> None:
    assert "field-error" in said(seller, f"{PAGE}?format=myspace")
    assert seller.post(PAGE, {"format": "myspace"}).status_code == 200
    assert not Takeout.objects.exists()


def test_it_is_for_owners(seller: Client, cast: Cast) -> None:
    assert PAGE in said(seller, "/sell/batik-sekar/profile")
    cast.shop.members.update(role=Role.ADMIN)
    assert seller.get(PAGE).status_code == 403
    assert PAGE not in said(seller, "/sell/batik-sekar/profile")


def test_what_is_over_is_said_and_not_fetched(seller: Client, variant: Variant, cast: Cast) -> None:
    takeout = takeouts.ask_for_takeout(cast.seller, cast.shop, "lapak", "en")
    takeouts.end_unforeseen(takeout.id)
    page = said(seller, PAGE)
    assert "Could not be made" in page
    assert "for us to mend" in page
    assert seller.post(f"{PAGE}/{takeout.id}").status_code == 409
    assert not Change.objects.exists()


@pytest.mark.parametrize("platform", OUTGOING)
def test_every_format_can_be_chosen(seller: Client, cast: Cast, platform: str) -> None:
    assert f'value="{platform}"' in said(seller, PAGE)


def test_a_platform_s_own_template_is_asked_for_where_it_takes_nothing_else(
    seller: Client, variant: Variant, tmp_path: Path
) -> None:
    page = said(seller, f"{PAGE}?format=shopee")
    assert 'type="file"' in page
    assert "Download template" in page
    assert 'type="file"' not in said(seller, f"{PAGE}?format=shopify")
    missing = seller.post(PAGE, {"format": "shopee"})
    assert "field-error" in missing.text
    odd = seller.post(PAGE, {"format": "shopee", "template": SimpleUploadedFile("t.xlsx", b"nothing")})
    assert "template.xlsx" in odd.text
    assert not Takeout.objects.exists()
    own = SimpleUploadedFile("t.xlsx", template(tmp_path / "t.xlsx").read_bytes())
    assert "being made" in seller.post(PAGE, {"format": "shopee", "template": own}, follow=True).text


def test_a_template_may_be_given_where_a_new_file_is_made_without(seller: Client, variant: Variant) -> None:
    assert "Without one a new workbook is made" in said(seller, f"{PAGE}?format=tiktok_shop")
    assert "being made" in seller.post(PAGE, {"format": "tiktok_shop"}, follow=True).text
