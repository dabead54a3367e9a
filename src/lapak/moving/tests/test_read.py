"""The rows of a Seller Center sheet in the bundle."""

from pathlib import Path

import pytest

from lapak.moving.bundle import Bundle
from lapak.moving.documents import sorted_by_content
from lapak.moving.errors import FileUnknown, IdsLost
from lapak.moving.formats.registry import recognise
from lapak.moving.progress import Progress
from lapak.moving.reader import read
from lapak.moving.tests.files import EXPORT, LABELS, address, export, sku, table
from lapak.moving.tests.test_recognise import LABELS_2023
from lapak.moving.values import Number, SourceStatus, Unreadable


def bundle_of(*paths: Path) -> Bundle:
    sheets = [sheet for document in sorted_by_content(list(paths)).documents for sheet in recognise(document)]
    return read(sheets, lambda _: None)


def test_the_example_holds_what_it_should() -> None:
    bundle = bundle_of(EXPORT)
    variants = list(bundle.variants())
    assert (len(bundle.products), len(variants)) == (124, 633)
    assert sum(variant.stock for variant in variants if isinstance(variant.stock, int)) == 82_648
    assert len({key for product in bundle.products.values() for key in product.images or ()}) == 378
    assert bundle.disagreements == []
    product = bundle.products["1736615836095003289"]
    assert (product.title, product.weight_g, product.status) == (
        "Sarung Batik Santri Wadasan Adem dan Lembut",
        420,
        SourceStatus.ACTIVE,
    )
    assert product.category == "Fashion Muslim/Sarung"
    assert isinstance(product.description, str)
    assert product.description.startswith(
        "Sarung Batik Santri Wadasan Adem dan Lembut\n\nBatu karang taman keraton Cirebon, lambang pendirian yang kokoh."
    )
    assert "\n\nTentang produk\n\n• Jenis: sarung dewasa 110 x 200 cm, sudah dijahit keliling" in product.description
    assert (product.brand, product.attributes, product.length_cm) == ("", {"Bahan": "Katun"}, None)
    assert (product.images or ())[0] == "tos-alisg-i-aphluv4xwc-sg/44f442c9a788321d815e2c1780a33a98"
    assert product.originals["category"] == "Sarung (603311)"
    assert product.originals["description"].startswith("<p><strong>")
    assert product.originals["image_1"].startswith("https://p16-oec-va.ibyteimg.com/")
    variant = product.variants[0]
    assert (variant.sku_id, variant.row, variant.price_idr) == ("1753215171456366854", 6, 94_900)
    assert variant.unmapped == {
        "cod": "Didukung",
        "minimum_order_quantity": "1",
        "shipping_insurance": "Opsional",
    }


@pytest.mark.parametrize(
    ("values", "product"),
    [
        ({"brand": "Batik Trusmi (7072630204522563329)"}, {"brand": "Batik Trusmi"}),
        ({"brand": "No Brand"}, {"brand": ""}),
        ({"brand": "Tidak ada merek (1)"}, {"brand": ""}),
        ({"category": "605274"}, {"category": "Fashion Muslim/Kain/Kain Batik"}),
        ({"category": "0123345/Rumah/Lampu"}, {"category": "Rumah/Lampu"}),
        ({"category": "Kain Langka (1)"}, {"category": "Kain Langka"}),
        ({"category": "Fashion/Batik"}, {"category": "Fashion/Batik"}),
        ({"product_status": "Dinonaktifkan(2)"}, {"status": SourceStatus.INACTIVE}),
        ({"product_status": "Active"}, {"status": SourceStatus.ACTIVE}),
        ({"product_status": "Ditinjau"}, {"status": SourceStatus.INACTIVE}),
        ({"product_status": ""}, {"status": None}),
        ({"parcel_weight": "1,5"}, {"weight_g": Unreadable("1,5")}),
        ({"parcel_weight": 250}, {"weight_g": 250}),
        ({"parcel_weight": 250.5}, {"weight_g": Unreadable("250.5")}),
        ({"parcel_length": "30"}, {"length_cm": 30}),
        (
            {"main_image": address("a"), "image_2": address("a").replace("p16", "p19")},
            {"images": ("tos-alisg-i-sg/a",)},
        ),
    ],
)
def test_product_values(tmp_path: Path, values: dict[str, object], product: dict[str, object]) -> None:
    bundle = bundle_of(export(tmp_path / "a.xlsx", [sku() | values]))
    (found,) = bundle.products.values()
    assert {name: getattr(found, name) for name in product} == product


@pytest.mark.parametrize(
    ("written", "meant"), [("'0017", "0017"), ("'KBL-1", "'KBL-1"), ("'-7", "-7"), ("0017", "0017")]
)
def test_the_apostrophe_that_keeps_a_codes_zeros_is_none_of_it(tmp_path: Path, written: str, meant: str) -> None:
    (variant,) = bundle_of(export(tmp_path / "a.xlsx", [sku(seller_sku=written)])).variants()
    assert variant.seller_sku == meant


