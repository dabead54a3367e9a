"""Many goods changed at once, as the seller's pages do it: without a script."""

import re

import pytest
from django.test import Client

from lapak.goods.catalogue.models import Product, Stock, Variant
from lapak.goods.mass.models import MassChange
from lapak.testing.cast import Cast
from lapak.testing.crowd import many_products
from lapak.testing.forms_on import forms_on
from lapak.testing.refused import contents_of_tables

LIST = "/sell/batik-sekar/products"
CHOOSE = f"{LIST}/many"


def chosen(seller: Client, **posted: object) -> str:
    """The address of the page of what was chosen."""
    return seller.post(CHOOSE, posted)["Location"]


def begin(seller: Client, page: str) -> None:
    """Press the button that the page shows."""
    (form,) = [form for form in forms_on(seller.get(page).text, page) if form.action == f"{page}/begin"]
    seller.post(form.action, form.fields)


def test_ticked_goods_are_told_what_to_do_looked_at_and_done(seller: Client, cast: Cast) -> None:
    goods = many_products(cast.shop, 3)
    Variant.objects.update(price_idr=100_000)
    page = chosen(seller, product=[str(good.id) for good in goods[:2]])
    assert "2 products chosen" in seller.get(page).text
    seller.post(page, {"way": "cheaper", "by_bp": "12,5"})
    planned = seller.get(page).text
    assert "Make 2 products 12.5% cheaper?" in planned
    assert "Rp100.000 → <strong>Rp87.500</strong>" in planned
    assert set(Variant.objects.values_list("price_idr", flat=True)) == {100_000}
    begin(seller, page)
    prices = dict(Variant.objects.values_list("product", "price_idr"))
    assert [prices[good.id] for good in goods] == [87_500, 87_500, 100_000]
    back = seller.post(f"{page}/take-back")["Location"]
    assert "Put 2 products back as they were?" in seller.get(back).text
    begin(seller, back)
    assert set(Variant.objects.values_list("price_idr", flat=True)) == {100_000}
    assert "Put it back as it was" not in seller.get(page).text


def test_all_that_the_list_finds_is_chosen_and_nothing_else(seller: Client, cast: Cast) -> None:
    goods = many_products(cast.shop, 30)
    Product.objects.filter(id__in=[good.id for good in goods[:28]]).update(status="draft")
    assert "Change all 28" in seller.get(LIST, {"status": "draft"}).text
    page = chosen(seller, all="1", status="draft", q="")
    assert "28 products chosen" in seller.get(page).text
    seller.post(page, {"way": "delete"})
    assert "Delete 28 drafts for good?" in seller.get(page).text
    begin(seller, page)
    assert Product.objects.count() == 2


def test_what_was_left_out_is_told_with_its_reason(seller: Client, cast: Cast) -> None:
    goods = many_products(cast.shop, 2)
    Product.objects.update(status="draft")
    page = chosen(seller, all="1", status="draft", act="publish")
    shown = seller.get(page).text
    assert "Nothing would change." in shown
    assert "Left out: no picture." in shown
    assert goods[0].title in shown
    seller.post(page, {"way": "publish"})  # the box is not ticked: all of them
    begin(seller, page)
    assert set(Product.objects.values_list("status", flat=True)) == {"published"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"way": "stock", "on_hand": ""}, "This field is required."),
        ({"way": "cheaper", "by_bp": "81"}, "At most 80%."),
        ({"way": "dearer", "by_bp": ""}, "This field is required."),
        ({"way": "category", "category_id": ""}, "This field is required."),
        ({"way": ""}, "This field is required."),
    ],
)
def test_what_is_missing_is_said_and_nothing_written(
    seller: Client, cast: Cast, typed: dict[str, str], said: str
) -> None:
    many_products(cast.shop, 1)
    page = chosen(seller, all="1")
    before = contents_of_tables()
    assert said in seller.post(page, typed).text
    assert contents_of_tables() == before


def test_a_plan_is_read_whatever_becomes_of_its_goods(seller: Client, cast: Cast) -> None:
    many_products(cast.shop, 2)
    Variant.objects.update(price_idr=100_000)
    page = chosen(seller, all="1")
    seller.post(page, {"way": "cheaper", "by_bp": "50"})
    moved, kept = Variant.objects.order_by("id")
    Variant.objects.filter(id=moved.id).update(price_idr=600)  # Rp300 is asked about alone
    planned = seller.get(page)
    assert planned.status_code == 200
    assert "Rp100.000 → <strong>Rp50.000</strong>" in planned.text
    begin(seller, page)
    assert [Variant.objects.get(id=each.id).price_idr for each in (moved, kept)] == [600, 50_000]
    assert "Rp300? That is very little." in seller.get(page).text


def test_what_has_begun_is_told_nothing_else(seller: Client, cast: Cast) -> None:
    many_products(cast.shop, 1)
    page = chosen(seller, all="1")
    seller.post(page, {"way": "archive"})
    begin(seller, page)
    before = contents_of_tables()
    assert "further along by now" in seller.post(page, {"way": "stock", "on_hand": "7"}).text
    assert contents_of_tables() == before


def test_nothing_ticked_is_told_and_a_list_is_left_as_it_was(seller: Client, cast: Cast) -> None:
    many_products(cast.shop, 1)
    before = MassChange.objects.count()
    assert chosen(seller) == LIST
    assert "Tick the goods" in seller.get(LIST).text
    assert MassChange.objects.count() == before


def test_strangers_and_other_shops_find_nothing(seller: Client, cast: Cast) -> None:
    many_products(cast.shop, 1)
    page = chosen(seller, all="1")
    other = Client()
    other.force_login(cast.stranger)
    assert [other.get(page).status_code, other.post(f"{page}/begin").status_code] == [404, 404]
    assert other.post(CHOOSE, {"all": "1"}).status_code == 404


def test_a_draft_is_deleted_after_a_question(seller: Client, cast: Cast) -> None:
    (product,) = many_products(cast.shop, 1)
    address = f"{LIST}/{product.id}/delete"
    seller.post(address)
    assert "Only drafts can be deleted" in seller.get(LIST).text
    Product.objects.update(status="draft")
    asked = seller.post(address).text
    assert "Delete the draft" in asked
    assert Product.objects.count() == 1
    sure = re.search(r'name="sure" value="([^"]+)"', asked)
    assert sure
    seller.post(address, {"sure": sure[1]})
    assert not Product.objects.exists()
    assert not Stock.objects.exists()
