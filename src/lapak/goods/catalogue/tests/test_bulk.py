"""Many products at once."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from lapak.goods.catalogue import bulk
from lapak.goods.catalogue.models import Product, ProductChange, Stock, Variant
from lapak.goods.catalogue.rules import NewVariant
from lapak.goods.catalogue.stock import set_on_hand, shift
from lapak.goods.catalogue.tests.conftest import kemeja
from lapak.people.shops.models import Shop
from lapak.testing.cast import LISTED


def test_any_number_of_products_takes_six_statements(
    shop: Shop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    products = [kemeja(f"Kemeja {n}") for n in range(50)]
    with django_assert_num_queries(6):  # products, variants, stock and its journal, change log, numbers
        bulk.create_products(shop, products, LISTED)
    assert Product.objects.count() == 50
    assert Stock.objects.count() == Variant.objects.count() == 100
    assert set(ProductChange.objects.values_list("product_id", flat=True)) == {product.id for product in products}


def test_only_the_named_fields_change(shop: Shop) -> None:
    one, two = kemeja("Satu"), kemeja("Dua")
    bulk.create_products(shop, [one, two], LISTED)
    bulk.change_products(
        {one.id: {"title": "Kesatu", "length_cm": 30}, two.id: {"attributes": {"Bahan": "Rayon"}, "weight_g": 90}}
    )
    first, second = Product.objects.get(id=one.id), Product.objects.get(id=two.id)
    assert (first.title, first.length_cm, first.weight_g, first.attributes) == ("Kesatu", 30, 250, {})
    assert (second.title, second.length_cm, second.weight_g) == ("Dua", None, 90)
    assert second.attributes == {"Bahan": "Rayon"}
    bulk.change_products({one.id: {"length_cm": None}})
    assert Product.objects.get(id=one.id).length_cm is None


def test_variants_are_added_and_changed(shop: Shop) -> None:
    product = kemeja()
    bulk.create_products(shop, [product], LISTED)
    more = NewVariant(option_values=("XL",), price_idr=130_000, on_hand=2)
    bulk.create_variants(shop, {product.id: (2, [more])}, LISTED)
    bulk.change_variants(None, {more.id: {"price_idr": 135_000, "seller_sku": "KMJ-XL"}, product.variants[0].id: {}})
    labels = [(v.label, v.price_idr, v.seller_sku) for v in Variant.objects.filter(product_id=product.id)]
    assert labels == [("M", 120_000, "KMJ-M"), ("L", 125_000, "KMJ-L"), ("XL", 135_000, "KMJ-XL")]


@pytest.mark.unsound_books
def test_stock_moves_but_never_below_what_buyers_were_promised(shop: Shop) -> None:
    product = kemeja()
    bulk.create_products(shop, [product], LISTED)
    m, l_ = product.variants
    Stock.objects.filter(variant_id=m.id).update(reserved=10)
    shift({m.id: -20, l_.id: 4}, LISTED)
    assert [Stock.objects.get(variant_id=v.id).on_hand for v in (m, l_)] == [10, 9]
    set_on_hand({m.id: 11, l_.id: 0}, LISTED)
    assert [Stock.objects.get(variant_id=v.id).on_hand for v in (m, l_)] == [11, 0]


def test_a_change_carries_the_transaction_that_wrote_it(shop: Shop) -> None:
    bulk.create_products(shop, [kemeja()], LISTED)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_current_xact_id()::text::bigint, pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        )
        own, oldest_open = cursor.fetchone()
    change = ProductChange.objects.get()
    assert change.transaction_id == own
    assert change.transaction_id >= oldest_open  # a follower does not read it yet
