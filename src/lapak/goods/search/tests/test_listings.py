"""Which products are listed, and what the index is told about them."""

import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from lapak.goods.catalogue.models import Category, Product, Stock, Variant
from lapak.goods.catalogue.stock import Cause, Reason, put_back, stock_new_variants, take_from_shelf
from lapak.goods.search import listings
from lapak.goods.search.listings import Listing, all_listings, listings_of
from lapak.people.shops.models import Shop
from lapak.testing.cast import LISTED, assemble_cast, stocked_variant

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]


@pytest.fixture
def shop() -> Shop:
    return assemble_cast().shop


@pytest.fixture
def product(shop: Shop) -> Product:
    """A shirt in two active variants, one sold out, and one that is no longer sold."""
    product = stocked_variant(shop, price_idr=120_000, on_hand=0).product
    Product.objects.filter(id=product.id).update(
        brand="Sekar",
        attributes={"Bahan": "Katun"},
        option_names=["Warna", "Ukuran"],
        category=Category.objects.get(code="fashion.batik.kemeja-batik"),
    )
    Variant.objects.filter(product=product).update(option_values=["Merah", "XL"])
    large = Variant.objects.create(product=product, price_idr=125_000, option_values=["Merah", "L"])
    stock_new_variants(shop.id, {large.id: 3}, LISTED)
    Variant.objects.create(product=product, price_idr=1_000, option_values=["Ungu", "S"], is_active=False)
    return product


def listed(product: Product) -> Listing | None:
    found = listings_of([product.id])
    return found[0] if found else None


def test_a_listing_says_all_a_buyer_may_look_for(product: Product) -> None:
    product.refresh_from_db()
    assert listed(product) == Listing(
        id=product.id,
        shop_id=product.shop_id,
        title=product.title,
        details="Sekar Fashion Fashion Batik & Tenun Batik & Woven Textiles Kemeja Batik Batik Shirts Katun Merah XL L",
        category_code="fashion.batik.kemeja-batik",
        price_idr=120_000,
        in_stock=True,
        created_at=product.created_at,
    )


def test_a_listing_is_found_by_what_its_old_platform_filed_it_under(product: Product) -> None:
    Product.objects.filter(id=product.id).update(source_category="Fashion Muslim/Atasan Pria", category=None, brand="")
    said = listed(product)
    assert said is not None
    assert said.details == "Fashion Muslim/Atasan Pria Katun Merah XL L"
    assert said.category_code == ""


def test_a_listing_knows_what_was_sold_here_and_before(product: Product, shop: Shop) -> None:
    large = Stock.objects.get(variant__price_idr=125_000)
    Stock.objects.filter(variant=large.variant_id).update(reserved=2)
    take_from_shelf({large.variant_id: 2}, Cause(Reason.SHIPPED))
    Product.objects.filter(id=product.id).update(sold_before={"TikTok Shop": 1_200, "Shopee": 30})
    found = listed(product)
    assert found is not None
    assert (found.sold_here, found.sold_before) == (2, 1_230)
    put_back({large.variant_id: 1}, Cause(Reason.RETURNED))
    found = listed(product)
    assert found is not None
    assert found.sold_here == 1


def test_what_is_promised_to_buyers_is_not_in_stock(product: Product) -> None:
    Stock.objects.filter(variant__price_idr=125_000).update(reserved=3)
    found = listed(product)
    assert found is not None
    assert not found.in_stock


def test_a_product_without_a_category_is_listed(shop: Shop) -> None:
    found = listed(stocked_variant(shop).product)
    assert found is not None
    assert (found.category_code, found.details.strip()) == ("", "")


@pytest.mark.parametrize("status", [Product.Status.DRAFT, Product.Status.ARCHIVED])
def test_only_published_products_are_listed(product: Product, status: str) -> None:
    Product.objects.filter(id=product.id).update(status=status)
    assert listed(product) is None


def test_nothing_of_a_closed_shop_and_nothing_without_a_variant_to_buy_is_listed(product: Product, shop: Shop) -> None:
    Shop.objects.filter(id=shop.id).update(is_open=False)
    assert listed(product) is None
    Shop.objects.filter(id=shop.id).update(is_open=True)
    Variant.objects.filter(product=product).update(is_active=False)
    assert listed(product) is None


def test_all_are_read_in_batches_each_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(listings, "BATCH", 3)
    products = {stocked_variant(shop).product.id for _ in range(7)}
    with django_assert_num_queries(10):  # three batches, and the look that finds no fourth
        batches = list(all_listings())
    assert [len(batch) for batch in batches] == [3, 3, 1]
    assert {known.id for batch in batches for known in batch} == products
    with django_assert_num_queries(2):
        assert len(listings_of([*products, uuid.uuid4()])) == 7
