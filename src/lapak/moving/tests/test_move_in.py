"""Moving a shop in, once and again."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lapak.goods.catalogue.commands import (
    add_picture,
    archive_product,
    correct_stock,
    remove_picture,
    set_variant_price,
)
from lapak.goods.catalogue.models import Product, ProductChange, ProductImage, Stock, StoredImage, Variant
from lapak.moving import apply, records
from lapak.moving.errors import IdsLost, MoveInRefused, MoveInRunning, NothingToMove, PicturesRefused
from lapak.moving.models import SourceRecord
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.plan import Counts, Tally
from lapak.moving.progress import Progress
from lapak.moving.tests.files import EXAMPLES, EXPORT, PICTURES, address, export, packed, picture, sku
from lapak.people.shops.commands import open_shop
from lapak.people.shops.errors import ShopNotFound
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.cast import leave_on_shelf
from lapak.testing.refused import refused

UNCHANGED = Counts(
    products=Tally(unchanged=124), skus=Tally(unchanged=633), stock=Tally(unchanged=82_648), images=Tally(unchanged=378)
)


@pytest.fixture
def moved(seller: User, shop: Shop, tmp_path: Path) -> "Again":
    """Moves rows in, as often as the test says."""
    return Again(seller, shop, tmp_path)


class Again:
    """The same shop's export, downloaded again and again."""

    def __init__(self, seller: User, shop: Shop, folder: Path) -> None:
        self.seller, self.shop, self.folder = seller, shop, folder

    def __call__(self, *rows: dict[str, object], pictures: Path | None = None, **options: Any) -> MoveInResult:
        path = export(self.folder / "export.xlsx", rows, **options)
        return move_in(self.seller, [path, *([pictures] if pictures else [])], self.shop)


def variant_of(row: dict[str, object]) -> Variant:
    """What became of a row's SKU."""
    record = SourceRecord.objects.get(kind="sku", source_id=row["sku_id"])
    return Variant.objects.select_related("stock", "product__category").get(id=record.target_id)


def goods_of(shop: Shop) -> list[tuple[Any, ...]]:
    """Everything a buyer could see of a shop, with the sources' ids in place of ours."""
    variants = {
        variant.id: variant
        for variant in Variant.objects.filter(product__shop=shop).select_related("stock", "product__category")
    }
    goods = []
    for record in SourceRecord.objects.filter(shop=shop, kind="sku").order_by("source_id"):
        variant = variants[record.target_id]
        product = variant.product
        about_product = (product.title, product.description, product.category, product.status, product.option_names)
        about_variant = (variant.position, variant.option_values, variant.price_idr, variant.seller_sku)
        goods.append((record.source_id, *about_product, product.attributes, *about_variant, variant.stock.on_hand))
    assert len(goods) == len(variants)
    return goods


def test_the_example_moves_in_whole_and_a_second_time_changes_nothing(seller: User, shop: Shop) -> None:
    result = move_in(seller, [EXPORT, PICTURES], shop)
    created = Counts(
        products=Tally(created=124), skus=Tally(created=633), stock=Tally(created=82_648), images=Tally(created=378)
    )
    assert result.plan == result.done == created
    assert result.problems == []
    assert Product.objects.filter(shop=shop).count() == 124
    assert Product.objects.filter(status=Product.Status.PUBLISHED).count() == 116
    assert Product.objects.filter(status=Product.Status.ARCHIVED).count() == 8
    assert Product.objects.filter(category=None).count() == 0
    stocks = Stock.objects.select_related("variant")
    assert (len(stocks), sum(s.on_hand for s in stocks)) == (633, 82_648)
    assert sum(s.on_hand * s.variant.price_idr for s in stocks) == 10_944_309_300
    assert StoredImage.objects.count() == ProductImage.objects.count() == 378
    changes = ProductChange.objects.count()

    again = move_in(seller, [EXPORT, PICTURES], shop)
    assert again.plan == again.done == UNCHANGED
    assert ProductChange.objects.count() == changes
    assert Product.objects.count() == 124
    assert StoredImage.objects.count() == ProductImage.objects.count() == 378


