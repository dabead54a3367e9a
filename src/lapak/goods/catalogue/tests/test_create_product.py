"""Making and changing a product, and who may."""

import uuid

import pytest

from lapak.goods.catalogue.commands import (
    archive_product,
    change_product,
    correct_stock,
    create_product,
    name_options,
    publish_product,
    set_variant_price,
)
from lapak.goods.catalogue.errors import ListingRefused, NoSuchCategory, ProductNotFound, StockBelowReserved
from lapak.goods.catalogue.models import Category, Product, ProductChange, Stock, Variant
from lapak.goods.catalogue.rules import NewProduct, NewVariant, ProductFields
from lapak.goods.catalogue.tests.conftest import kemeja
from lapak.people.shops.errors import ShopNotFound
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.refused import refused


def test_a_new_product_has_its_variants_and_stock_and_is_told_to_the_index(seller: User, shop: Shop) -> None:
    category = Category.objects.get(code="fashion.batik.kemeja-batik")
    new = NewProduct(
        title="Kemeja Batik",
        weight_g=250,
        category_id=category.id,
        attributes={"Bahan": "Katun"},
        option_names=("Warna", "Ukuran"),
        variants=(
            NewVariant(option_values=("Hitam", "M"), price_idr=120_000, on_hand=25),
            NewVariant(option_values=("Hitam", "L"), price_idr=125_000, on_hand=0),
        ),
    )
    product = create_product(seller, shop, new)
    assert (product.id, product.slug, product.status) == (new.id, "kemeja-batik", Product.Status.DRAFT)
    assert product.attributes == {"Bahan": "Katun"}
    variants = list(product.variants.select_related("stock"))
    assert [(v.label, v.price_idr, v.stock.on_hand, v.stock.reserved) for v in variants] == [
        ("Hitam, M", 120_000, 25, 0),
        ("Hitam, L", 125_000, 0, 0),
    ]
    assert list(ProductChange.objects.values_list("product_id", flat=True)) == [product.id]


def test_a_changed_product_keeps_its_address(seller: User, product: Product) -> None:
    fields = ProductFields(title="Kemeja Batik Kawung", weight_g=300, brand="Trusmi", length_cm=30)
    change_product(seller, product.id, fields)
    product.refresh_from_db()
    assert (product.title, product.weight_g, product.brand, product.length_cm, product.description) == (
        "Kemeja Batik Kawung",
        300,
        "Trusmi",
        30,
        "",
    )
    assert product.slug == "kemeja-batik-mega-mendung"


def test_a_product_goes_on_and_off_sale(seller: User, product: Product) -> None:
    assert archive_product(seller, product.id).status == Product.Status.ARCHIVED
    assert publish_product(seller, product.id).status == Product.Status.PUBLISHED
    assert ProductChange.objects.filter(product_id=product.id).count() == 3


def test_a_variant_gets_a_new_price_and_stock(seller: User, product: Product) -> None:
    variant = product.variants.all()[0]
    set_variant_price(seller, variant.id, 99_000)
    correct_stock(seller, variant.id, shown=25, typed=40)
    variant = Variant.objects.select_related("stock").get(id=variant.id)
    assert (variant.price_idr, variant.stock.on_hand) == (99_000, 40)


@pytest.mark.unsound_books
def test_stock_never_falls_below_what_buyers_were_promised(seller: User, product: Product) -> None:
    variant = product.variants.all()[0]
    Stock.objects.filter(variant=variant).update(reserved=3)
    with refused(StockBelowReserved) as refusal:
        correct_stock(seller, variant.id, shown=25, typed=2)
    assert "3" in str(refusal.value)
    assert Stock.objects.get(variant=variant).on_hand == 25
    assert correct_stock(seller, variant.id, shown=25, typed=3).available == 0


def test_a_stranger_finds_nothing_to_change(stranger: User, product: Product, nothing_written: None) -> None:
    variant = product.variants.all()[0]
    for act in (
        lambda: change_product(stranger, product.id, ProductFields(title="Milikku", weight_g=1)),
        lambda: archive_product(stranger, product.id),
        lambda: publish_product(stranger, product.id),
        lambda: set_variant_price(stranger, variant.id, 1),
        lambda: correct_stock(stranger, variant.id, shown=25, typed=0),
        lambda: change_product(stranger, uuid.uuid4(), ProductFields(title="Tiada", weight_g=1)),
    ):
        with refused(ProductNotFound):
            act()
    assert Product.objects.get(id=product.id).title == product.title
    assert Stock.objects.get(variant=variant).on_hand == 25


def test_a_stranger_cannot_put_goods_into_the_shop(stranger: User, shop: Shop, nothing_written: None) -> None:
    with refused(ShopNotFound):
        create_product(stranger, shop, kemeja())


def test_an_unknown_category_is_refused(seller: User, shop: Shop, nothing_written: None) -> None:
    variants = (NewVariant(price_idr=1_000, on_hand=1),)
    with refused(NoSuchCategory):
        create_product(seller, shop, NewProduct(title="Apa", weight_g=1, category_id=0, variants=variants))


def test_an_unfit_product_is_refused_whole(seller: User, shop: Shop, nothing_written: None) -> None:
    variants = (NewVariant(price_idr=-5, on_hand=1),)
    with refused(ListingRefused) as refusal:
        create_product(seller, shop, NewProduct(title="Apa", weight_g=1, variants=variants))
    assert refusal.value.field == "price_idr"


@pytest.mark.parametrize("price_idr", [0, -1, 1_000_000_000_001])
def test_an_absurd_price_is_refused(seller: User, product: Product, nothing_written: None, price_idr: int) -> None:
    variant = product.variants.all()[0]
    with refused(ListingRefused):
        set_variant_price(seller, variant.id, price_idr)
    assert Variant.objects.get(id=variant.id).price_idr == 120_000


@pytest.mark.parametrize("on_hand", [-1, 10_000_001])
def test_an_absurd_stock_is_refused(seller: User, product: Product, nothing_written: None, on_hand: int) -> None:
    variant = product.variants.all()[0]
    with refused(ListingRefused):
        correct_stock(seller, variant.id, shown=25, typed=on_hand)
    assert Stock.objects.get(variant=variant).on_hand == 25


def in_two_options(seller: User, shop: Shop) -> Product:
    variants = (NewVariant(option_values=("Bubuk", "100 gr"), price_idr=20_000, on_hand=5),)
    new = NewProduct(title="Kopi", weight_g=100, option_names=("Varian", "Varian 2"), variants=variants)
    return create_product(seller, shop, new)


def test_options_are_called_anew_and_keep_their_values(seller: User, shop: Shop) -> None:
    product = name_options(seller, in_two_options(seller, shop).id, ("Gilingan", "Berat"))
    product.refresh_from_db()
    assert product.option_names == ["Gilingan", "Berat"]
    assert product.variants.get().option_values == ["Bubuk", "100 gr"]


@pytest.mark.parametrize("names", [("Gilingan",), ("Gilingan", ""), ("Berat", "berat"), ("Berat", "x" * 101), ()])
def test_unfit_names_of_options_are_refused(seller: User, shop: Shop, names: tuple[str, ...]) -> None:
    product = in_two_options(seller, shop)
    with refused(ListingRefused):
        name_options(seller, product.id, names)
