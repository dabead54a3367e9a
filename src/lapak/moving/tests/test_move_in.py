"""Moving a shop in: what becomes of its rows."""

from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lapak.goods.catalogue.models import Product, ProductChange, ProductImage, Stock, StoredImage, Variant
from lapak.moving.models import SourceRecord
from lapak.moving.move_in import move_in
from lapak.moving.plan import Counts, Tally
from lapak.moving.proposals import CategoryProposal
from lapak.moving.tests.files import EXPORT, PICTURES, address, packed, picture, sku
from lapak.moving.tests.moved import Again, variant_of
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

UNCHANGED = Counts(
    products=Tally(unchanged=124), skus=Tally(unchanged=633), stock=Tally(unchanged=82_648), images=Tally(unchanged=378)
)


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
    with django_assert_num_queries(34):
        moved(sku(1), sku(2))
    with django_assert_num_queries(34):
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


def test_a_file_without_a_quantity_column_is_told_once(moved: Again) -> None:
    result = moved(sku(1), sku(2), sku(3), without=["quantity"])
    assert result.done is not None
    assert (len(result.notes), result.done.skus) == (1, Tally(created=3))


def test_a_category_nobody_knows_leaves_the_product_without_one(moved: Again) -> None:
    row = sku(category="Zzz Qqq")
    result = moved(row)
    assert result.proposals.categories == [CategoryProposal("Zzz Qqq", 1, None)]
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