def test_columns_that_are_not_there_say_nothing(tmp_path: Path) -> None:
    without = ("quantity", "price", "brand", "product_description", "main_image", "image_2", "parcel_weight")
    (product,) = bundle_of(export(tmp_path / "a.xlsx", [sku()], without=without)).products.values()
    assert (product.brand, product.description, product.images, product.weight_g) == (None, None, None, None)
    assert (product.variants[0].stock, product.variants[0].price_idr) == (None, None)


def test_stock_in_several_warehouses_is_added_up_and_unknown_without_any(tmp_path: Path) -> None:
    labels = {key: label for key, label in LABELS.items() if key != "quantity"}
    labels |= {"warehouse_quantity/71": "Jumlah di Gudang Utama", "warehouse_quantity/72": "Jumlah di Cirebon"}
    rows: list[dict[str, object]] = [
        sku(1) | {"warehouse_quantity/71": "5", "warehouse_quantity/72": "7"},
        sku(2) | {"warehouse_quantity/71": "5", "warehouse_quantity/72": ""},
        sku(3) | {"warehouse_quantity/71": "", "warehouse_quantity/72": ""},
        sku(4) | {"warehouse_quantity/71": "5", "warehouse_quantity/72": "x"},
    ]
    path = export(tmp_path / "a.xlsx", rows, labels=labels)
    assert [v.stock for v in bundle_of(path).variants()] == [12, 5, None, Unreadable("x")]
    both = export(tmp_path / "b.xlsx", [rows[0]], labels=labels | {"quantity": "Kuantitas"})
    assert [v.stock for v in bundle_of(both).variants()] == [10]


def test_an_empty_sum_beside_filled_warehouses_is_their_sum(tmp_path: Path) -> None:
    labels = LABELS | {"warehouse_quantity/71": "Jumlah di Gudang Utama", "warehouse_quantity/72": "Jumlah di Cirebon"}
    row = sku(quantity="") | {"warehouse_quantity/71": "5", "warehouse_quantity/72": "7"}
    assert [v.stock for v in bundle_of(export(tmp_path / "a.xlsx", [row], labels=labels)).variants()] == [12]


def test_a_second_column_of_one_name_is_kept_and_not_added(tmp_path: Path) -> None:
    labels = LABELS | {"quantity2": "Kuantitas"}
    bundle = bundle_of(export(tmp_path / "a.xlsx", [sku() | {"quantity2": "99"}], labels=labels))
    (variant,) = bundle.variants()
    assert (variant.stock, variant.unmapped) == (10, {"quantity2": "99"})


def test_goods_above_the_row_where_they_should_begin_are_read_too(tmp_path: Path) -> None:
    """Somebody took the rows of help out."""
    whole = export(tmp_path / "a.xlsx", [sku(1), sku(2), sku(3)])
    (given,) = sorted_by_content([whole]).documents[0].tables[:1]
    rows = [cells for _number, cells in given.rows()]
    for left in ([*rows[:3], *rows[5:]], [*rows[:4], *rows[5:]]):
        assert len(bundle_of(table(tmp_path / "b.xlsx", left)).products) == 3


@pytest.mark.parametrize("column", ["product_id", "sku_id"])
def test_an_export_without_its_ids_is_no_template(tmp_path: Path, column: str) -> None:
    with pytest.raises(FileUnknown, match=f"{column} was taken out"):
        bundle_of(export(tmp_path / "a.xlsx", [sku()], without=[column]))


def test_ids_that_pandas_rounded_are_lost_though_the_first_row_is_good(tmp_path: Path) -> None:
    rows = [sku(n, product_id=str(int(float(f"172054703100682{n}{n}41")))) for n in range(1, 6)]
    with pytest.raises(IdsLost, match="Template!A6"):
        bundle_of(export(tmp_path / "a.xlsx", [sku(9), *rows]))


def test_a_later_row_fills_what_the_first_left_empty_and_contradictions_are_noted(tmp_path: Path) -> None:
    rows = [
        sku(1, 1, brand="", main_image=address("a")),
        sku(1, 2, brand="Trusmi", product_name="Judul Lain", main_image=address("a").replace("p16", "p19")),
        sku(1, 3, brand="Lain", product_description="", main_image=address("b")),
    ]
    bundle = bundle_of(export(tmp_path / "a.xlsx", rows))
    (product,) = bundle.products.values()
    assert (product.brand, product.title) == ("Trusmi", "Kain Batik Lasem 001")
    assert product.images == ("tos-alisg-i-sg/a",)
    assert [(found.field, found.row) for found in bundle.disagreements] == [("title", 7), ("brand", 8), ("images", 8)]


def test_pictures_may_stand_in_a_later_row_only(tmp_path: Path) -> None:
    bundle = bundle_of(export(tmp_path / "a.xlsx", [sku(1, 1), sku(1, 2, main_image=address("a"))]))
    assert [product.images for product in bundle.products.values()] == [("tos-alisg-i-sg/a",)]


