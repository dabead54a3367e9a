"""Lists as they lie in real folders: with more help than the layout knows, in parts, with rows and columns moved."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from lapak.goods.catalogue.models import Product, Stock, Variant
from lapak.moving.documents import sorted_by_content
from lapak.moving.errors import FileUnknown
from lapak.moving.formats.registry import recognise
from lapak.moving.move_in import move_in
from lapak.moving.progress import tell_nobody
from lapak.moving.reader import read
from lapak.moving.tests.files import LABELS, export, sku, table
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

PRICE_STOCK = (
    "Product ID", "catId", "Product Name", "currencyCode", "sku.skuId", "status", "Shop SKU", "SpecialPrice", "Price",
    "Toko Kita", "SellerSKU", "Variations Combo",
)  # fmt: skip
BASIC = {
    "product_id",
    "product_name",
    "product_description",
    "category",
    "product_status",
    "parcel_weight",
    "main_image",
}
OF_SALES = {"product_id", "product_name", "sku_id", "variation_value", "price", "quantity", "seller_sku"}


def lazada(path: Path, help_rows: int, stock: Sequence[object] = ("12", "7")) -> Path:
    """Lazada's price and stock list of one product with two sizes."""
    rows: list[Sequence[object]] = [PRICE_STOCK, *[["Wajib, jangan diubah"] * len(PRICE_STOCK)] * help_rows]
    for n, pieces in enumerate(stock, 38):
        sold = ["IDR", f"1090000{n}", "active", "", "", "125000.00", pieces, f"S-{n}", str(n)]
        rows.append(["7400000001", "10000422", "Sepatu Cibaduyut", *sold])
    return table(path, rows, sheet="template")


@pytest.mark.parametrize("help_rows", [0, 2, 3, 4, 6])
def test_rows_of_help_are_no_goods_however_many_there_are(
    help_rows: int, seller: User, shop: Shop, tmp_path: Path
) -> None:
    result = move_in(seller, [lazada(tmp_path / "a.xlsx", help_rows)], shop)
    assert result.errors == []
    assert result.plan.skus.created == 2
    assert sorted(Stock.objects.values_list("on_hand", flat=True)) == [7, 12]


def test_a_first_row_with_a_wrong_price_is_told_and_does_not_pass_for_help(
    seller: User, shop: Shop, tmp_path: Path
) -> None:
    rows = [sku(1, price="hubungi kami", quantity="", parcel_weight=""), sku(2)]
    result = move_in(seller, [export(tmp_path / "a.xlsx", rows)], shop)
    assert "Template!L6" in {problem.address for problem in result.errors}
    assert result.plan.products.left_out == 1
    assert result.plan.products.created == 1


def test_one_cell_that_is_no_number_does_not_lose_the_stock_of_all(seller: User, shop: Shop, tmp_path: Path) -> None:
    result = move_in(seller, [lazada(tmp_path / "a.xlsx", 3, ("1.200", "7", "banyak"))], shop)
    assert [(problem.address, problem.field) for problem in result.errors] == [("template!J7", "stock")]
    assert sorted(Stock.objects.values_list("on_hand", flat=True)) == [7, 1200]


def test_basic_and_sales_information_are_the_same_goods(seller: User, shop: Shop, tmp_path: Path) -> None:
    rows = [sku(1, 1), sku(1, 2, variation_value="Motif 2"), sku(2)]
    rows[0]["variation_value"] = "Motif 1"
    basic = export(tmp_path / "basic.xlsx", [rows[0], rows[2]], without=[*(LABELS.keys() - BASIC)])
    sales = export(tmp_path / "sales.xlsx", rows, without=[*(LABELS.keys() - OF_SALES)])
    result = move_in(seller, [basic, sales], shop)
    assert result.errors == []
    assert result.plan.products.created == 2
    assert result.plan.skus.created == 3
    product = Product.objects.get(title="Kain Batik Lasem 001")
    assert (product.description, product.weight_g, product.status) == ("Halus", 250, "published")
    assert Variant.objects.filter(product=product).count() == 2
    again = move_in(seller, [sales], shop)
    assert again.plan.skus.unchanged == 3
    assert again.plan.products.changed == 0


def test_basic_information_alone_says_what_is_missing(seller: User, shop: Shop, tmp_path: Path) -> None:
    basic = export(tmp_path / "basic.xlsx", [sku()], without=[*(LABELS.keys() - BASIC)])
    result = move_in(seller, [basic], shop)
    assert "Give “All information” too" in result.errors[0].message
    assert not Product.objects.exists()


