"""Barcodes come in from every list that has a column for them; a wrong one is told, and never keeps goods out."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from lapak.goods.catalogue.models import Variant
from lapak.moving.formats.outgoing_registry import OUTGOING
from lapak.moving.move_in import move_in
from lapak.moving.tests.files import table
from lapak.moving.tests.left import stocked, written
from lapak.moving.tests.own_lists import taken
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.cast import Cast

EAN = "8991002101234"


def csv_file(path: Path, header: Sequence[str], *rows: Sequence[str]) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    path.write_text(text.getvalue())
    return path


def shopify(path: Path, barcode: str) -> Path:
    header = ("Handle", "Title", "Vendor", "Variant SKU", "Variant Grams", "Variant Inventory Qty", "Variant Price", "Status",
              "Variant Barcode")  # fmt: skip
    return csv_file(path / "s.csv", header, ("kopi", "Kopi Gayo", "Gayo", "K1", "250", "5", "45000", "active", barcode))


def woocommerce(path: Path, barcode: str) -> Path:
    header = ("ID", "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Stock", "Weight (kg)", "Regular price",
              "Categories")  # fmt: skip
    return csv_file(
        path / "w.csv", header, ("7", "simple", "K1", barcode, "Kopi Gayo", "1", "5", "0.25", "45000", "Kopi")
    )


def google(path: Path, barcode: str) -> Path:
    header = ("id", "title", "description", "link", "image_link", "availability", "price", "gtin", "product_type")
    row = ("1", "Kopi Gayo", "Kopi", "https://x.example/1", "", "in_stock", "45000 IDR", barcode, "Kopi")
    return csv_file(path / "g.csv", header, row)


def meta(path: Path, barcode: str) -> Path:
    header = ("id", "title", "description", "availability", "condition", "price", "link", "image_link", "gtin",
              "quantity_to_sell_on_facebook")  # fmt: skip
    row = ("1", "Kopi Gayo", "Kopi", "in stock", "new", "45000 IDR", "https://x.example/1", "", barcode, "5")
    return csv_file(path / "m.csv", header, row)


def tiktok_shop(path: Path, barcode: str) -> Path:
    header = ("category", "brand", "product_name", "product_description", "main_image", "gtin_type", "gtin_code",
              "parcel_weight", "price", "quantity", "seller_sku", "aimed_product_status")  # fmt: skip
    row = ("Kopi", "", "Kopi Gayo", "Kopi", "", "EAN", barcode, "250", "45000", "5", "K1", "")
    return table(path / "t.xlsx", [header, ["V3"], header, ["Wajib"], ["Jangan ubah"], row], sheet="Template")


LISTS = [shopify, woocommerce, google, meta, tiktok_shop]


def kopi() -> Variant:
    return Variant.objects.get(product__title="Kopi Gayo")


@pytest.mark.parametrize("make", LISTS, ids=[make.__name__ for make in LISTS])
def test_a_barcode_comes_in(make: object, seller: User, shop: Shop, tmp_path: Path) -> None:
    move_in(seller, [make(tmp_path, EAN)], shop)  # type: ignore[operator]  # one of those above
    assert kopi().barcode == EAN


@pytest.mark.parametrize("make", LISTS, ids=[make.__name__ for make in LISTS])
@pytest.mark.parametrize(
    ("text", "words"), [("8991002101235", "is no barcode"), ("8.99E+12", "a barcode that a spreadsheet lost")]
)
def test_a_wrong_one_is_told_and_the_goods_come_in(
    make: object, text: str, words: str, seller: User, shop: Shop, tmp_path: Path
) -> None:
    result = move_in(seller, [make(tmp_path, text)], shop)  # type: ignore[operator]
    assert result.errors == []
    assert kopi().barcode == ""
    (told,) = [problem for problem in result.problems if problem.field == "barcode"]
    assert words in told.message
    assert text in told.message


def test_a_corrected_list_corrects_it_and_one_without_leaves_it(seller: User, shop: Shop, tmp_path: Path) -> None:
    move_in(seller, [shopify(tmp_path, "8991002101235")], shop)
    move_in(seller, [shopify(tmp_path, EAN)], shop)
    assert kopi().barcode == EAN
    again = move_in(seller, [shopify(tmp_path, EAN)], shop)
    assert again.done is not None
    assert (again.done.skus.changed, again.done.skus.unchanged) == (0, 1)
    move_in(seller, [shopify(tmp_path, "")], shop)
    assert kopi().barcode == ""


@pytest.mark.parametrize(
    ("platform", "name"),
    [("google_merchant", "gtin"), ("meta_catalog", "gtin"), ("shopify", "Barcode"), ("lapak", "barcode")],
)
def test_it_leaves_in_each_file_that_has_the_column(cast: Cast, tmp_path: Path, platform: str, name: str) -> None:
    stocked(cast)
    out = OUTGOING[platform]
    text = written(cast, platform, tmp_path).read(out.form.file).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter="\t" if platform == "google_merchant" else ","))
    assert {row[name] for row in rows} >= {EAN, "036000291452"}
    if platform == "google_merchant":
        assert {row["identifier_exists"] for row in rows if row["gtin"]} == {"yes"}


@pytest.mark.parametrize("name", ["Barcode", "EAN", "Kode Barcode", "GTIN", "Barcode Kemasan"])
def test_own_lists_have_them_too(seller: User, shop: Shop, tmp_path: Path, name: str) -> None:
    header = ("Nama Barang", "Harga Jual", "Stok", name)
    rows = [("Kopi Gayo", 45000, 5, EAN), ("Teh Poci", 12000, 9, ""), ("Gula Aren", 21000, 4, "123")]
    path = table(tmp_path / "o.xlsx", [header, *rows])
    suggested = taken(path).suggested
    assert f"barcode={name}" in suggested
    result = move_in(seller, [path], shop, columns=suggested)
    assert (kopi().barcode, result.plan.skus.created) == (EAN, 3)


def test_a_file_without_the_column_says_that_it_is_lost(cast: Cast) -> None:
    assert "barcode" not in OUTGOING["tokopedia"].holds
