"""A shop's goods leave as workbooks: laid out as the platform's own template, and back through its reader."""

import io
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis.extra.django import TestCase

from lapak.goods.catalogue.commands import create_product
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.moving.formats.outgoing_registry import OUTGOING
from lapak.moving.formats.tiktok_shop import writing as tiktok_shop
from lapak.moving.leaving import leaving_goods, within
from lapak.moving.move_in import move_in
from lapak.moving.move_out import look_ahead
from lapak.moving.outgoing import FIELDS
from lapak.moving.plain_text import as_html, fit_for_xml, plain_text
from lapak.moving.tests.any_shop import goods_of_any_shop
from lapak.moving.tests.files import export, sku
from lapak.moving.tests.left import SHIRT, goods, moved_over, sambal, stocked, written
from lapak.moving.tests.test_formats import expected, files_of
from lapak.moving.workbook import Workbook, cell_text
from lapak.moving.written import Workbooks
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, assemble_cast

pytestmark = pytest.mark.django_db

TIKTOK_KEEPS = {
    "title", "description", "category", "brand", "status", "weight_g", "length_cm", "width_cm", "height_cm", "option_names",
    "pictures", "variants",
}  # fmt: skip


@pytest.fixture
def shop(cast: Cast) -> Shop:
    return stocked(cast)


def rows_of(archive: zipfile.ZipFile, file: str, sheet: str) -> list[list[str]]:
    """All rows of the sheet, as texts."""
    return [list(map(cell_text, cells)) for _row, cells in Workbook(file, archive.read(file)).rows(sheet)]


def held(shop: Shop, kept: set[str]) -> list[dict[str, Any]]:
    """What the shop's goods are, as far as a format can hold it. Nobody says of a draft that it is one."""
    return [{name: said for name, said in each.items() if name in kept} for each in goods(shop)]


def test_tiktok_shop_s_template_has_keys_above_labels_and_goods_from_row_six(
    cast: Cast, shop: Shop, tmp_path: Path
) -> None:
    rows = rows_of(written(cast, "tiktok_shop", tmp_path), "tiktok-products_1.xlsx", "Template")
    keys, version, labels, needed = rows[:4]
    assert (keys[0], version[0], labels[0], needed[0]) == ("category", "V3", "Kategori", "Wajib")
    m, xl, paste = (dict(zip(keys, row, strict=False)) for row in rows[5:])
    assert (m["product_name"], m["seller_sku"], xl["seller_sku"]) == (SHIRT, "-KBT-M", "0012")
    assert (m["property_name_1"], m["property_value_1"], m["property_value_2"]) == ("Warna", "Merah, tua", "M")
    assert (m["price"], m["quantity"], m["parcel_weight"]) == ("149000", "7", "350")
    assert m["main_image"].startswith("http")
    assert (m["aimed_product_status"], paste["aimed_product_status"]) == ("Aktif(1)", "Dinonaktifkan(2)")


