"""Decisions about a shop as its people read them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lapak.goods.catalogue.tests.conftest import picture
from lapak.moderation.deciding import keep_case
from lapak.moderation.models import Case
from lapak.people.shops.rules import Role
from lapak.people.users.models import User
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.moderation import WORDS, goods_taken_down, reported_goods, shop_suspended

pytestmark = pytest.mark.django_db


def test_of_a_report_nothing_is_to_be_read(seller: Client, cast: Cast) -> None:
    case = reported_goods(cast)
    assert "Nothing was decided" in seller.get(f"/sell/{cast.shop.slug}/decisions").text
    assert seller.get(f"/sell/{cast.shop.slug}/decisions/{case.id}").status_code == 404


def test_the_product_says_why_and_cannot_be_put_on_sale(seller: Client, cast: Cast) -> None:
    product = stocked_variant(cast.shop).product
    case = goods_taken_down(cast, product)
    page = seller.get(f"/sell/{cast.shop.slug}/products/{product.id}").text
    assert f"/sell/{cast.shop.slug}/decisions/{case.id}" in page
    assert "/publish" not in page
    assert "taken down" in seller.get(f"/sell/{cast.shop.slug}/products").text.lower()
    seller.post(f"/sell/{cast.shop.slug}/products/{product.id}/publish")
    product.refresh_from_db()
    assert product.status == "archived"


def test_an_owner_objects_and_reads_the_answer(seller: Client, cast: Cast) -> None:
    case = goods_taken_down(cast)
    address = f"/sell/{cast.shop.slug}/decisions/{case.id}"
    assert WORDS in seller.get(address).text
    assert seller.post(f"{address}/object", {"words": ""}).status_code == 200
    shown = SimpleUploadedFile("letter.jpg", picture(), "image/jpeg")
    sent = seller.post(f"{address}/object", {"words": "We have a licence.", "pictures": [shown]})
    assert sent.status_code == 302
    page = seller.get(address).text
    assert "We have a licence." in page
    assert f"/cases/pictures/{Case.objects.get().pictures.get().id}" in page
    keep_case(cast.operator, case.id, "It is of another brand.")
    assert "It is of another brand." in seller.get(address).text


def test_a_colleague_reads_it_and_cannot_object(client: Client, cast: Cast) -> None:
    case = goods_taken_down(cast)
    colleague = User.objects.create_user("admin@example.com", name="Admin")
    cast.shop.members.create(user=colleague, role=Role.ADMIN)
    client.force_login(colleague)
    address = f"/sell/{cast.shop.slug}/decisions/{case.id}"
    assert "<textarea" not in client.get(address).text
    client.post(f"{address}/object", {"words": "We have a licence."})
    assert Case.objects.get().state == "upheld"


def test_another_shop_s_decision_is_not_there(seller: Client, cast: Cast) -> None:
    case = goods_taken_down(cast)
    assert seller.get(f"/sell/another-shop/decisions/{case.id}").status_code == 404


def test_a_suspended_shop_reads_so_first(seller: Client, cast: Cast) -> None:
    shop_suspended(cast)
    assert "Nothing can be ordered from you until" in seller.get(f"/sell/{cast.shop.slug}").text
