"""What a seller's list needs: the one variant of a simple product, what runs out, and the seller's own numbers."""

import pytest

from lapak.goods.catalogue.commands import create_product, set_seller_sku
from lapak.goods.catalogue.errors import ListingRefused, ProductNotFound
from lapak.goods.catalogue.models import Product, Stock, Variant
from lapak.goods.catalogue.queries import sole_variants, variant_of_shop, variants_running_out
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.cast import leave_on_shelf
from lapak.testing.refused import refused


@pytest.fixture
def simple(seller: User, shop: Shop) -> Product:
    only = NewVariant(price_idr=50_000, on_hand=2)
    return create_product(seller, shop, NewProduct(title="Sarung", weight_g=300, status="published", variants=(only,)))


@pytest.fixture
def in_two_sizes(seller: User, shop: Shop) -> Product:
    sizes = tuple(NewVariant(price_idr=90_000, on_hand=50, option_values=(size,)) for size in ("M", "L"))
    product = NewProduct(title="Kemeja", weight_g=300, status="published", option_names=("Ukuran",), variants=sizes)
    return create_product(seller, shop, product)


def test_sole_variants_are_those_of_simple_products(simple: Product, in_two_sizes: Product) -> None:
    assert set(sole_variants([simple.id, in_two_sizes.id])) == {simple.id}
    Variant.objects.filter(product=in_two_sizes, option_values=["L"]).update(is_active=False)
    assert sole_variants([in_two_sizes.id])[in_two_sizes.id].option_values == ["M"]


@pytest.mark.unsound_books  # pieces promised to no order
def test_what_runs_out_is_on_sale_and_scarce(shop: Shop, simple: Product, in_two_sizes: Product) -> None:
    assert [variant.product_id for variant in variants_running_out(shop, 5)] == [simple.id]
    for variant in in_two_sizes.variants.all():
        leave_on_shelf(variant, 9)
    Stock.objects.filter(variant__product=in_two_sizes).update(reserved=9)
    assert variants_running_out(shop, 5)[0].product_id == in_two_sizes.id  # promised pieces are not there to be sold
    Product.objects.update(status=Product.Status.ARCHIVED)
    assert not variants_running_out(shop, 5)


def test_a_variant_of_another_shop_is_not_found(shop: Shop, simple: Product, stranger: User) -> None:
    variant = simple.variants.get()
    assert variant_of_shop(shop, variant.id) == variant
    with refused(ProductNotFound):
        variant_of_shop(Shop.objects.get(slug="lain"), variant.id)


def test_the_seller_s_own_number_is_set_and_taken_away(seller: User, simple: Product) -> None:
    variant = simple.variants.get()
    assert set_seller_sku(seller, variant.id, "SR-01").seller_sku == "SR-01"
    assert set_seller_sku(seller, variant.id, "").seller_sku == ""


def test_a_stranger_s_or_overlong_number_is_refused(
    seller: User, stranger: User, simple: Product, nothing_written: None
) -> None:
    variant = simple.variants.get()
    with refused(ProductNotFound):
        set_seller_sku(stranger, variant.id, "SR-01")
    with refused(ListingRefused):
        set_seller_sku(seller, variant.id, "x" * 101)
    variant.refresh_from_db()
    assert variant.seller_sku == ""