def test_no_cell_of_a_workbook_is_reckoned_with(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    """What looks like a formula is text, and stands as its seller wrote it."""
    archive = written(cast, "tiktok_shop", tmp_path)
    with zipfile.ZipFile(io.BytesIO(archive.read("tiktok-products_1.xlsx"))) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    assert f"<t>{SHIRT}</t>" in xml
    assert "<f>" not in xml


def test_what_tiktok_shop_s_template_holds_comes_back(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    other = moved_over(cast, "tiktok_shop", tmp_path)
    before = [each | {"status": "published" if each["status"] == "published" else "archived"} for each in goods(shop)]
    kept = [{name: said for name, said in each.items() if name in TIKTOK_KEEPS} for each in before]
    assert held(other, TIKTOK_KEEPS) == kept
    lost = {loss.what for loss in look_ahead(cast.seller, shop, "tiktok_shop").losses if loss.product == SHIRT}
    words = (FIELDS[name] for name in ("attributes", "origin", "ai"))
    assert lost == {*map(str, words), "category: the platform has its own, choose one there"}


def test_five_thousand_products_are_one_file_and_one_more_is_another(
    cast: Cast, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_product(cast.seller, shop, sambal("Abon"))
    form = tiktok_shop.OUTGOING.form
    assert isinstance(form, Workbooks)
    assert form.most_products == 5_000
    few = Workbooks(form.file, form.sheet, form.head, most_products=1)
    monkeypatch.setitem(OUTGOING, "tiktok_shop", replace(tiktok_shop.OUTGOING, form=few))
    archive = written(cast, "tiktok_shop", tmp_path)
    names = [name for name in archive.namelist() if name.endswith(".xlsx")]
    assert names == [f"tiktok-products_{n}.xlsx" for n in (1, 2, 3)]
    assert [len(rows_of(archive, name, "Template")) for name in names] == [5 + 2, 5 + 1, 5 + 1]


def test_a_shop_without_goods_has_an_empty_template(cast: Cast, tmp_path: Path) -> None:
    archive = written(cast, "tiktok_shop", tmp_path)
    assert len(rows_of(archive, "tiktok-products_1.xlsx", "Template")) == 5


def test_goods_go_back_under_the_category_they_came_from(cast: Cast, tmp_path: Path) -> None:
    move_in(cast.seller, [export(tmp_path / "a.xlsx", [sku(1, 1)])], cast.shop)
    (back,) = leaving_goods(cast.shop, "tiktok_shop")
    assert back.category_there == ("Fashion Muslim/Kain/Kain Batik", "605274")
    assert [line["category"] for line in tiktok_shop.lines(back)] == ["Fashion Muslim/Kain/Kain Batik"]
    (elsewhere,) = leaving_goods(cast.shop, "tokopedia")
    assert elsewhere.category_there is None


def test_a_third_option_is_put_together_with_the_second(cast: Cast) -> None:
    assert within(("Merah", "XL", "Katun"), 2) == ("Merah", "XL, Katun")
    assert within(("Merah", "XL"), 2) == ("Merah", "XL")
    variants = tuple(NewVariant(price_idr=1, on_hand=1, option_values=("Merah", size, "Katun")) for size in ("M", "L"))
    create_product(
        cast.seller,
        cast.shop,
        NewProduct(title="Kaos", weight_g=1, option_names=("Warna", "Ukuran", "Bahan"), variants=variants),
    )
    losses = [loss.what for loss in look_ahead(cast.seller, cast.shop, "tiktok_shop").losses]
    assert "options: at most 2 are taken, the last are put together into one" in losses


def test_tokopedia_lists_every_variant_as_a_product(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    archive = written(cast, "tokopedia", tmp_path)
    _groups, labels, _help, *rows = rows_of(archive, "tokopedia-products.xlsx", "ISI Template Impor Produk")
    m, xl, paste = (dict(zip(labels, row, strict=False)) for row in rows)
    assert (m["Nama Produk*"], xl["Nama Produk*"]) == (f"{SHIRT} – Merah, tua, M", f"{SHIRT} – Merah, tua, XL")
    assert (m["Status*"], paste["Status*"], m["Kondisi*"], m["Minimum Pemesanan*"]) == (
        "Aktif",
        "Nonaktif",
        "Baru",
        "1",
    )
    other = goods(moved_over(cast, "tokopedia", tmp_path))
    assert [each["variants"] for each in other] == [
        [((), "-KBT-M", "", 149_000, 7)], [((), "0012", "", 159_000, 0)], [((), "", "", 40_000, 12)]
    ]  # fmt: skip
    assert {each["description"] for each in other} == {each["description"] for each in goods(shop)}
    assert [each["pictures"] for each in other] == [["red", "blue"], ["red", "blue"], []]


def test_a_shop_that_came_from_tokopedia_goes_back_with_its_categories(cast: Cast, tmp_path: Path) -> None:
    move_in(cast.seller, files_of("tokopedia"), cast.shop)
    archive = written(cast, "tokopedia", tmp_path)
    _groups, labels, _help, *rows = rows_of(archive, "tokopedia-products.xlsx", "ISI Template Impor Produk")
    assert len(rows) == expected("tokopedia")["products"]
    assert {dict(zip(labels, row, strict=False))["Kode Kategori*"] for row in rows} >= {"2801", "2804"}


def test_a_title_that_grows_too_long_with_its_options_is_told_of(cast: Cast) -> None:
    variant = NewVariant(price_idr=1, on_hand=1, option_values=("Merah marun",))
    create_product(
        cast.seller, cast.shop, NewProduct(title="A" * 60, weight_g=1, option_names=("Warna",), variants=(variant,))
    )
    losses = [loss.what for loss in look_ahead(cast.seller, cast.shop, "tokopedia").losses]
    assert "title: at most 70 characters are taken, shorten it" in losses


class TestAnyText(TestCase):
    """Any text that a seller can write comes back through a workbook as it was."""

    @given(product=goods_of_any_shop())
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def test_comes_back_as_it_was(self, product: NewProduct) -> None:
        product = replace(
            product,
            title=fit_for_xml(product.title),
            description=plain_text(as_html(fit_for_xml(product.description))),
            variants=tuple(_fit_for_xml(variant) for variant in product.variants),
        )
        texts = [product.title, *(t for v in product.variants for t in (*v.option_values, v.seller_sku))]
        # An apostrophe before a text is taken for a spreadsheet's.
        assume(len(product.title) > 2 and not any(text.startswith("'") for text in texts))
        assume(all(all(variant.option_values) for variant in product.variants))
        cast = assemble_cast()
        create_product(cast.seller, cast.shop, product)
        with tempfile.TemporaryDirectory() as into:
            other = moved_over(cast, "tiktok_shop", Path(into))
        assert held(other, TIKTOK_KEEPS) == held(cast.shop, TIKTOK_KEEPS)


def _fit_for_xml(variant: NewVariant) -> NewVariant:
    values = tuple(fit_for_xml(value) for value in variant.option_values)
    return replace(variant, option_values=values, seller_sku=fit_for_xml(variant.seller_sku))


def test_what_no_xml_may_hold_breaks_no_file(cast: Cast, tmp_path: Path) -> None:
    create_product(cast.seller, cast.shop, sambal("Sambal \ufffe_x0041_\uffff"))
    other = moved_over(cast, "tiktok_shop", tmp_path)
    assert [each["title"] for each in goods(other)] == ["Sambal _x0041_"]
