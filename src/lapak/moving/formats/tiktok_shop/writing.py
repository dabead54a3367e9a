"""Written out: Seller Center's upload template, one row a SKU, the product's fields repeated.

Keys and labels are those of a template of 2025 (docs/concepts/export-formats.md "TikTok Shop"); that Seller Center takes a
workbook without the hidden sheets of its own is not known: the shop's own template, filled in, it takes for sure.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from lapak.moving.formats.tiktok_shop.layouts import FORMAT
from lapak.moving.leaving import LeavingProduct, within
from lapak.moving.outgoing import FIELDS, Outgoing, Room
from lapak.moving.plain_text import as_html
from lapak.moving.written import Column, Line, Workbooks

_OPTIONS, _PICTURES = 2, 9
_COLUMNS = (
    ("category", "Kategori"), ("brand", "Merek"), ("product_name", "Nama produk"), ("product_description", "Deskripsi produk"),
    ("main_image", "Gambar utama"),
    *((f"image_{n}", f"Gambar {n}") for n in range(2, 8)),
    *((f"image_{n}", f"Gambar Produk {n}") for n in range(8, _PICTURES + 1)),
    ("property_name_1", "Nama varian utama (tema)"), ("property_value_1", "Nilai varian utama (opsi)"),
    ("property_1_image", "Gambar varian utama 1"),
    ("property_name_2", "Nama varian sekunder (tema)"), ("property_value_2", "Nilai varian sekunder (opsi)"),
    ("parcel_weight", "Berat paket(g)"), ("parcel_length", "Panjang paket(cm)"), ("parcel_width", "Lebar paket(cm)"),
    ("parcel_height", "Tinggi paket(cm)"), ("delivery", "Opsi Pengiriman"), ("price", "Harga Ritel (Mata Uang Lokal)"),
    ("gtin_type", "gtin_type"), ("gtin_code", "gtin_code"), ("quantity", "Kuantitas"), ("seller_sku", "SKU Penjual"),
    ("size_chart", "Bagan Ukuran"),
    ("aimed_product_status", "Status produk"),
)  # fmt: skip
_KINDS_OF_BARCODE = {8: "EAN", 12: "UPC", 13: "EAN", 14: "GTIN"}
"""By how many digits it has, in the words of TikTok's API (`identifier_code.type`)."""
_NEEDED = {"category", "product_name", "product_description", "main_image", "parcel_weight", "price", "quantity"}


def head(columns: Sequence[Column]) -> list[list[str]]:
    """Keys, version, labels, what is needed, and a row for help."""
    keys, labels = zip(*columns, strict=True)
    return [
        [*keys],
        ["V3"],
        [*labels],
        ["Wajib" if key in _NEEDED else "Opsional" for key in keys],
        ["Jangan ubah baris 1 sampai 5."],
    ]


def lines(product: LeavingProduct) -> Iterator[Line]:
    """The category is the one it had there, else ours, by which its seller chooses."""
    first, *more = [picture.address for picture in product.pictures] or [""]
    names = within(product.option_names, _OPTIONS)
    of_product: dict[str, object] = {
        "category": product.category_there.path if product.category_there else "/".join(product.category),
        "brand": product.brand,
        "product_name": product.title,
        "product_description": as_html(product.description),
        "main_image": first,
        **{f"image_{n}": address for n, address in enumerate(more, 2)},
        **{f"property_name_{n}": name for n, name in enumerate(names, 1)},
        "parcel_weight": product.weight_g,
        "parcel_length": product.length_cm,
        "parcel_width": product.width_cm,
        "parcel_height": product.height_cm,
        "aimed_product_status": "Aktif(1)" if product.is_published else "Dinonaktifkan(2)",
    }
    for variant in product.variants:
        yield of_product | {
            **{f"property_value_{n}": value for n, value in enumerate(within(variant.options, _OPTIONS), 1)},
            "price": variant.price_idr,
            "quantity": variant.stock,
            "seller_sku": variant.seller_sku,
            "gtin_type": _KINDS_OF_BARCODE.get(len(variant.barcode), ""),
            "gtin_code": variant.barcode,
        }


OUTGOING = Outgoing(
    platform=FORMAT.platform,
    title="TikTok Shop",
    how=_("Seller Center → Products → Add products → Bulk upload"),
    form=Workbooks("tiktok-products_{n}.xlsx", sheet="Template", head=head, most_products=5_000),
    holds=FIELDS.keys() - {"attributes", "origin", "ai"},
    columns=lambda _attributes: _COLUMNS,
    lines=lines,
    rooms={"product_description": Room(FIELDS["description"], most=10_000)},
    most={"options": _OPTIONS, "pictures": _PICTURES},
    own_categories=True,
)