def test_a_product_is_what_its_rows_say(moved: Again, tmp_path: Path) -> None:
    zipped = packed(
        tmp_path / "a.zip", {"tos-alisg-i-sg/a.jpeg": picture("red"), "tos-alisg-i-sg/b.png": picture("blue", "PNG")}
    )
    rows = [
        sku(1, n, variation_value=text, seller_sku=f"KBL-{n}", main_image=address("b"), image_2=address("a"))
        for n, text in enumerate(["Merah, M", "Merah, L", "Biru, M"], 1)
    ]
    moved(*rows, pictures=zipped)
    first, second, third = (variant_of(row) for row in rows)
    assert first.product_id == second.product_id == third.product_id
    product = first.product
    assert (product.title, product.description, product.brand) == ("Kain Batik Lasem 001", "Halus", "")
    assert (product.status, product.weight_g, product.attributes) == ("published", 250, {"Bahan": "Katun"})
    assert product.category is not None
    assert product.category.code == "fashion.batik.kain-batik"
    assert product.option_names == ["Warna", "Ukuran"]
    assert [v.option_values for v in (first, second, third)] == [["Merah", "M"], ["Merah", "L"], ["Biru", "M"]]
    assert [v.position for v in (first, second, third)] == [0, 1, 2]
    assert (first.price_idr, first.stock.on_hand, first.seller_sku) == (125_000, 10, "KBL-1")
    paths = ProductImage.objects.filter(product=product).values_list("position", "source_path")
    assert list(paths) == [(0, "tos-alisg-i-sg/b"), (1, "tos-alisg-i-sg/a")]


def test_what_has_no_place_here_is_kept(moved: Again) -> None:
    moved(sku(cod="Didukung", brand="Trusmi (42)"))
    kept = dict(SourceRecord.objects.values_list("kind", "unmapped"))
    assert kept["sku"] == {"cod": "Didukung"}
    assert kept["product"]["brand"] == "Trusmi (42)"
    assert kept["product"]["description"] == "<p>Halus</p>"
    moved(sku(cod="Tidak didukung", brand="Trusmi (42)"))
    assert SourceRecord.objects.get(kind="sku").unmapped == {"cod": "Tidak didukung"}


