"""The report: what the seller corrects and loads again."""

import zipfile
from html import escape
from pathlib import Path

import pytest
from django.utils.translation import override

from lapak.goods.catalogue.models import Product, Variant
from lapak.moving.formats.tiktok_shop.layouts import FORMAT
from lapak.moving.move_in import move_in
from lapak.moving.plan import Counts, Tally
from lapak.moving.report import write_report
from lapak.moving.tests.files import CATEGORIES, address, export, packed, sku, table
from lapak.moving.tests.test_recognise import LABELS_2023
from lapak.moving.workbook import Workbook, cell_text
from lapak.people.shops.models import Shop
from lapak.people.users.models import User


def rows_of(path: Path, sheet: str) -> list[list[str]]:
    return [list(map(cell_text, cells)) for _, cells in Workbook(path.name, path).rows(sheet)]


def test_rows_left_out_stand_in_the_layout_of_the_source_with_what_is_wrong(
    seller: User, shop: Shop, tmp_path: Path
) -> None:
    rows = [sku(1, 1), sku(1, 2, price="-1", quantity="banyak"), sku(2, 1, parcel_weight="0"), sku(2, 2)]
    source = export(tmp_path / "a.xlsx", rows)
    report = write_report(move_in(seller, [source], shop), tmp_path / "report.xlsx")
    given, told = rows_of(source, "Template"), rows_of(report, "Template")
    width = len(given[0])
    assert [row[:width] for row in told] == [*given[:5], given[6], given[7], given[8]]
    assert told[0][width] == "lapak_problem"
    assert told[5][width] == (
        "I (Harga Ritel (Mata Uang Lokal)): The price must be above zero.\n"
        "J (Kuantitas): “banyak” is not a whole number, as this file writes them."
    )
    assert told[6][width].startswith("L (Berat paket(g))")
    assert [row[width] for row in told[7:]] == [""]
    assert rows_of(report, "Category") == rows_of(source, "Category")


def test_a_corrected_report_brings_the_rest_in_and_changes_nothing_else(
    seller: User, shop: Shop, tmp_path: Path
) -> None:
    rows = [sku(1, 1), sku(1, 2, price="-1"), sku(2, 1, parcel_weight="0"), sku(2, 2)]
    result = move_in(seller, [export(tmp_path / "a.xlsx", rows)], shop)
    told = rows_of(write_report(result, tmp_path / "report.xlsx"), "Template")
    told[5][8] = "99000"
    told[6][11] = told[7][11] = "250"
    corrected = table(tmp_path / "corrected.xlsx", told, categories=CATEGORIES)
    again = move_in(seller, [corrected], shop)
    assert again.done is not None
    assert again.errors == []
    assert (again.done.products, again.done.skus) == (Tally(created=1, unchanged=1), Tally(created=3))
    assert sorted(Variant.objects.values_list("price_idr", flat=True)) == [99_000, 125_000, 125_000, 125_000]


def test_a_report_as_it_is_can_be_loaded_again(seller: User, shop: Shop, tmp_path: Path) -> None:
    first = move_in(seller, [export(tmp_path / "a.xlsx", [sku(1, 1), sku(1, 2, price="0")])], shop)
    report = write_report(first, tmp_path / "report.xlsx")
    again = move_in(seller, [report], shop)
    assert again.done == Counts(Tally(left_out=1), Tally(left_out=1), Tally(left_out=10))
    once_more = rows_of(write_report(again, tmp_path / "again.xlsx"), "Template")
    assert once_more == rows_of(report, "Template")


def test_rows_of_several_files_stand_in_sheets_of_their_own_and_are_all_read_again(
    seller: User, shop: Shop, tmp_path: Path
) -> None:
    files = [export(tmp_path / f"a_{n}.xlsx", [sku(n, 1), sku(n, 2, price="0")]) for n in (1, 2)]
    report = write_report(move_in(seller, files, shop), tmp_path / "report.xlsx")
    assert Workbook("r", report).sheet_names[:2] == ["Template", "Template (2)"]
    assert len(move_in(seller, [report], shop).errors) == 2


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_layout_of_2023_is_kept_too(seller: User, shop: Shop, tmp_path: Path, language: str) -> None:
    goods = ["Kain Batik", "", "Kain Lasem", "Halus", "", "", "Merah", "2 m", "250", "0", "4", "KL-1"]
    source = table(tmp_path / "a.xlsx", [LABELS_2023, ["Wajib"], ["Isi"], goods])
    with override(language):
        report = write_report(move_in(seller, [source], shop), tmp_path / "report.xlsx")
    told = rows_of(report, "Template")
    assert told[0][: len(LABELS_2023)] == list(LABELS_2023)
    assert (
        FORMAT.layouts[1].field_of(told[0][len(LABELS_2023)]) == "problem"
    )  # and so passed over when it is loaded again
    assert told[3][: len(goods)] == goods
    told[3][9] = "125000"
    move_in(seller, [table(tmp_path / "corrected.xlsx", told)], shop)
    product = Product.objects.get()
    assert (product.title, product.option_names, product.status) == ("Kain Lasem", ["Warna", "Ukuran"], "published")


def test_notes_categories_and_kept_columns_are_listed(seller: User, shop: Shop, tmp_path: Path) -> None:
    rows = [sku(1, main_image=address("a")), sku(2, category="Zzz Qqq", price="0")]
    report = write_report(move_in(seller, [export(tmp_path / "a.xlsx", rows)], shop), tmp_path / "report.xlsx")
    notes = rows_of(report, "Notes")
    assert [row[:2] + row[3:4] for row in notes[1:]] == [
        ["a.xlsx", "Template!I7", "yes"],
        ["a.xlsx", "Template!O6", "no"],
    ]
    assert rows_of(report, "Categories")[1:] == [
        ["Fashion Muslim/Kain/Kain Batik", "Batik Cloth", "98", "1"],
        ["Zzz Qqq", "none: please choose", "", "1"],
    ]
    assert rows_of(report, "Kept columns")[1:] == [["a.xlsx", "N (Pilih apakah akan mendukung pembayaran di tempat.)"]]


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("Produk/Toko [2023]: a*b?", "Produk Toko  2023   a b"),
        ("Semua informasi produk toko Batik Trusmi", "Semua informasi produk toko Bat"),
        ("🧵" * 20, "🧵" * 15),
        ("Notes", "Notes (2)"),
        ("kept COLUMNS", "kept COLUMNS (2)"),
        ("'apa'", "apa"),
        ("''", "Template"),
    ],
)
def test_a_sheet_of_any_name_is_told_under_one_that_excel_takes(
    seller: User, shop: Shop, tmp_path: Path, sheet: str, told: str
) -> None:
    """Programs other than Excel write such names, and Excel refuses them; so would the report's writer."""
    source = export(tmp_path / "a.xlsx", [sku(1, price="0")])
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    whole = members["xl/workbook.xml"]
    members["xl/workbook.xml"] = whole.replace(b'name="Template"', f'name="{escape(sheet)}"'.encode())
    assert members["xl/workbook.xml"] != whole
    result = move_in(seller, [packed(tmp_path / "b.xlsx", members)], shop)
    report = write_report(result, tmp_path / "report.xlsx")
    assert Workbook("r", report).sheet_names[0] == told
    assert len(move_in(seller, [report], shop).errors) == 1
