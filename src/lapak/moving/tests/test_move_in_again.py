"""Moving the same shop in again: what the file changes, and what it leaves alone."""

import pytest

from lapak.goods.catalogue.commands import (
    archive_product,
    correct_stock,
    delete_draft,
    return_to_draft,
    set_variant_price,
)
from lapak.goods.catalogue.models import Product, Stock, Variant
from lapak.moving.models import SourceRecord
from lapak.moving.plan import Counts, Tally
from lapak.moving.tests.files import sku
from lapak.moving.tests.moved import Again, variant_of
from lapak.people.users.models import User
from lapak.testing.cast import leave_on_shelf


def test_a_corrected_file_changes_only_what_it_corrects(moved: Again) -> None:
    rows = [sku(1, 1), sku(1, 2), sku(2, 1)]
    moved(*rows)
    before = {variant.id: variant.price_idr for variant in Variant.objects.all()}
    result = moved(sku(1, 1), sku(1, 2, price="99000"), sku(2, 1, product_name="Kain Lasem Baru"))
    assert result.done is not None
    assert result.done.products == Tally(changed=1, unchanged=1)
    assert result.done.skus == Tally(changed=1, unchanged=2)
    assert result.done.stock == Tally(unchanged=30)
    changed = variant_of(rows[1])
    assert {v.id: v.price_idr for v in Variant.objects.all()} == before | {changed.id: 99_000}
    assert variant_of(rows[2]).product.title == "Kain Lasem Baru"
    assert moved(sku(1, 1), sku(1, 2, price="99000"), sku(2, 1, product_name="Kain Lasem Baru")).done == Counts(
        products=Tally(unchanged=2), skus=Tally(unchanged=3), stock=Tally(unchanged=30)
    )


def test_what_the_platform_filed_goods_under_comes_along_and_changes_with_the_file(moved: Again) -> None:
    moved(sku())
    assert Product.objects.get().source_category == "Fashion Muslim/Kain/Kain Batik"
    moved(sku(category="Tidak dikenal (999)"))
    product = Product.objects.get()
    assert product.source_category == "Tidak dikenal"
    assert product.category is not None  # an unknown one leaves it where it is


def test_what_the_seller_changed_here_stays_until_the_file_changes_it(moved: Again, seller: User) -> None:
    row = sku(price="125000", quantity="10")
    moved(row)
    variant = variant_of(row)
    set_variant_price(seller, variant.id, 149_000)
    correct_stock(seller, variant.id, shown=variant.stock.on_hand, typed=50)
    archive_product(seller, variant.product_id)
    result = moved(row)
    assert result.done == Counts(products=Tally(unchanged=1), skus=Tally(unchanged=1), stock=Tally(unchanged=10))
    variant = variant_of(row)
    assert (variant.price_idr, variant.stock.on_hand, variant.product.status) == (149_000, 50, "archived")
    moved(row | {"seller_sku": "KBL-9"})
    variant = variant_of(row)
    assert (variant.seller_sku, variant.price_idr, variant.stock.on_hand) == ("KBL-9", 149_000, 50)
    moved(row | {"price": "130000"})
    assert variant_of(row).price_idr == 130_000


@pytest.mark.parametrize("price", ["125000", "99000"])
def test_a_product_that_was_deleted_here_comes_anew_from_its_file(moved: Again, seller: User, price: str) -> None:
    rows = [sku(1, 1), sku(1, 2), sku(2, 1)]
    moved(*rows)
    product = variant_of(rows[0]).product
    return_to_draft(seller, product.id)
    delete_draft(seller, product.id)
    result = moved(sku(1, 1, price=price), sku(1, 2), sku(2, 1))
    assert result.done is not None
    assert result.done.products == Tally(created=1, unchanged=1)
    assert result.done.skus == Tally(created=2, unchanged=1)
    assert variant_of(rows[0]).price_idr == int(price)
    assert SourceRecord.objects.count() == 5


@pytest.mark.unsound_books
def test_stock_that_was_sold_here_stays_sold(moved: Again) -> None:
    row = sku(quantity="10")
    moved(row)
    variant = variant_of(row)
    leave_on_shelf(variant, 7)  # three shipped
    Stock.objects.filter(variant=variant).update(reserved=4)  # four promised
    moved(row)
    assert Stock.objects.get(variant=variant).on_hand == 7
    result = moved(row | {"quantity": "15"})  # five more at the source
    assert result.done is not None
    assert result.done.stock == Tally(changed=15)
    assert Stock.objects.get(variant=variant).on_hand == 12
    moved(row | {"quantity": "1"})
    assert Stock.objects.get(variant=variant).on_hand == 4  # never below what buyers were promised


def test_a_missing_quantity_is_unknown_and_never_zero(moved: Again) -> None:
    row = sku(quantity="10")
    moved(row)
    result = moved(row, without=["quantity"])
    assert result.done is not None
    assert result.done.skus == Tally(unchanged=1)
    assert variant_of(row).stock.on_hand == 10
    moved(row | {"quantity": ""})
    assert variant_of(row).stock.on_hand == 10


def test_stock_of_new_goods_that_nobody_knows_is_told_and_set_when_it_is_known(moved: Again) -> None:
    row = sku(1, 1, quantity="")
    result = moved(row, sku(1, 2))
    (note,) = result.notes
    assert note.address == "Template!J6"
    assert "stock" not in SourceRecord.objects.get(kind="sku", source_id=row["sku_id"]).fields
    moved(row | {"quantity": "8"}, sku(1, 2))
    assert variant_of(row).stock.on_hand == 8