@pytest.mark.parametrize(
    "lost",
    [
        "1.72055E+18",
        "1,72055E+18",
        "1.72055e18",
        1720547031006820094,
        1.72e15,
        12345.5,
    ],
)
@pytest.mark.parametrize("column", ["product_id", "sku_id"])
def test_rounded_ids_make_the_file_worthless(tmp_path: Path, column: str, lost: object) -> None:
    rows = [sku(1), sku(2) | {column: lost}]
    with pytest.raises(IdsLost, match=f"Template!{'A' if column == 'product_id' else 'E'}7") as refusal:
        bundle_of(export(tmp_path / "a.xlsx", rows))
    assert "Download the export again" in str(refusal.value)


def test_ids_that_all_end_in_zeros_were_rounded_and_saved_as_text(tmp_path: Path) -> None:
    rows = [sku(n, sku_id=f"17411716607088{n}0000") for n in (1, 2, 3)]
    with pytest.raises(IdsLost):
        bundle_of(export(tmp_path / "a.xlsx", rows))
    assert len(bundle_of(export(tmp_path / "b.xlsx", [rows[0], sku(8), sku(9)])).products) == 3


def test_short_numeric_ids_and_quoted_ids_are_ids(tmp_path: Path) -> None:
    rows = [sku(product_id=41, sku_id="'1741171660708827716\t")]
    (variant,) = bundle_of(export(tmp_path / "a.xlsx", rows)).variants()
    assert variant.sku_id == "1741171660708827716"
    assert "41" in bundle_of(tmp_path / "a.xlsx").products


def test_prices_are_read_in_the_style_of_the_file(tmp_path: Path) -> None:
    rows = [sku(1, price="125.000"), sku(2, price="1.250.000"), sku(3, price="99,500"), sku(4, price=50_000)]
    prices = [variant.price_idr for variant in bundle_of(export(tmp_path / "a.xlsx", rows)).variants()]
    assert prices == [125_000, 1_250_000, Unreadable("99,500"), 50_000]


@pytest.mark.parametrize(
    ("said", "stock"),
    [
        ("12 pcs", 12),
        ("3 buah", 3),
        ("1.250 pcs", 1_250),
        ("Habis", 0),
        ("sold out", 0),
        ("12 dus", Unreadable("12 dus")),
    ],
)
def test_stock_is_read_in_whatever_it_is_counted(tmp_path: Path, said: str, stock: Number) -> None:
    rows = [sku(1, quantity=said), sku(2, price="125.000")]
    assert next(bundle_of(export(tmp_path / "a.xlsx", rows)).variants()).stock == stock


def test_a_row_without_a_product_is_told_and_an_empty_one_is_not(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [sku(1), sku(2, product_id=""), dict.fromkeys(LABELS, ""), {"product_name": " "}]
    bundle = bundle_of(export(tmp_path / "a.xlsx", rows))
    assert [row for _, row in bundle.nameless_rows] == [7]


def test_products_of_several_files_are_put_together(tmp_path: Path) -> None:
    one = export(tmp_path / "a_1.xlsx", [sku(1, 1), sku(1, 2)])
    two = export(tmp_path / "a_2.xlsx", [sku(1, 3), sku(2, 1)])
    bundle = bundle_of(one, two)
    assert [len(product.variants) for product in bundle.products.values()] == [3, 1]
    assert [v.sheet.file for v in bundle.variants()] == ["a_1.xlsx", "a_1.xlsx", "a_2.xlsx", "a_2.xlsx"]


def test_a_file_without_ids_goes_by_titles_and_options(tmp_path: Path) -> None:
    goods = [
        ["Kain Batik", "", "Kain Lasem", "Halus", "", "", "Merah", "2 m", "250", "125000", "4", "KL-1"],
        ["Kain Batik", "", "Kain Lasem", "Halus", "", "", "Merah", "3 m", "250", "145000", "6", "KL-2"],
        ["Kain Batik", "", "Kain Solo", "", "", "", "", "", "250", "95000", "", ""],
    ]
    path = table(tmp_path / "a.xlsx", [LABELS_2023, [], [], *goods])
    bundle = bundle_of(path)
    lasem, solo = bundle.products.values()
    assert [variant.options for variant in lasem.variants] == [("Merah", "2 m"), ("Merah", "3 m")]
    assert [variant.variation for variant in lasem.variants] == ["Merah, 2 m", "Merah, 3 m"]
    assert (solo.variants[0].options, solo.variants[0].stock) == ((), None)
    assert len({variant.sku_id for variant in bundle.variants()}) == 3
    assert set(bundle_of(path).products) == set(bundle.products)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[Progress] = []
    sheets = [sheet for document in sorted_by_content([EXPORT]).documents for sheet in recognise(document)]
    read(sheets, told.append)
    assert told[-1] == Progress("read", 633)
