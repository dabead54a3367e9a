"""The moderation desk: what waits, what stood there, and what is decided."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.integrity.models import Finding
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.on_sale import on_sale
from lapak.lib import clock
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.moderation import (
    DECISION,
    goods_taken_down,
    objected_case,
    reported_creator,
    reported_goods,
    reported_shop,
)

pytestmark = pytest.mark.django_db

DESK = "/staff/moderation-desk"


def test_what_waits_stands_there_with_its_age(operator: Client, cast: Cast) -> None:
    assert "Nothing is reported" in operator.get(DESK).text
    with clock.stopped_at(clock.now() - timedelta(days=3)):
        case = reported_goods(cast)
    page = operator.get(DESK).text
    assert case.title in page
    assert "3\xa0days" in page
    assert "Decide what is reported" in operator.get("/staff/").text


def test_a_case_shows_what_stood_there(operator: Client, cast: Cast) -> None:
    product = stocked_variant(cast.shop).product
    Product.objects.filter(id=product.id).update(description="Genuine, honestly.")
    case = reported_goods(cast, product)
    Product.objects.filter(id=product.id).update(description="Something else.")
    page = operator.get(f"{DESK}/{case.id}").text
    assert "Genuine, honestly." in page
    assert "Something else." not in page


def test_goods_are_taken_down_and_put_up_again(operator: Client, cast: Cast) -> None:
    case = reported_goods(cast)
    assert operator.post(f"{DESK}/{case.id}/take-down", {**DECISION, "rule": ""}).status_code == 200
    assert operator.post(f"{DESK}/{case.id}/take-down", DECISION).status_code == 302
    assert case.product_id
    assert not on_sale().filter(id=case.product_id).exists()
    assert operator.post(f"{DESK}/{case.id}/lift", {"words": "It is real."}).status_code == 302
    assert on_sale().filter(id=case.product_id).exists()


def test_a_shop_is_suspended(operator: Client, cast: Cast) -> None:
    case = reported_shop(cast)
    assert operator.post(f"{DESK}/{case.id}/suspend", DECISION).status_code == 200, "until when?"
    typed = {**DECISION, "last_day": str(clock.today() + timedelta(days=7))}
    assert operator.post(f"{DESK}/{case.id}/suspend", typed).status_code == 302
    assert Shop.objects.get(id=cast.shop.id).is_suspended


def test_a_creators_page_is_hidden(operator: Client, cast: Cast) -> None:
    case = reported_creator(cast)
    typed = {"ground": "misleading", "words": "It promises what is not so."}
    assert operator.post(f"{DESK}/{case.id}/hide", typed).status_code == 302
    assert f"/staff/integrity-desk/{Finding.objects.get().id}" in operator.get(f"{DESK}/{case.id}").text


def test_an_objection_is_for_another_operator(operator: Client, cast: Cast) -> None:
    case = objected_case(cast)
    page = operator.get(f"{DESK}/{case.id}").text
    assert "We have a licence." in page
    assert case.decided_by
    operator.force_login(case.decided_by)
    assert f"{DESK}/{case.id}/keep" not in operator.get(f"{DESK}/{case.id}").text


def test_nobody_else_comes_in(client: Client, cast: Cast) -> None:
    case = goods_taken_down(cast)
    client.force_login(cast.seller)
    assert client.get(f"{DESK}/{case.id}").status_code in {302, 404}
