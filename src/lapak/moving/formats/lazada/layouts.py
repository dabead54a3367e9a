"""Lazada's mass-update lists, which belong together: docs/concepts/export-formats.md "Lazada"."""

from dataclasses import replace
from itertools import islice

from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import NumberStyle
from lapak.moving.bundle import SourceSheet
from lapak.moving.cells import spaced_options, text_of
from lapak.moving.formats.lazada.orders import ORDERS
from lapak.moving.identify import by_ids
from lapak.moving.layout import Format, Layout, product_alone
from lapak.moving.numbers import number_of_file

PLATFORM = "lazada"

_LOOKED_AT_ROWS = 50

_COMMON = {
    "product_id": ("Product ID", "ID Produk"),
    "title": ("Product Name", "Nama Produk"),
    "category_number": ("catId",),
    "english_title": ("Product Name in En",),
    "category": ("Category", "Category Name", "Primary Category", "Kategori"),
    "brand": ("Brand", "Merek"),
    "status": ("status",),
    "hash": ("tr(s-wb-product@md5key)",),
}
_BEGINNINGS = {"title": ("Product Name(", "Nama Produk(")}
"""In the shop's language first: `Product Name(Indonesian)`."""
_WEIGHT = {
    "weight_kg": ("Package Weight (kg)", "Package Weight", "Berat Paket (kg)"),
    "length_cm": ("Package Length (cm)", "Package Length", "Panjang Paket (cm)"),
    "width_cm": ("Package Width (cm)", "Package Width", "Lebar Paket (cm)"),
    "height_cm": ("Package Height (cm)", "Package Height", "Tinggi Paket (cm)"),
}


def _find_warehouses(sheet: SourceSheet) -> None:
    """Stock stands in columns named after the store or its warehouses: those unknown behind the price that hold mostly
    numbers. What is none there is told by its cell."""
    if sheet.has("stock"):
        return
    price = sheet.columns["price_idr"][0]
    rows = [cells for _number, cells in islice(sheet.data_rows(), _LOOKED_AT_ROWS)]

    def is_number(text: str) -> bool:
        return any(number_of_file(text, style) is not None for style in NumberStyle)

    def holds_pieces(index: int) -> bool:
        said = [text for cells in rows if index < len(cells) and (text := text_of(cells[index]))]
        return 2 * sum(map(is_number, said)) > len(said)

    known = {index for columns in sheet.columns.values() for index in columns}
    found = tuple(index for index in sheet.unmapped if index > price and index not in known and holds_pieces(index))
    if found:
        sheet.columns["stock_at"] = found
        for index in found:
            del sheet.unmapped[index]


_PRICE_AND_STOCK = Layout(
    platform=PLATFORM,
    called="pricestock",
    spellings=_COMMON
    | _WEIGHT
    | {
        "sku_id": ("sku.skuId", "SKU ID"),
        "shop_sku": ("Shop SKU", "Lazada SKU"),
        "currency": ("currencyCode",),
        "price_idr": ("Price", "Harga"),
        "sale_price": ("SpecialPrice",),
        "sale_begins": ("SpecialPrice Start",),
        "sale_ends": ("SpecialPrice End",),
        "seller_sku": ("SellerSKU", "Seller SKU"),
        "variation": ("Variations Combo",),
        "stock": ("Quantity", "Stok", "Stock"),
    },
    beginnings=_BEGINNINGS,
    needs={"product_id", "sku_id", "price_idr"},
    needs_one_of={"shop_sku", "currency", "category_number", "sale_price", "hash"},
    first_row=5,
    identify=by_ids,
    readers={"variation": spaced_options},
    sells_by_sku=True,
    assumes={"weight_g"},
    settle=_find_warehouses,
)
_BASIC = replace(
    _PRICE_AND_STOCK,
    called="basic",
    spellings=_COMMON
    | _WEIGHT
    | {
        "images": ("Product Images{n}", "Images{n}", "Product Image {n}"),
        "description": ("Main Description", "Description", "Long Description", "Deskripsi"),
    },
    needs={"product_id", "title"},
    needs_one_of={"images", "description"},
    about=product_alone,
    settle=None,
)

FORMAT = Format(
    platform=PLATFORM,
    title="Lazada",
    expected="Product ID, sku.skuId, Price …",
    how=_("Seller Center → Products → Mass update → price and stock, and basic information"),
    layouts=(_PRICE_AND_STOCK, _BASIC),
    past=(ORDERS,),
)