@pytest.mark.parametrize("column", ["parcel_weight", "price"])
def test_new_goods_need_columns_that_known_goods_do_not(moved: Again, column: str) -> None:
    moved(sku(1))
    result = moved(sku(1), sku(2), without=[column])
    assert result.done is not None
    assert result.done.products == Tally(unchanged=1, left_out=1)
    (error,) = result.errors
    assert "All information" in error.message
    assert error.row == 7


def test_a_file_of_sales_alone_changes_prices_and_stock_of_known_goods(moved: Again) -> None:
    rows = [sku(1, n, variation_value=text) for n, text in enumerate(["Merah, M", "Merah, L"], 1)]
    moved(*rows)
    sales = [row | {"price": "90000", "quantity": "3"} for row in [*rows, sku(1, 3), sku(2, 1), sku(3, 1), sku(3, 2)]]
    without = ["variation_value", "product_description", "category", "brand", "main_image", "image_2", "parcel_length"]
    result = moved(*sales, without=without)
    assert result.done is not None
    assert result.done.skus == Tally(created=1, changed=2, left_out=3)
    assert [v.price_idr for v in map(variant_of, rows)] == [90_000, 90_000]
    assert [v.option_values for v in map(variant_of, rows)] == [["Merah", "M"], ["Merah", "L"]]
    assert variant_of(rows[0]).product.description == "Halus"
    assert [(error.row, "the variation" in error.message) for error in result.errors] == [
        (8, True),
        (10, True),
        (11, True),
    ]


def test_a_sku_stays_with_the_product_it_came_in_with(moved: Again) -> None:
    moved(sku(1, 1), sku(1, 2))
    result = moved(sku(2, 1, sku_id=sku(1, 2)["sku_id"]), sku(2, 2), sku(3, 1, sku_id=sku(1, 1)["sku_id"]))
    assert result.done is not None
    assert result.done.products == Tally(created=1, left_out=1)
    assert result.done.skus == Tally(created=1, left_out=2)
    assert [error.field for error in result.errors] == ["sku_id", "sku_id"]
    assert Variant.objects.count() == 3


def test_goods_the_file_does_not_name_are_left_alone(moved: Again) -> None:
    rows = [sku(1, 1), sku(1, 2), sku(2, 1)]
    moved(*rows)
    result = moved(sku(1, 1))
    assert result.done is not None
    assert result.done.products == Tally(unchanged=1)
    assert (Product.objects.count(), Variant.objects.count()) == (2, 3)
    assert variant_of(rows[2]).product.status == "published"


def test_bad_rows_among_good_ones_are_left_out_and_come_in_when_they_are_corrected(moved: Again) -> None:
    rows = [sku(1, 1), sku(1, 2), sku(2, 1)]
    result = moved(rows[0], rows[1] | {"price": "-1"}, rows[2] | {"product_name": ""})
    assert result.done is not None
    assert result.done.products == Tally(created=1, left_out=1)
    assert result.done.skus == Tally(created=1, left_out=2)
    assert result.done.stock == Tally(created=10, left_out=20)
    assert [error.address for error in result.errors] == ["Template!I7", "Template!C8"]
    corrected = moved(*rows)
    assert corrected.done is not None
    assert corrected.done.products == Tally(created=1, unchanged=1)
    assert corrected.done.skus == Tally(created=2, unchanged=1)
    assert variant_of(rows[1]).position == 1


def test_a_bad_row_of_known_goods_leaves_them_as_they_are(moved: Again) -> None:
    rows = [sku(1, 1), sku(1, 2)]
    moved(*rows)
    moved(rows[0], rows[1] | {"price": "gratis"})
    assert variant_of(rows[1]).price_idr == 125_000


def test_two_options_that_the_file_made_one_are_refused_with_the_way_on_and_nothing_is_lost(moved: Again) -> None:
    rows = [sku(1, n, variation_value=text) for n, text in enumerate(["Merah, M", "Merah, L"], 1)]
    moved(*rows)
    result = moved(*(row | {"variation_value": size} for row, size in zip(rows, ["M", "L"], strict=True)))
    assert ["Write one value for each" in str(error) for error in result.errors] == [True, True]
    assert [variant_of(row).option_values for row in rows] == [["Merah", "M"], ["Merah", "L"]]
    assert {variant_of(row).is_active for row in rows} == {True}


def test_a_new_sku_joins_the_options_its_product_has(moved: Again) -> None:
    rows = [sku(1, n, variation_value=text) for n, text in enumerate(["Merah, M", "Merah, L", "Biru, M", "Ungu"], 1)]
    moved(*rows[:2])
    Product.objects.update(option_names=["Corak", "Besar"])  # the seller has named them otherwise
    result = moved(*rows)
    assert variant_of(rows[2]).option_values == ["Biru", "M"]
    assert Product.objects.get().option_names == ["Corak", "Besar"]
    (error,) = result.errors
    assert (error.address, "Corak, Besar" in error.message) == ("Template!F9", True)


def test_a_product_without_options_may_get_some(moved: Again) -> None:
    first, second = sku(1, 1), sku(1, 2, variation_value="Biru")
    moved(first)
    assert Product.objects.get().option_names == []
    moved(first | {"variation_value": "Merah"}, second)
    assert Product.objects.get().option_names == ["Warna"]
    assert [variant_of(row).option_values for row in (first, second)] == [["Merah"], ["Biru"]]


def test_goods_taken_off_sale_there_are_taken_off_here(moved: Again) -> None:
    moved(sku())
    moved(sku(product_status="Dinonaktifkan(2)"))
    assert Product.objects.get().status == "archived"