def test_any_number_of_products_takes_as_many_queries(
    moved: Again, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(14):
        moved(sku(1), sku(2))
    with django_assert_num_queries(14):
        moved(*(sku(n, m) for n in range(10, 60) for m in (1, 2, 3)))


def test_a_dry_run_tells_the_same_and_writes_nothing(
    seller: User, shop: Shop, media: Path, nothing_written: None
) -> None:
    result = move_in(seller, [EXPORT, PICTURES], shop, dry_run=True)
    assert result.plan.skus == Tally(created=633)
    assert result.plan.images == Tally(created=378)
    assert result.done is None
    assert result.as_dict()["result"] is None
    assert not media.exists()


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


def test_a_file_without_a_quantity_column_is_told_once(moved: Again) -> None:
    result = moved(sku(1), sku(2), sku(3), without=["quantity"])
    assert result.done is not None
    assert (len(result.notes), result.done.skus) == (1, Tally(created=3))


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


def test_a_category_nobody_knows_leaves_the_product_without_one(moved: Again) -> None:
    row = sku(category="Zzz Qqq")
    result = moved(row)
    assert result.categories == {"Zzz Qqq": None}
    assert variant_of(row).product.category is None
    moved(row | {"category": "Sarung (603311)"})
    category = variant_of(row).product.category
    assert category is not None
    assert category.code == "fashion.muslim.sarung"
    moved(row | {"category": "Zzz Qqq"})
    assert variant_of(row).product.category == category


@pytest.mark.parametrize(
    ("there", "here"), [("Aktif(1)", "published"), ("Dinonaktifkan(2)", "archived"), ("", "draft")]
)
def test_what_was_on_sale_there_is_on_sale_here(moved: Again, there: str, here: str) -> None:
    moved(sku(product_status=there))
    assert Product.objects.get().status == here


def test_goods_taken_off_sale_there_are_taken_off_here(moved: Again) -> None:
    moved(sku())
    moved(sku(product_status="Dinonaktifkan(2)"))
    assert Product.objects.get().status == "archived"


def test_missing_pictures_are_told_and_come_in_when_they_are_given(moved: Again, tmp_path: Path) -> None:
    row = sku(main_image=address("a"), image_2=address("b"))
    some = packed(tmp_path / "some.zip", {"tos-alisg-i-sg/b.jpeg": picture()})
    both = packed(tmp_path / "both.zip", {"tos-alisg-i-sg/b.jpeg": picture(), "tos-alisg-i-sg/a.jpeg": picture("blue")})
    result = moved(row, pictures=some)
    assert result.done is not None
    assert result.done.images == Tally(created=1, left_out=1)
    assert "1 of 2 pictures" in result.notes[0].message
    again = moved(row, pictures=both)
    assert again.done is not None
    assert (again.done.images, again.done.products) == (Tally(created=1, unchanged=1), Tally(changed=1))
    assert list(ProductImage.objects.values_list("source_path", flat=True)) == ["tos-alisg-i-sg/a", "tos-alisg-i-sg/b"]
    assert moved(row, pictures=both).done == Counts(
        Tally(unchanged=1), Tally(unchanged=1), Tally(unchanged=10), Tally(unchanged=2)
    )


def test_the_sellers_own_gallery_is_respected(moved: Again, seller: User, tmp_path: Path) -> None:
    """A picture deleted here stays deleted, one added here stays; new ones of the file come before it."""
    names = {f"tos-alisg-i-sg/{n}.jpeg": picture(colour) for n, colour in (("a", "red"), ("b", "blue"), ("c", "gold"))}
    zipped = packed(tmp_path / "a.zip", names)
    labels: dict[str, object] = {"main_image": address("a"), "image_2": address("b")}
    moved(sku() | labels, pictures=zipped)
    product = Product.objects.get()
    first = ProductImage.objects.get(source_path="tos-alisg-i-sg/a")
    remove_picture(seller, product.id, first.image_id)
    add_picture(seller, product.id, picture("white"))
    moved(sku() | labels, pictures=zipped)
    assert list(ProductImage.objects.values_list("source_path", flat=True)) == ["tos-alisg-i-sg/b", ""]
    moved(sku(main_image=address("c"), image_2=address("b")), pictures=zipped)
    paths = ProductImage.objects.values_list("source_path", flat=True)
    assert list(paths) == ["tos-alisg-i-sg/c", "tos-alisg-i-sg/b", ""]
    moved(sku(main_image=address("c")), pictures=zipped)
    assert list(paths.all()) == ["tos-alisg-i-sg/c", ""]


def test_a_picture_that_cannot_be_read_is_told_and_the_rest_goes_on(moved: Again, tmp_path: Path) -> None:
    torn = packed(tmp_path / "a.zip", {"tos-alisg-i-sg/a.jpeg": picture()[:200], "tos-alisg-i-sg/b.jpeg": picture()})
    result = moved(sku(main_image=address("a"), image_2=address("b")), pictures=torn)
    assert result.done is not None
    assert result.done.images == Tally(created=1, left_out=1)
    assert "not a picture" in result.notes[0].message
    assert ProductImage.objects.get().source_path == "tos-alisg-i-sg/b"


def test_a_killed_run_is_continued_by_running_again(seller: User, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    other = open_shop(seller, slug="lain", name="Toko Lain", city="Solo", province_code="33")
    move_in(seller, [EXPORT], other)
    monkeypatch.setattr(apply, "_SKUS_A_TRANSACTION", 100)
    writes = 0

    def dies_in_the_third_transaction(*arguments: Any) -> None:
        nonlocal writes
        writes += 1
        records.remember_new(*arguments)
        if writes == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("lapak.moving.apply.remember_new", dies_in_the_third_transaction)
    with pytest.raises(KeyboardInterrupt):
        move_in(seller, [EXPORT], shop)
    half = Variant.objects.filter(product__shop=shop).count()
    assert 200 <= half < 300
    assert SourceRecord.objects.filter(shop=shop, kind="sku").count() == half

    result = move_in(seller, [EXPORT], shop)
    assert result.done is not None
    assert result.done.skus == Tally(created=633 - half, unchanged=half)
    assert goods_of(shop) == goods_of(other)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
NUMBERS = st.one_of(
    TEXTS, st.integers(-5, 10**14).map(str), st.integers(-5, 10**14), st.floats(allow_nan=False, allow_infinity=False)
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "product_name": TEXTS,
                "variation_value": st.one_of(TEXTS, st.sampled_from(["Merah, M", "Merah, L", "Biru", "Default", ", "])),
                "product_description": TEXTS,
                "category": TEXTS,
                "brand": TEXTS,
                "product_status": TEXTS,
                "seller_sku": TEXTS,
                "price": NUMBERS,
                "quantity": NUMBERS,
                "parcel_weight": NUMBERS,
                "parcel_length": NUMBERS,
                "main_image": TEXTS,
                "product_property/100198": TEXTS,
                "cod": TEXTS,
            },
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_stands_in_the_cells_every_row_comes_in_or_is_left_out(
    moved: Again, cells: list[dict[str, object]]
) -> None:
    """And what has come in is left unchanged by the same file."""
    with transaction.atomic():
        rows = [sku(1 + n // 3, 1 + n % 3) | values for n, values in enumerate(cells)]
        result = moved(*rows)
        assert result.done is not None
        assert result.done.skus.created + result.done.skus.left_out == len(rows)
        assert Variant.objects.count() == result.done.skus.created
        again = moved(*rows)
        assert again.done is not None
        assert (again.done.skus.unchanged, again.done.skus.left_out) == (
            result.done.skus.created,
            result.done.skus.left_out,
        )
        assert again.done.products.changed == again.done.skus.changed == again.done.stock.changed == 0
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_what_is_written_anew_after_a_collision_is_remembered_once(
    moved: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    collisions = [psycopg.errors.DeadlockDetected()]

    def remember(*entries: Any) -> None:
        if collisions:
            raise collisions.pop()
        records.remember_new(*entries)

    monkeypatch.setattr(apply, "remember_new", remember)
    result = moved(sku(1, 1), sku(1, 2))
    assert result.done is not None
    assert (result.done.skus, Variant.objects.count()) == (Tally(created=2), 2)
    assert SourceRecord.objects.filter(kind="sku").count() == 2


def test_two_shops_with_the_same_file_have_goods_of_their_own(seller: User, shop: Shop, moved: Again) -> None:
    other = Again(seller, open_shop(seller, slug="lain", name="Lain", city="Solo", province_code="33"), moved.folder)
    moved(sku())
    result = other(sku(price="99000"))
    assert result.done is not None
    assert result.done.skus == Tally(created=1)
    assert set(Variant.objects.values_list("product__shop__slug", "price_idr")) == {
        ("batik", 125_000),
        ("lain", 99_000),
    }


def test_progress_is_told(seller: User, shop: Shop) -> None:
    told: list[Progress] = []
    move_in(seller, [EXPORT], shop, progress=told.append)
    assert told[-1] == Progress("apply", 124, 124)
    assert Progress("read", 633) in told


def test_a_second_run_beside_a_first_is_refused(seller: User, shop: Shop, nothing_written: None) -> None:
    with psycopg.connect(_dsn(), autocommit=True) as first:
        first.execute("SELECT pg_advisory_lock(%s, %s)", [int.from_bytes(b"move", "big"), shop.id.int % 2**31])
        with refused(MoveInRunning):
            move_in(seller, [EXPORT], shop)
        first.execute("SELECT pg_advisory_unlock_all()")
    assert move_in(seller, [EXPORT], shop, dry_run=True).plan.skus.created == 633


def test_a_stranger_moves_nothing_into_the_shop(shop: Shop, nothing_written: None) -> None:
    with refused(ShopNotFound):
        move_in(User(email="stranger@example.com"), [EXPORT], shop)


def test_nothing_is_written_when_a_file_is_refused(
    seller: User, shop: Shop, tmp_path: Path, media: Path, nothing_written: None
) -> None:
    lost = export(tmp_path / "lost.xlsx", [sku(1), sku(2, product_id="1.72E+18")])
    trick = packed(tmp_path / "trick.zip", {"../luar.jpeg": picture()})
    bomb = packed(tmp_path / "bomb.zip", {"bom.jpeg": picture() + bytes(9_000_000)})
    for files, refusal in (
        ([EXPORT, lost], IdsLost),
        ([EXPORT, trick], PicturesRefused),
        ([EXPORT, bomb], PicturesRefused),
        ([EXPORT, EXAMPLES / "All order-2023-10-04-16_30.csv"], MoveInRefused),
        ([EXPORT, tmp_path / "tiada.xlsx"], MoveInRefused),
        ([PICTURES], NothingToMove),
        ([], NothingToMove),
    ):
        with pytest.raises(refusal):
            move_in(seller, files, shop)
    assert not media.exists()


def _dsn() -> str:
    """The test database, for a connection of one's own."""
    parameters = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    return psycopg.conninfo.make_conninfo("", **{name: parameters[name] for name in names if parameters.get(name)})
