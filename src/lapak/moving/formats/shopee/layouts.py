"""The lists of Shopee's mass update (basic, sales, media, shipping, days to ship), and its upload template.

Each holds some fields of the same goods: docs/concepts/export-formats.md "Shopee".
"""

import re
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from lapak.moving.bundle import SourceSheet
from lapak.moving.cells import spaced_options
from lapak.moving.formats.shopee.income import INCOME
from lapak.moving.formats.shopee.orders import ORDERS
from lapak.moving.formats.shopee.promotions import PROMOTIONS
from lapak.moving.formats.shopee.reviews import REVIEWS
from lapak.moving.identify import by_ids_of_options, by_title
from lapak.moving.layout import Format, Layout, OtherList, product_alone
from lapak.moving.values import SourceStatus

PLATFORM = "shopee"
_KILOGRAMS = re.compile(r"\bkg\b|kilo", re.IGNORECASE)
_GRAMS = re.compile(r"\b(g|gr|gram|grams)\b", re.IGNORECASE)

_COMMON = {
    "product_id": ("et_title_product_id", "Kode Produk", "ID Produk", "Product ID"),
    "title": ("et_title_product_name", "Nama Produk", "Product Name"),
    "parent_sku": ("et_title_parent_sku", "SKU Induk", "Parent SKU"),
    "why_refused": ("et_title_reason", "Alasan Gagal", "Fail Reason"),
}
_OF_SKUS = {
    "sku_id": ("et_title_variation_id", "Kode Variasi", "Variation ID"),
    "variation": ("et_title_variation_name", "Nama Variasi", "Variation Name"),
}
_CATEGORY = {"category": ("et_title_product_category", "Kategori", "Category")}


def _say_unit_of_weight(sheet: SourceSheet) -> None:
    """Templates of some years and countries want grams; the words above the column say it."""
    (column, *_more) = sheet.columns["weight_g"]
    above = " ".join(row[column] for row in sheet.table.head(sheet.first_data_row - 1) if column < len(row))
    if _GRAMS.search(above) and not _KILOGRAMS.search(above):
        sheet.units.pop("weight_g", None)


_SALES = Layout(
    platform=PLATFORM,
    called="mass_update_sales_info",
    spellings=_COMMON
    | _OF_SKUS
    | {
        "seller_sku": ("et_title_variation_sku", "SKU"),
        "barcode": ("ps_gtin_code", "GTIN"),
        "price_idr": ("et_title_variation_price", "Harga", "Price"),
        "stock": ("et_title_variation_stock", "Stok", "Stock"),
    },
    beginnings={"stock_at": ("et_title_variation_stock.", "Stok Penjual", "Seller Stock")},
    needs={"product_id", "sku_id", "price_idr"},
    first_row=4,
    first_row_below_keys=7,
    identify=by_ids_of_options,
    readers={"variation": spaced_options},
    without_status=SourceStatus.ACTIVE,
)
_BASIC = replace(
    _SALES,
    called="mass_update_basic_info",
    spellings=_COMMON | {"description": ("et_title_product_description", "Deskripsi Produk", "Product Description")},
    beginnings={},
    needs={"product_id", "description"},
    about=product_alone,
)
_MEDIA = replace(
    _BASIC,
    called="mass_update_media_info",
    spellings=_COMMON
    | _CATEGORY
    | {
        "images": ("ps_item_cover_image", "ps_item_image.{n}", "Foto Sampul", "Foto Produk {n}", "Cover image", "Item Image {n}"),
        "option_name_1": ("et_title_variation_1", "Nama Variasi 1", "Variation Name 1", "Variation Name1"),
        "option_name_2": ("et_title_variation_2", "Nama Variasi 2", "Variation Name 2", "Variation Name2"),
    },
    needs={"product_id", "images"},
)  # fmt: skip
_SHIPPING = replace(
    _BASIC,
    called="mass_update_shipping_info",
    spellings=_COMMON
    | _OF_SKUS
    | {
        "weight_kg": ("et_title_product_weight", "Berat Produk/kg", "Berat/kg", "Product Weight/kg", "Weight/kg"),
        "length_cm": ("et_title_product_length", "Panjang", "Length"),
        "width_cm": ("et_title_product_width", "Lebar", "Width"),
        "height_cm": ("et_title_product_height", "Tinggi", "Height"),
    },
    needs={"product_id", "weight_g"},
)
_DAYS_TO_SHIP = replace(
    _BASIC,
    called="mass_update_dts_info",
    spellings=_COMMON | _CATEGORY | {"days_to_ship": ("et_title_product_dts", "et_title_non_pre_order_dts")},
    needs={"product_id", "days_to_ship"},
)
_UPLOAD = replace(
    _SALES,
    called=_("mass upload template"),
    spellings={
        "title": ("ps_product_name", "Nama Produk", "Product Name"),
        "description": ("ps_product_description", "Deskripsi Produk", "Product Description"),
        "category": ("ps_category", "Kategori", "Category"),
        "option_name_1": ("et_title_variation_1", "Nama Variasi 1", "Variation Name1"),
        "option_value_1": ("et_title_option_for_variation_1", "Varian untuk Variasi 1", "Option for Variation 1"),
        "option_name_2": ("et_title_variation_2", "Nama Variasi 2", "Variation Name2"),
        "option_value_2": ("et_title_option_for_variation_2", "Varian untuk Variasi 2", "Option for Variation 2"),
        "price_idr": ("ps_price", "Harga", "Price"),
        "stock": ("ps_stock", "Stok", "Stock"),
        "seller_sku": ("ps_sku_short", "Kode Variasi", "SKU"),
        "barcode": ("ps_gtin_code", "GTIN"),
        "images": ("ps_item_cover_image", "ps_item_image_{n}", "Foto Sampul", "Foto Produk {n}", "Cover image", "Item Image {n}"),
        "weight_kg": ("ps_weight", "Berat", "Berat (kg)", "Weight"),
        "group": ("et_title_variation_integration_no", "Kode Integrasi Variasi", "Variation Integration No."),
        "length_cm": ("ps_length", "Panjang", "Length"),
        "width_cm": ("ps_width", "Lebar", "Width"),
        "height_cm": ("ps_height", "Tinggi", "Height"),
    },
    beginnings={},
    needs={"title", "price_idr", "weight_g", "option_value_1"},
    identify=by_title,
    readers={},
    settle=_say_unit_of_weight,
)  # fmt: skip
_INCOME = _(
    "This is an income report without the columns that Lapak needs: the day, the revenue and what was paid out. Export it whole."
)

FORMAT = Format(
    platform=PLATFORM,
    title="Shopee",
    expected="et_title_product_id, et_title_variation_price …",
    how=_("Seller Centre → My products → Mass update → download basic, sales, media and shipping"),
    layouts=(_SALES, _BASIC, _MEDIA, _SHIPPING, _DAYS_TO_SHIP, _UPLOAD),
    past=(ORDERS, PROMOTIONS, INCOME, REVIEWS),
    other_lists=(OtherList(_INCOME, {"no. pesanan", "total penghasilan"}),),
)
