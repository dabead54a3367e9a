"""What each column of a Seller Center file means: by machine key first, by its label in any known spelling else."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

_IMAGES = 9

# Field: machine keys, then labels as Seller Center has written them over the years:
# docs/concepts/export-formats.md "TikTok Shop".
_KNOWN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "product_id": (("product_id",), ("ID Produk", "Product ID")),
    "sku_id": (("sku_id",), ("ID SKU", "SKU ID")),
    "title": (("product_name",), ("Nama produk", "Product name")),
    "description": (("product_description",), ("Deskripsi produk", "Product description")),
    "category": (("category",), ("Kategori", "Category")),
    "brand": (("brand",), ("Merek", "Brand")),
    "status": (("product_status",), ("Status produk", "Product status")),
    "variation": (("variation_value",), ("Nilai Variasi", "Variation value", "Variations")),
    "option_name_1": (("property_name_1",), ("Nama varian utama (tema)", "Primary variation name (Theme)")),
    "option_value_1": (
        ("property_value_1",),
        ("Nilai varian utama (opsi)", "Primary variation value (Options)", "Varian 1", "Variation 1"),
    ),
    "option_name_2": (("property_name_2",), ("Nama varian sekunder (tema)", "Secondary variation name (Theme)")),
    "option_value_2": (
        ("property_value_2",),
        ("Nilai varian sekunder (opsi)", "Secondary variation value (Options)", "Varian 2", "Variation 2"),
    ),
    "price_idr": (
        ("price",),
        ("Harga Ritel (Mata Uang Lokal)", "Harga Ritel", "Retail Price (Local Currency)", "Harga"),
    ),
    "stock": (("quantity",), ("Kuantitas", "Quantity", "Jumlah")),
    "seller_sku": (("seller_sku",), ("SKU Penjual", "Penjual SKU", "Seller SKU")),
    "weight_g": (("parcel_weight",), ("Berat paket(g)", "Package weight(g)", "Parcel weight(g)")),
    "length_cm": (("parcel_length",), ("Panjang paket(cm)", "Package length(cm)", "Parcel length(cm)")),
    "width_cm": (("parcel_width",), ("Lebar paket(cm)", "Package width(cm)", "Parcel width(cm)")),
    "height_cm": (("parcel_height",), ("Tinggi paket(cm)", "Package height(cm)", "Parcel height(cm)")),
    "problem": (("lapak_problem",), ("Masalah", "Problem")),
}
_IMAGE_KEYS = ("main_image", *(f"image_{n}" for n in range(2, _IMAGES + 1)))
_IMAGE_LABELS = (
    ("Gambar utama", "Gambar Produk Utama", "Main product image", "Main image"),
    *((f"Gambar {n}", f"Gambar Produk {n}", f"Product image {n}", f"Image {n}") for n in range(2, _IMAGES + 1)),
)
_ATTRIBUTE_KEY = "product_property/"
_WAREHOUSE = "stock per warehouse"
"""Stands for the stock in files that do not give the sum."""
_WAREHOUSE_KEY = "warehouse_quantity/"
_WAREHOUSE_LABEL = "jumlahdi"


def _spelling(text: str) -> str:
    """Labels differ in spaces, capitals and asterisks; their letters do not."""
    return re.sub(r"[\s*]+", "", unicodedata.normalize("NFC", text)).casefold()


_BY_KEY = {key: name for name, (keys, _) in _KNOWN.items() for key in keys}
_BY_KEY |= dict.fromkeys(_IMAGE_KEYS, "images")
_BY_LABEL = {_spelling(label): name for name, (_, labels) in _KNOWN.items() for label in labels}
_BY_LABEL |= {_spelling(label): "images" for labels in _IMAGE_LABELS for label in labels}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands (zero-based), which columns are attributes, and which have no place here."""

    fields: dict[str, tuple[int, ...]] = field(default_factory=dict)
    attributes: dict[int, str] = field(default_factory=dict)
    unmapped: dict[int, str] = field(default_factory=dict)


def columns_of(keys: Sequence[str], labels: Sequence[str]) -> Columns:
    """The meaning of a header of keys and labels of equal length; either may be empty texts throughout."""
    found = Columns()
    for index, (key, label) in enumerate(zip(keys, labels, strict=True)):
        name = _field_of(key, label)
        if name is not None:
            found.fields[name] = (*found.fields.get(name, ()), index)
        elif key.startswith(_ATTRIBUTE_KEY):
            found.attributes[index] = label or key
        elif key or label:
            found.unmapped[index] = key or label
    per_warehouse = found.fields.pop(_WAREHOUSE, None)
    if per_warehouse:
        found.fields.setdefault("stock", per_warehouse)
    return found


def is_known_label(text: str) -> bool:
    """Whether Seller Center writes this above a column."""
    return _spelling(text) in _BY_LABEL or _spelling(text).startswith(_WAREHOUSE_LABEL)


def _field_of(key: str, label: str) -> str | None:
    if key in _BY_KEY:
        return _BY_KEY[key]
    if key.startswith(_WAREHOUSE_KEY):
        return _WAREHOUSE
    if key.startswith(_ATTRIBUTE_KEY):
        return None
    spelling = _spelling(label)
    if spelling.startswith(_WAREHOUSE_LABEL):
        return _WAREHOUSE
    return _BY_LABEL.get(spelling)
