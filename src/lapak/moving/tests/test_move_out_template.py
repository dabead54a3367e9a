"""A shop's goods fill in a platform's own template: its list changes, and nothing else of it."""

import io
import zipfile
from pathlib import Path

import pytest

from lapak.goods.catalogue.commands import create_product
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.moving.errors import FileUnreadable, TemplateNeeded, TemplateUnfit
from lapak.moving.move_in import move_in
from lapak.moving.move_out import look_ahead, move_out
from lapak.moving.tests.files import export, packed, table, with_sheet_xml
from lapak.moving.tests.left import SHIRT, goods, moved_over, stocked, written
from lapak.moving.tests.test_formats import files_of
from lapak.moving.workbook import Workbook, cell_text, column_letters
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

KEYS = (
    "ps_category|0|0", "ps_product_name|1|0", "ps_product_description|1|0", "ps_maximum_purchase_quantity|0|0",
    "ps_minimum_purchase_quantity|0|0", "ps_sku_parent_short|0|0", "ps_dangerous_goods|0|0",
    "et_title_variation_integration_no|0|0", "et_title_variation_1|0|0", "et_title_option_for_variation_1|0|0",
    "et_title_image_per_variation|0|3", "et_title_variation_2|0|0", "et_title_option_for_variation_2|0|0", "ps_price|1|1",
    "ps_stock|0|1", "ps_sku_short|0|0", "ps_gtin_code|0|0", "ps_item_cover_image|0|3",
    *(f"ps_item_image_{n}|0|3" for n in range(1, 9)),
    "ps_weight|1|1", "ps_length|0|1", "ps_width|0|1", "ps_height|0|1", "channel_id.8003|0|0", "et_title_reason|0|0",
)  # fmt: skip
_SIZES_BEHIND = 0x8
HASH = "70b43b8f6cab959ccd1b08b9235955aa"
KEPT = {
    "title", "description", "weight_g", "length_cm", "width_cm", "height_cm", "option_names", "pictures", "variants",
}  # fmt: skip


@pytest.fixture
def shop(cast: Cast) -> Shop:
    return stocked(cast)


