"""The product lists of Seller Center: the batch-edit export, and the upload templates of now and of 2022/23.

Spellings over the years: docs/concepts/export-formats.md "TikTok Shop".
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapak.moving.bundle import SourceSheet
from lapak.moving.cells import text_of
from lapak.moving.errors import FileNotProducts, FileUnknown
from lapak.moving.formats.tiktok_shop.income import INCOME
from lapak.moving.formats.tiktok_shop.orders import ORDERS
from lapak.moving.formats.tiktok_shop.promotions import PROMOTIONS
from lapak.moving.identify import by_ids, by_title
from lapak.moving.layout import ATTRIBUTE, Format, Layout, OtherList, product_alone
from lapak.moving.values import SourceStatus

PLATFORM = "tiktok_shop"
CATEGORY_SHEET = "Category"
"""Lists the full path of every category by its id."""

_OF_PRODUCTS = {
    "title": ("product_name", "Nama produk"),
    "description": ("product_description", "Deskripsi produk"),
    "category": ("category", "Kategori"),
    "brand": ("brand", "Merek"),
    "price_idr": (
        "price", "Harga Ritel (Mata Uang Lokal)", "Harga Ritel", "Retail Price (Local Currency)", "Harga",
    ),
    "stock": ("quantity", "Kuantitas", "Jumlah"),
    "seller_sku": ("seller_sku", "SKU Penjual", "Penjual SKU"),
    "barcode": ("gtin_code",),
    "weight_g": ("parcel_weight", "Berat paket(g)", "Package weight(g)", "Parcel weight(g)"),
    "weight_kg": ("Berat paket(kg)", "Package weight(kg)", "Parcel weight(kg)"),
    "length_cm": ("parcel_length", "Panjang paket(cm)", "Package length(cm)", "Parcel length(cm)"),
    "width_cm": ("parcel_width", "Lebar paket(cm)", "Package width(cm)", "Parcel width(cm)"),
    "height_cm": ("parcel_height", "Tinggi paket(cm)", "Package height(cm)", "Parcel height(cm)"),
    "images": (
        "main_image", "image_{n}", "Gambar utama", "Gambar Produk Utama", "Main product image", "Main image", "Gambar {n}",
        "Gambar Produk {n}", "Product image {n}",
    ),
}  # fmt: skip
_OF_EXPORTS = {
    "product_id": ("product_id", "ID Produk"),
    "sku_id": ("sku_id", "ID SKU"),
    "status": ("product_status", "Status produk", "Status"),
    "variation": ("variation_value", "Nilai Variasi", "Variations", "Variation", "Variasi", "Nilai varian"),
}
_OF_TEMPLATES = {
    "status": ("aimed_product_status",),
    "option_name_1": ("property_name_1", "Nama varian utama (tema)", "Primary variation name (Theme)"),
    "option_value_1": (
        "property_value_1", "Nilai varian utama (opsi)", "Primary variation value (Options)", "Varian 1", "Variation 1",
    ),
    "option_name_2": ("property_name_2", "Nama varian sekunder (tema)", "Secondary variation name (Theme)"),
    "option_value_2": (
        "property_value_2", "Nilai varian sekunder (opsi)", "Secondary variation value (Options)", "Varian 2", "Variation 2",
    ),
}  # fmt: skip
_BEGINNINGS = {
    "stock_at": ("warehouse_quantity/", "Jumlah di ", "Quantity in "),
    ATTRIBUTE: ("product_property/",),
}
_NAME_AND_ID = re.compile(r"(.*)\((\d+)\)")


def _category_paths(sheet: SourceSheet) -> Mapping[str, str]:
    """Full category paths by id, from the workbook's own list: `Fashion Muslim/Kain/Kain Batik(605274)`."""
    rows = chain.from_iterable(table.rows() for table in sheet.companions)
    texts = (text_of(cell) for _number, cells in rows for cell in cells)
    return {found[2]: found[1].rstrip() for text in texts if (found := _NAME_AND_ID.fullmatch(text))}


def _refuse_pounds(sheet: SourceSheet) -> None:
    if "(lb)" in sheet.label("weight_g").lower():
        raise FileNotProducts(sheet.file, _("It weighs in pounds: this is not an export of an Indonesian shop."))


def _refuse_unfit_export(sheet: SourceSheet) -> None:
    """An export without its ids looks like an upload template, and would bring every product in once more."""
    missing = [name for name in ("product_id", "sku_id") if not sheet.has(name)]
    if missing:
        reason = _("The column %(column)s was taken out of this export. Export it again and leave all columns in.")
        raise FileUnknown(sheet.file, reason % {"column": ", ".join(missing)})
    _refuse_pounds(sheet)


_SPELLED = _OF_PRODUCTS | _OF_EXPORTS
_OF_SKUS = {"price_idr", "stock", "seller_sku", "barcode", "sku_id", "variation"}

_EXPORT = Layout(
    platform=PLATFORM,
    called=gettext_lazy("All information"),
    spellings=_SPELLED,
    beginnings=_BEGINNINGS,
    needs=frozenset(),
    needs_one_of={"product_id", "sku_id", "variation"},
    least_known=4,
    first_row=4,
    first_row_below_keys=6,
    identify=by_ids,
    lookup=_category_paths,
    companions=(CATEGORY_SHEET,),
    settle=_refuse_unfit_export,
)
_BASIC = replace(
    _EXPORT,
    called=gettext_lazy("Basic information"),
    spellings={name: _SPELLED[name] for name in _SPELLED.keys() - _OF_SKUS},
    beginnings={ATTRIBUTE: _BEGINNINGS[ATTRIBUTE]},
    needs={"product_id", "title"},
    needs_one_of={"description", "category", "images"},
    about=product_alone,
    settle=_refuse_pounds,
)
_TEMPLATE = replace(
    _EXPORT,
    spellings=_OF_PRODUCTS | _OF_TEMPLATES,
    needs={"title", "price_idr", "category"},
    needs_one_of=frozenset(),
    least_known=6,
    identify=by_title,
    settle=_refuse_pounds,
    without_status=SourceStatus.ACTIVE,
)
_INCOME = gettext_lazy(
    "This is an income report without the columns that Lapak needs: the day, the revenue and what was paid out. Export it whole."
)

FORMAT = Format(
    platform=PLATFORM,
    title="TikTok Shop",
    expected="product_id, product_name, sku_id, price, quantity, parcel_weight …",
    how=gettext_lazy("Seller Center → Products → Batch edit → All information"),
    layouts=(_BASIC, _EXPORT, _TEMPLATE),
    past=(ORDERS, PROMOTIONS, INCOME),
    other_lists=(
        OtherList(_INCOME, {"order/adjustment id"}),
        OtherList(_INCOME, {"id pesanan/penyesuaian"}),
    ),
)
