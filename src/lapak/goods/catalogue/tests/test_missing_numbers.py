"""Goods of a category that asks for a number: put on sale with it alone, and what lacks it has a term."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from lapak.goods.catalogue import bulk
from lapak.goods.catalogue.commands import (
    archive_product,
    change_product,
    create_product,
    end_term_of_number,
    file_product,
    publish_product,
)
from lapak.goods.catalogue.errors import ListingRefused, NumbersMissing
from lapak.goods.catalogue.models import Category, MissingNumber, Product
from lapak.goods.catalogue.numbering import ids_without_number, look_at_all_numbers, products_past_term
from lapak.goods.catalogue.rules import NewProduct, NewVariant, ProductFields
from lapak.goods.catalogue.stock import Cause, Reason
from lapak.lib import clock
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db
NUMBERS = {"P-IRT": "2053201010123-28", "Halal": "ID32110000112340821"}
NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
DAY = timedelta(days=1)
MOVED_IN = Cause(Reason.MOVED_IN, None)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


def coffee(status: str = "draft", **attributes: str) -> NewProduct:
    return NewProduct(
        title="Kopi Gayo", weight_g=250, category_id=Category.objects.get(code="makanan.kopi").id, status=status,
        attributes=attributes, variants=(NewVariant(price_idr=90_000, on_hand=5),),
    )  # fmt: skip


def moved_in(shop: Shop, *products: NewProduct) -> list[UUID]:
    bulk.create_products(shop, products, MOVED_IN)
    return [product.id for product in products]


def fields_of(product: Product, **changed: object) -> ProductFields:
    fields = {
        "title": product.title, "weight_g": 250, "category_id": product.category_id, "attributes": product.attributes
    }  # fmt: skip
    return ProductFields(**{**fields, **changed})


def test_without_its_numbers_it_stays_a_draft(seller: User, shop: Shop) -> None:
    product = create_product(seller, shop, coffee())
    with refused(NumbersMissing):
        publish_product(seller, product.id)
    change_product(seller, product.id, fields_of(product, attributes=NUMBERS))
    assert publish_product(seller, product.id).status == Product.Status.PUBLISHED
    assert not MissingNumber.objects.exists()


def test_it_is_not_made_on_sale_without(seller: User, shop: Shop) -> None:
    with refused(NumbersMissing):
        create_product(seller, shop, coffee("published"))
    with refused(ListingRefused):
        create_product(seller, shop, coffee(BPOM="punya"))
    assert create_product(seller, shop, coffee("published", **NUMBERS)).status == Product.Status.PUBLISHED


def test_what_is_on_sale_neither_loses_its_number_nor_goes_where_it_needs_one(seller: User, shop: Shop) -> None:
    product = create_product(seller, shop, coffee("published", **NUMBERS))
    with refused(NumbersMissing):
        change_product(seller, product.id, fields_of(product, attributes={}))
    category_id = Category.objects.get(code="kecantikan.wajah").id
    with refused(NumbersMissing):
        file_product(seller, product.id, category_id)
    archive_product(seller, product.id)
    assert file_product(seller, product.id, category_id).category_id == category_id


def test_what_comes_in_without_is_on_sale_for_a_month_and_may_be_changed(seller: User, shop: Shop) -> None:
    (id_,) = moved_in(shop, coffee("published"))
    missing = MissingNumber.objects.get()
    assert (missing.product_id, missing.due_at) == (id_, datetime(2026, 12, 28, tzinfo=clock.WIB))
    change_product(seller, id_, fields_of(Product.objects.get(), title="Kopi Gayo Asli"))
    with clock.stopped_at(missing.due_at - timedelta(minutes=1)):
        assert not products_past_term().exists()
    with clock.stopped_at(missing.due_at):
        end_term_of_number(id_)
        assert Product.objects.get().status == Product.Status.ARCHIVED
        assert not products_past_term().exists()
        with refused(NumbersMissing):
            publish_product(seller, id_)
        change_product(seller, id_, fields_of(Product.objects.get(), attributes=NUMBERS))
        publish_product(seller, id_)
    assert not MissingNumber.objects.exists()


def test_its_time_is_not_given_twice(shop: Shop) -> None:
    (id_,) = moved_in(shop, coffee("published"))
    due_at = MissingNumber.objects.get().due_at
    with clock.stopped_at(due_at):
        end_term_of_number(id_)
        bulk.change_products({id_: {"status": "published"}})
        assert MissingNumber.objects.get().due_at == due_at
        assert list(products_past_term().values_list("product_id", flat=True)) == [id_]


def test_a_term_ends_with_the_number_or_too_early_without_harm(shop: Shop) -> None:
    one, other = moved_in(shop, coffee("published"), coffee("published"))
    end_term_of_number(one)
    bulk.change_products({other: {"attributes": NUMBERS}})
    with clock.stopped_at(NOW + 60 * DAY):
        end_term_of_number(other)
    assert set(Product.objects.values_list("status", flat=True)) == {Product.Status.PUBLISHED}
    assert list(ids_without_number(shop)) == [one]


def test_a_demand_that_begins_is_seen_that_night(shop: Shop) -> None:
    with clock.stopped_at(datetime(2026, 10, 16, 3, tzinfo=UTC)):
        moved_in(shop, coffee("published", **{"P-IRT": NUMBERS["P-IRT"]}))
        look_at_all_numbers()
        assert not MissingNumber.objects.exists()
    with clock.stopped_at(datetime(2026, 10, 16, 17, 10, tzinfo=UTC)):
        assert look_at_all_numbers() == 1
        assert MissingNumber.objects.get().due_at == datetime(2026, 11, 16, tzinfo=clock.WIB)


def test_a_draft_and_goods_of_no_category_have_no_term(shop: Shop) -> None:
    moved_in(shop, coffee(), NewProduct(title="Apa", weight_g=1, status="published", variants=coffee().variants))
    assert not MissingNumber.objects.exists()


def test_many_cost_as_many_statements_as_few(shop: Shop, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    goods = [coffee("published") for _ in range(60)]
    with django_assert_num_queries(8):
        bulk.create_products(shop, goods, MOVED_IN)
    assert MissingNumber.objects.count() == 60
