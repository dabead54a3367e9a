"""WooCommerce's product CSV: a product with options is a row of its own, and each variation names its parent.

docs/concepts/export-formats.md "WooCommerce".
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lapak.moving.bundle import SourceSheet
from lapak.moving.cells import escaped_html, first_category, shelf, text_of
from lapak.moving.formats.woocommerce.reviews import REVIEWS
from lapak.moving.layout import About, Format, Layout
from lapak.moving.row import Row

PLATFORM = "woocommerce"
_PARENT_ID = "id:"


def _kinds(row: Row) -> set[str]:
    """`simple, downloadable, virtual`."""
    return {kind.strip() for kind in (row.text("kind") or "").casefold().split(",")}


def _about(row: Row) -> About:
    kinds = _kinds(row)
    if "variation" in kinds:
        return About.SKU
    return About.PRODUCT if kinds & {"variable", "grouped"} else About.BOTH


def _identify(row: Row) -> tuple[str, str]:
    """A variation names its parent by `id:102` or by its SKU."""
    own = row.id("sku_id")
    if "variation" not in _kinds(row):
        return own, own
    parent = row.text("parent") or ""
    if parent.startswith(_PARENT_ID):
        return parent.removeprefix(_PARENT_ID).strip(), own
    return row.look.lookup.get(parent, parent), own


def _ids_by_sku(sheet: SourceSheet) -> Mapping[str, str]:
    """Parents may stand below their variations."""
    (own, *_), (sku, *_) = sheet.columns["sku_id"], sheet.columns.get("seller_sku", sheet.columns["sku_id"])
    rows = (cells for _number, cells in sheet.data_rows())
    return {text_of(cells[sku]): text_of(cells[own]) for cells in rows if max(own, sku) < len(cells)}


_PRODUCTS = Layout(
    platform=PLATFORM,
    called="wc-product-export.csv",
    spellings={
        "sku_id": ("ID",),
        "kind": ("Type", "Tipe"),
        "seller_sku": ("SKU",),
        "barcode": ("GTIN, UPC, EAN, or ISBN", "GTIN, UPC, EAN, atau ISBN"),
        "title": ("Name", "Nama"),
        "status": ("Published", "Diterbitkan", "Telah terbit"),
        "description": ("Description", "Deskripsi"),
        "summary": ("Short description", "Deskripsi singkat"),
        "stock": ("Stock", "Stok"),
        "weight_kg": ("Weight (kg)", "Berat (kg)"),
        "weight_g": ("Weight (g)", "Berat (g)"),
        "length_cm": ("Length (cm)", "Panjang (cm)"),
        "width_cm": ("Width (cm)", "Lebar (cm)"),
        "height_cm": ("Height (cm)", "Tinggi (cm)"),
        "price_idr": ("Regular price", "Harga reguler", "Harga normal"),
        "sale_price": ("Sale price", "Harga obral", "Harga diskon"),
        "sale_begins": (
            "Date sale price starts",
            "Tanggal harga obral dimulai",
            "Tanggal harga obral mulai",
            "Tanggal harga diskon dimulai",
        ),
        "sale_ends": ("Date sale price ends", "Tanggal harga obral berakhir", "Tanggal harga diskon berakhir"),
        "category": ("Categories", "Kategori"),
        "images": ("Images", "Gambar"),
        "parent": ("Parent", "Induk"),
        "brand": ("Brands", "Merek"),
        "option_name_1": ("Attribute 1 name", "Nama atribut 1"),
        "option_value_1": ("Attribute 1 value(s)", "Nilai atribut 1"),
        "option_name_2": ("Attribute 2 name", "Nama atribut 2"),
        "option_value_2": ("Attribute 2 value(s)", "Nilai atribut 2"),
        "option_name_3": ("Attribute 3 name", "Nama atribut 3"),
        "option_value_3": ("Attribute 3 value(s)", "Nilai atribut 3"),
    },
    needs={"sku_id", "kind", "title", "price_idr"},
    least_known=7,
    first_row=2,
    identify=_identify,
    about=_about,
    lookup=_ids_by_sku,
    readers={"description": escaped_html, "category": first_category, "stock": shelf},
    falls_back={"description": "summary"},
    pictures_parted_by=re.compile(r",\s+|,(?=https?://)"),
    pairs_describe=True,
    assumes={"weight_g"},
)

FORMAT = Format(
    platform=PLATFORM,
    title="WooCommerce",
    expected="ID, Type, SKU, Name, Regular price …",
    how=_("WooCommerce → Products → Export"),
    layouts=(_PRODUCTS,),
    past=(REVIEWS,),
)
