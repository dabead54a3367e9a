"""Tokopedia's import template, in which every size is a product: docs/concepts/export-formats.md "Tokopedia"."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lapak.moving.bundle import SourceSheet
from lapak.moving.cells import text_of
from lapak.moving.formats.tokopedia.orders import ORDERS
from lapak.moving.identify import by_title
from lapak.moving.layout import Format, Layout

PLATFORM = "tokopedia"
_CATEGORIES = "Daftar Kategori"
"""Lists the path of every category by its code."""


def _category_paths(sheet: SourceSheet) -> Mapping[str, str]:
    rows = (cells for table in sheet.companions for _number, cells in table.rows() if len(cells) > 1)
    return {text_of(cells[0]): text_of(cells[1]) for cells in rows}


_PRODUCTS = Layout(
    platform=PLATFORM,
    called=_("import template"),
    spellings={
        "title": ("Nama Produk",),
        "description": ("Deskripsi Produk",),
        "category": ("Kode Kategori", "Kategori Kode", "Kategori"),
        "weight_g": ("Berat (Gram)", "Berat(Gram)"),
        "images": ("Foto Produk {n}", "Gambar {n}"),
        "seller_sku": ("SKU Name", "SKU", "Nama SKU"),
        "status": ("Status",),
        "stock": ("Jumlah Stok", "Stok"),
        "price_idr": ("Harga (Rp)", "Harga"),
        "why_refused": ("Pesan Error", "Error Message"),
        "showcase": ("Nomor Etalase", "Etalase"),
        "condition": ("Kondisi",),
        "least": ("Minimum Pemesanan",),
        "couriers": ("Kurir Pengiriman",),
        "insurance": ("Asuransi Pengiriman",),
    },
    needs={"title", "price_idr", "weight_g"},
    needs_one_of={"why_refused", "showcase", "couriers", "insurance"},
    least_known=7,
    first_row=3,
    identify=by_title,
    lookup=_category_paths,
    companions=(_CATEGORIES,),
)

FORMAT = Format(
    platform=PLATFORM,
    title="Tokopedia",
    expected="Nama Produk*, Kode Kategori*, Harga (Rp)* …",
    how=_("Tokopedia Seller → Products → Add or change several → the template with your products"),
    layouts=(_PRODUCTS,),
    past=(ORDERS,),
)
