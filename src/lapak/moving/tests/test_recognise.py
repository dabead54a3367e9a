"""What a file is, told by its content; and what is refused, with a reason its owner can act on."""

import csv
import re
from pathlib import Path

import pytest

from lapak.moving.bundle import SourceSheet
from lapak.moving.documents import sorted_by_content
from lapak.moving.errors import FileNotProducts, FileRefused, FileUnknown, FileUnreadable
from lapak.moving.formats.registry import recognise
from lapak.moving.tests.files import EXPORT, LABELS, export, sku, table

LABELS_2023 = (
    "Kategori", "Merek", "Nama Produk", "Deskripsi Produk", "Gambar Produk Utama", "Gambar Produk 2", "Varian 1",
    "Varian 2", "Berat Paket(g)", "Harga Ritel (Mata Uang Lokal)", "Kuantitas", "SKU Penjual",
)  # fmt: skip


def sheets_of(*paths: Path) -> list[SourceSheet]:
    return [sheet for document in sorted_by_content(list(paths)).documents for sheet in recognise(document)]


def test_the_example_is_recognised_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "catatan.dat").write_bytes(EXPORT.read_bytes())
    (sheet,) = sheets_of(tmp_path / "catatan.dat")
    assert (sheet.platform, sheet.table.name, sheet.first_data_row) == ("tiktok_shop", "Template", 6)
    assert sheet.address(17, "price_idr") == "Template!I17"
    assert sheet.label("price_idr") == "Harga Ritel (Mata Uang Lokal)"
    assert set(sheet.unmapped.values()) == {"cod", "size_chart", "minimum_order_quantity", "shipping_insurance"}
    assert list(sheet.attributes.values()) == ["Bahan"]
    assert len(sheet.columns["images"]) == 9


def test_the_layout_of_2023_is_recognised_by_its_labels_alone(tmp_path: Path) -> None:
    groups = ["Info Dasar", "", "", "", "Gambar Produk"]
    below_groups = ["", "", "", "", "Gambar Produk Utama", "Gambar Produk 2"]
    merged = [label if n not in {4, 5} else "" for n, label in enumerate(LABELS_2023)]
    path = table(tmp_path / "a.xlsx", [merged, groups, below_groups, ["Kain Batik"]], sheet="Lembar")
    (sheet,) = sheets_of(path)
    assert (sheet.table.name, sheet.first_data_row, sheet.has_keys) == ("Lembar", 4, False)
    assert sheet.columns["images"] == (4, 5)
    assert sheet.address(4, "option_value_2") == "Lembar!H4"


@pytest.mark.parametrize("marked", ["{} *", "{}*"])
def test_keys_that_were_marked_or_written_large_are_keys(tmp_path: Path, marked: str) -> None:
    """Goods begin below the five rows of such a header all the same."""
    keys = tuple(marked.format(key.upper()) for key in LABELS)
    (sheet,) = sheets_of(
        table(tmp_path / "a.xlsx", [keys, ("V4",), tuple(LABELS.values()), ("Wajib",) * 9, ("Isi.",) * 9])
    )
    assert (sheet.has_keys, sheet.first_data_row) == (True, 6)


@pytest.mark.parametrize("label", ["Variation", "Variasi", "Nilai varian"])
def test_an_export_that_lost_its_keys_has_its_variations_by_any_label(tmp_path: Path, label: str) -> None:
    labels = LABELS | {"variation_value": label}
    keys = [*labels]
    rows = [[*labels.values()], [str(sku(1, 2, variation_value="Merah, L").get(key, "")) for key in keys]]
    (sheet,) = sheets_of(table(tmp_path / "x.xlsx", rows))
    assert sheet.has("variation")


def test_a_column_without_a_known_key_is_known_by_its_label(tmp_path: Path) -> None:
    labels = {("kunci_baru" if key == "price" else key): label for key, label in LABELS.items()}
    (sheet,) = sheets_of(export(tmp_path / "a.xlsx", [sku()], labels=labels))
    assert sheet.has("price_idr")


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (["Order/adjustment ID  ", "Type ", "Order settled time"], "income report"),
    ],
)
def test_other_lists_are_known_as_workbooks_too(tmp_path: Path, header: list[str], reason: str) -> None:
    with pytest.raises(FileNotProducts, match=reason):
        sheets_of(table(tmp_path / "a.xlsx", [header, ["1"]], sheet="OrderSKUList"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_saved_as_text_is_recognised_as_the_list_it_is(tmp_path: Path, separator: str, encoding: str) -> None:
    book = export(tmp_path / "a.xlsx", [sku(product_description="Halus, «adem»; 2 m\nLangsung")])
    (table,) = sorted_by_content([book]).documents[0].tables[:1]
    with (tmp_path / "a.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(cells for _number, cells in table.rows())
    (sheet,) = sheets_of(tmp_path / "a.csv")
    assert (sheet.platform, sheet.first_data_row, sheet.address(6, "price_idr")) == ("tiktok_shop", 6, "I6")
    assert list(sheet.table.rows())[5:] == list(table.rows())[5:]


def test_an_unknown_file_is_refused_with_what_was_seen_and_the_way_on(tmp_path: Path) -> None:
    path = table(tmp_path / "anggaran.xlsx", [["Bulan", "Sewa", "Listrik"], ["Januari", 5_000_000, 350_000]])
    with pytest.raises(FileUnknown) as refusal:
        sheets_of(path)
    assert "anggaran.xlsx" in str(refusal.value)
    assert "Bulan, Sewa, Listrik" in str(refusal.value)
    assert "A list of your own comes in, too" in str(refusal.value)


@pytest.mark.parametrize("content", [b"halo dunia", b"%PDF-1.7"])
def test_a_file_of_nothing_known_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(FileUnknown):
        sheets_of(tmp_path / "a")


def test_a_file_that_weighs_in_pounds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="pounds"):
        sheets_of(export(tmp_path / "a.xlsx", [sku()], labels=LABELS | {"parcel_weight": "Package weight(lb)"}))


@pytest.mark.parametrize(
    ("part", "reason"),
    [("Workbook", "old .xls format. Export it again as .xlsx"), ("EncryptedPackage", "password. Open it in a spread")],
)
def test_a_locked_or_old_workbook_is_refused_as_what_it_is(tmp_path: Path, part: str, reason: str) -> None:
    inside = bytes(70_000) + part.encode("utf-16-le")
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + inside)
    with pytest.raises(FileUnreadable, match=re.escape(reason)):
        sheets_of(tmp_path / "a.xls")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="no such file"):
        sheets_of(tmp_path / "tiada.xlsx")