def template(
    path: Path, *, keys: tuple[str, ...] = KEYS, weight: str = "Berat (kg)", rows: str = "", p: str = ""
) -> Path:
    """Shopee's, with all that makes it hard to open: a wrong size, an unknown pane, protection, styles, a hash."""

    def row(number: int, texts: tuple[str, ...]) -> str:
        cells = [
            f'<{p}c r="{column_letters(n)}{number}" t="inlineStr"><{p}is><{p}t>{text}</{p}t></{p}is></{p}c>'
            for n, text in enumerate(texts)
        ]
        return f'<{p}row r="{number}">{"".join(cells)}</{p}row>'

    labels = tuple(weight if key.startswith("ps_weight") else f"Label {key.split('|')[0]}" for key in keys)
    head = (
        keys,
        ("basic_template", HASH, "0", "100200300", "{}"),
        labels,
        ("Wajib",) * len(keys),
        ("Isi.",) * len(keys),
    )
    xml = "".join(row(number, texts) for number, texts in enumerate(head, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<?xml version="1.0" encoding="UTF-8"?>\r\n<{p}worksheet xmlns{f":{p[:-1]}" if p else ""}="{main}">'
        f'<{p}dimension ref="A1"/><{p}sheetViews><{p}sheetView workbookViewId="0"><{p}pane activePane="bottom_left"/>'
        f'</{p}sheetView></{p}sheetViews><{p}cols><{p}col min="1" max="200" style="7"/></{p}cols>'
        f"<{p}sheetData>{xml}{rows}</{p}sheetData>"
        f'<{p}sheetProtection sheet="1" objects="1"/><{p}legacyDrawing id="x"/></{p}worksheet>'
    )
    made = with_sheet_xml(path, sheet)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/media/logo.png", b"\x89PNG")
    return made


def sheet_of(archive: zipfile.ZipFile) -> tuple[str, dict[str, bytes]]:
    """The XML of the list, and all other parts."""
    with zipfile.ZipFile(io.BytesIO(archive.read("shopee-products.xlsx"))) as parts:
        others = {info.filename: parts.read(info) for info in parts.infolist()}
        assert not any(info.flag_bits & _SIZES_BEHIND for info in parts.infolist())
    return others.pop("xl/worksheets/sheet2.xml").decode(), others


def rows_of(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    """The goods in the filled template, by key."""
    workbook = Workbook("shopee-products.xlsx", archive.read("shopee-products.xlsx"))
    rows = [list(map(cell_text, cells)) for number, cells in workbook.rows("Template") if number >= 7]
    return [dict(zip((key.split("|")[0] for key in KEYS), row, strict=False)) for row in rows]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_nothing_of_the_template_changes_but_its_empty_rows(
    cast: Cast, shop: Shop, tmp_path: Path, prefix: str
) -> None:
    empty = template(tmp_path / "template.xlsx", p=prefix)
    with zipfile.ZipFile(empty) as parts:
        before = {info.filename: parts.read(info) for info in parts.infolist()}
    xml, others = sheet_of(written(cast, "shopee", tmp_path, empty))
    was = before.pop("xl/worksheets/sheet2.xml").decode()
    assert others == before
    head, tail = was.split(f"</{prefix}sheetData>")
    assert xml.startswith(head)
    assert xml.endswith(f"</{prefix}sheetData>{tail}")
    assert HASH in head
    assert f'<{prefix}row r="7">' in xml.removeprefix(head)


def test_goods_stand_from_row_seven_on_all_as_text(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    archive = written(cast, "shopee", tmp_path, template(tmp_path / "template.xlsx"))
    m, xl, paste = rows_of(archive)
    assert (m["ps_product_name"], m["ps_sku_short"], m["ps_price"], m["ps_stock"]) == (SHIRT, "-KBT-M", "149000", "7")
    assert (m["et_title_variation_1"], m["et_title_option_for_variation_1"]) == ("Warna", "Merah, tua")
    assert m["et_title_variation_integration_no"] == xl["et_title_variation_integration_no"] != ""
    assert (paste["et_title_variation_integration_no"], paste["ps_product_name"]) == ("", "Sambal Roa")
    assert (m["ps_weight"], m["ps_length"]) == ("0.35", "30")
    xml, _others = sheet_of(archive)
    assert "<f>" not in xml
    assert ' s="7" t="inlineStr"' in xml


def test_what_the_template_holds_comes_back(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    other = moved_over(cast, "shopee", tmp_path, template(tmp_path / "template.xlsx"))
    kept = [[{name: each[name] for name in KEPT} for each in goods(of)] for of in (other, shop)]
    assert kept[0] == kept[1]


def test_a_template_in_grams_has_its_weights_in_grams(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    in_grams = template(tmp_path / "template.xlsx", weight="Berat produk (gr)")
    assert [row["ps_weight"] for row in rows_of(written(cast, "shopee", tmp_path, in_grams))] == ["350", "350", "250"]
    assert {each["weight_g"] for each in goods(moved_over(cast, "shopee", tmp_path, in_grams))} == {350, 250}


def test_empty_rows_keep_how_they_look_and_those_below_stay(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}" ht="30" spans="1:2"><c r="B{n}" s="{n}"/><c r="AZ{n}" s="9"/></row>' for n in range(7, 12)
    )
    xml, _others = sheet_of(written(cast, "shopee", tmp_path, template(tmp_path / "template.xlsx", rows=rows)))
    assert '<row r="7" ht="30"><c r="B7" s="7" t="inlineStr">' in xml
    assert '<c r="AZ8" s="9"/></row>' in xml
    assert xml.count('<row r="9"') == 1
    assert '<row r="10" ht="30" spans="1:2"><c r="B10" s="10"/>' in xml
    assert xml.index('r="9"') < xml.index('r="10"') < xml.index('r="11"')


def test_goods_that_came_from_shopee_go_back_under_their_category(cast: Cast, tmp_path: Path) -> None:
    move_in(cast.seller, files_of("shopee"), cast.shop)
    archive = written(cast, "shopee", tmp_path, template(tmp_path / "template.xlsx"))
    assert "101379" in {row["ps_category"] for row in rows_of(archive)}
    told = {loss.what for loss in look_ahead(cast.seller, cast.shop, "shopee").losses}
    assert not any("category" in what for what in told)


def test_what_shopee_would_not_take_is_told_before(cast: Cast) -> None:
    variant = NewVariant(price_idr=1, on_hand=1, option_values=("V" * 21,))
    create_product(
        cast.seller,
        cast.shop,
        NewProduct(title="Kaos", description="Bagus", weight_g=1, option_names=("N" * 15,), variants=(variant,)),
    )
    assert {loss.what for loss in look_ahead(cast.seller, cast.shop, "shopee").losses} == {
        "category: the platform has its own, choose one there",
        "description: at least 20 characters are needed",
        "names of the options: at most 14 characters are taken, shorten it",
        "value of an option: at most 20 characters are taken, shorten it",
        "whether it is on sale",
    }


def test_a_column_that_the_template_lacks_is_told_of(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    keys = tuple(key for key in KEYS if not key.startswith("ps_length"))
    narrow = template(tmp_path / "template.xlsx", keys=keys)
    losses = look_ahead(cast.seller, shop, "shopee", narrow).losses
    assert [loss.what for loss in losses if loss.product == "template.xlsx"] == ["it has no column “ps_length”"]


def test_without_a_template_it_is_said_where_to_download_one(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    with refused(TemplateNeeded, match="Mass upload"):
        move_out(cast.seller, shop, "shopee", io.BytesIO())
    assert look_ahead(cast.seller, shop, "shopee").products == 2


def test_what_is_no_empty_template_is_refused(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    row = '<row r="9"><c r="B9" t="inlineStr"><is><t>Kaos yang sudah ada</t></is></c></row>'
    full = template(tmp_path / "full.xlsx", rows=row)
    sales = next(path for path in files_of("shopee") if "sales_info" in path.name)
    other = table(tmp_path / "other.xlsx", [["satu", "dua"], ["1", "2"]])
    for path, why in (
        (full, "goods in it"),
        (sales, "not the platform's template"),
        (other, "not the platform's template"),
    ):
        with refused(TemplateUnfit, match=why):
            move_out(cast.seller, shop, "shopee", io.BytesIO(), path)
    broken = packed(tmp_path / "broken.xlsx", {"xl/workbook.xml": b"<oops"})
    with refused(FileUnreadable):
        move_out(cast.seller, shop, "shopee", io.BytesIO(), broken)


def test_other_platforms_own_templates_are_filled_in_as_well(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    empty = export(tmp_path / "template.xlsx", [], labels=dict(TIKTOK_LABELS))
    archive = written(cast, "tiktok_shop", tmp_path, empty)
    workbook = Workbook("t", archive.read("tiktok-products_1.xlsx"))
    rows = [list(map(cell_text, cells)) for number, cells in workbook.rows("Template") if number >= 6]
    assert [(row[1], row[2], row[3]) for row in rows] == [
        (SHIRT, "149000", "7"),
        (SHIRT, "159000", "0"),
        ("Sambal Roa", "40000", "12"),
    ]
    assert workbook.sheet_names == ["Template", "Category"]


TIKTOK_LABELS = {
    "category": "Kategori", "product_name": "Nama produk", "price": "Harga", "warehouse_quantity/72": "Jumlah di Gudang",
    "parcel_weight": "Berat paket(g)", "product_description": "Deskripsi produk", "main_image": "Gambar utama",
}  # fmt: skip