def test_an_export_without_the_ids_of_its_skus_is_still_refused(seller: User, shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(FileUnknown, match="sku_id was taken out"):
        move_in(seller, [export(tmp_path / "a.xlsx", [sku()], without=["sku_id"])], shop)
    assert not Product.objects.exists()


@pytest.mark.parametrize("arranged", ["columns turned round", "keys and goods alone", "a title above"])
def test_rows_and_columns_may_have_been_moved(arranged: str, seller: User, shop: Shop, tmp_path: Path) -> None:
    keys = [*LABELS]
    goods = [[row.get(key, "") for key in keys] for row in (sku(1), sku(2))]
    head: list[Sequence[object]] = [
        keys,
        ["V4"],
        [*LABELS.values()],
        ["Wajib"] * len(keys),
        ["Jangan ubah"] * len(keys),
    ]
    ways: dict[str, list[Sequence[object]]] = {
        "columns turned round": [[*reversed([*row, *[""] * (len(keys) - len(row))])] for row in (*head, *goods)],
        "keys and goods alone": [keys, *goods],
        "a title above": [["Barang toko Sekar, Oktober"], *head, *goods],
    }
    result = move_in(seller, [table(tmp_path / "a.xlsx", ways[arranged])], shop)
    assert result.errors == []
    assert result.plan.products.created == 2
    assert result.plan.stock.created == 20


WOO = ("ID", "Type", "SKU", "Name", "Published", "Stock", "Weight (kg)", "Length (cm)", "Regular price", "Parent",
       "Brands", "Attribute 1 name", "Attribute 1 value(s)")  # fmt: skip


def as_csv(path: Path, *rows: Sequence[object]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize(
    ("of_parent", "of_variation", "weight_g"),
    [("", "", 1_000), ("0", "0", 1_000), ("", "0.75", 750), ("0.5", "2", 500)],
)
def test_a_shop_system_s_goods_come_in_whatever_says_their_weight(
    of_parent: str, of_variation: str, weight_g: int, seller: User, shop: Shop, tmp_path: Path
) -> None:
    path = as_csv(
        tmp_path / "a.csv",
        WOO,
        (1, "variable", "KRP", "Kerupuk", 1, "", of_parent, "", "", "", "Unbranded", "Berat", "250 gr, 1 kg"),
        (
            2,
            "variation",
            "KRP-1",
            "Kerupuk - 250 gr",
            1,
            5,
            of_variation,
            30,
            "18500.0000",
            "KRP",
            "",
            "Berat",
            "250 gr",
        ),
        (3, "variation", "KRP-2", "Kerupuk - 1 kg", 1, 6, of_variation, 30, "65000.0000", "id:1", "", "Berat", "1 kg"),
    )
    result = move_in(seller, [path], shop)
    assert result.errors == []
    product = Product.objects.get()
    assert (product.weight_g, product.length_cm, product.brand) == (weight_g, 30, "")
    assert sorted(Variant.objects.values_list("price_idr", flat=True)) == [18_500, 65_000]
    is_assumed = any("1,000 grams are assumed" in note.message for note in result.notes)
    assert is_assumed == (weight_g == 1_000)
    assert move_in(seller, [path], shop).plan.products.unchanged == 1


@pytest.mark.parametrize(
    ("said", "weight_g"), [("0", 1_000), ("0.0", 1_000), ("", 1_000), ("250.4", 251), ("250.0", 250)]
)
def test_shopify_s_grams_may_be_nought_or_have_decimals(
    said: str, weight_g: int, seller: User, shop: Shop, tmp_path: Path
) -> None:
    path = as_csv(
        tmp_path / "a.csv",
        (
            "Handle",
            "Title",
            "Vendor",
            "Status",
            "Variant SKU",
            "Variant Grams",
            "Variant Inventory Qty",
            "Variant Price",
        ),
        ("tas", "Tas Ransel", "Eiger", "active", "T-1", said, "4", "325000.00"),
    )
    assert move_in(seller, [path], shop).errors == []
    assert Product.objects.get().weight_g == weight_g


def test_what_no_column_says_about_selling_is_told_once(seller: User, shop: Shop, tmp_path: Path) -> None:
    result = move_in(seller, [export(tmp_path / "a.xlsx", [sku(1), sku(2)], without=["product_status"])], shop)
    told = [note for note in result.notes if note.field == "status"]
    assert len(told) == 1
    assert "drafts" in told[0].message
    assert {*Product.objects.values_list("status", flat=True)} == {"draft"}


def test_a_sku_that_stands_in_two_files_is_told_with_the_other_file(seller: User, shop: Shop, tmp_path: Path) -> None:
    files = [export(tmp_path / "a.xlsx", [sku(1), sku(2)]), export(tmp_path / "b.xlsx", [sku(2), sku(3)])]
    (error,) = move_in(seller, files, shop).errors
    assert error.message == "The same SKU stands in row 7 of “a.xlsx” already, which was taken."
    assert Product.objects.count() == 3


def test_a_sku_that_stands_in_two_sheets_is_told_with_the_other_sheet(seller: User, shop: Shop, tmp_path: Path) -> None:
    keys = ["product_id", "sku_id", "product_name", "category", "price", "quantity", "parcel_weight", "variation_value"]
    row = [sku(1).get(key, "") for key in keys]
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        for name in ("Template", "Template (2)"):
            page = workbook.add_worksheet(name)
            page.write_row(0, 0, keys)
            page.write_row(1, 0, [str(value) for value in row])
    (error,) = move_in(seller, [tmp_path / "a.xlsx"], shop).errors
    assert (error.sheet.table.name, error.message.split(" of ")[1]) == (
        "Template (2)", "“Template” already, which was taken.",
    )  # fmt: skip


def test_an_export_without_titles_is_still_its_platform_s_and_changes_what_is_here(
    seller: User, shop: Shop, tmp_path: Path
) -> None:
    move_in(seller, [export(tmp_path / "a.xlsx", [sku(1)])], shop)
    of_prices = export(
        tmp_path / "b.xlsx", [sku(1, price="99000")], without=[*(LABELS.keys() - OF_SALES), "product_name"]
    )
    result = move_in(seller, [of_prices], shop)
    assert [found.platform for found in result.found] == ["TikTok Shop"]
    assert result.errors == []
    assert Variant.objects.get().price_idr == 99_000
    assert Product.objects.get().title == sku(1)["product_name"]


SOLD = ("50562805590", "Kemeja Flanel", "400000000001", "Merah,XL", "CB-1", "Rp 432.000")
OF_SALES_IN_ENGLISH = ("Product ID", "Product Name", "Variation ID", "Variation Name", "SKU", "Price")
WITHOUT_KEYS: dict[str, tuple[Sequence[str], Sequence[str], dict[str, object]]] = {
    "sales in English": ((*OF_SALES_IN_ENGLISH, "Stock"), (*SOLD, "12"), {"stock": 12, "price_idr": 432_000}),
    "stock as the seller's": ((*OF_SALES_IN_ENGLISH, "Seller Stock"), (*SOLD, "12"), {"stock": 12}),
    "stock of two places": (
        (*OF_SALES_IN_ENGLISH, "Stok Penjual A", "Stok Penjual B"),
        (*SOLD, "12", "3"),
        {"stock": 15},
    ),
    "a basic list of Lazada": (
        ("Product ID", "*Product Name(Indonesian)", "Product Name(English)", "Main Description"),
        ("7400000001", "Sepatu", "Shoes", "Ringan"),
        {"title": "Sepatu", "description": "Ringan"},
    ),
    "Bukalapak as programs wrote it": (
        ("Nama Produk", "Barang Stok(Minimum 1)", "Berat (gram)", "Harga (Rupiah)", "Kondisi(Baru/Bekas)"),
        ("Kaos", "3", "200", "50000", "Baru"),
        {"title": "Kaos", "stock": 3},
    ),
}


@pytest.mark.parametrize("case", WITHOUT_KEYS)
def test_lists_are_known_by_their_labels_alone(case: str, tmp_path: Path) -> None:
    header, row, wanted = WITHOUT_KEYS[case]
    (document,) = sorted_by_content([table(tmp_path / "a.xlsx", [header, row])]).documents
    bundle = read(recognise(document), tell_nobody)
    (product,) = bundle.products.values()
    found = {name: getattr(each, name) for each in (product, *product.variants) for name in each.__struct_fields__}
    assert {name: found[name] for name in wanted} == wanted


def test_a_sale_that_is_over_is_no_price_in_either_language(tmp_path: Path) -> None:
    header = "ID,Tipe,SKU,Nama,Tanggal harga obral dimulai,Tanggal harga obral berakhir,Stok,Harga obral,Harga reguler"
    row = "101,simple,K,Kaos,2020-01-01,2020-02-01,4,40000,50000"
    (tmp_path / "a.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    (document,) = sorted_by_content([tmp_path / "a.csv"]).documents
    (variant,) = read(recognise(document), tell_nobody).variants()
    assert variant.price_idr == 50_000
