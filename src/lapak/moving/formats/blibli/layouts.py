"""Blibli's list for adding many goods at once: docs/concepts/export-formats.md "Blibli"."""

from django.utils.translation import gettext_lazy as _

from lapak.moving.identify import digest, options
from lapak.moving.layout import Format, Layout
from lapak.moving.row import Row
from lapak.moving.values import SourceStatus

PLATFORM = "blibli"


def _identify(row: Row) -> tuple[str, str]:
    """Rows of one `Parent` are one product; without it the title is what they share."""
    name = row.text("parent") or row.text("title") or ""
    return (digest(name), digest(name, *options(row))) if name else ("", "")


_PRODUCTS = Layout(
    platform=PLATFORM,
    called=_("upload list"),
    spellings={
        "category": ("Kategori",),
        "title": ("Nama Produk",),
        "seller_sku": ("Seller SKU", "SKU Seller"),
        "description": ("Deskripsi",),
        "summary": ("Keunggulan produk",),
        "brand": ("Merek",),
        "colour": ("Warna",),
        "size": ("Ukuran",),
        "variant": ("Variasi",),
        "parent": ("Parent",),
        "images": ("Foto-{n}", "Foto {n}"),
        "handling": ("Tipe Penanganan",),
        "family": ("Family Colour", "Family Color"),
        "length_cm": ("Panjang (cm)",),
        "width_cm": ("Lebar (cm)",),
        "height_cm": ("Tinggi (cm)",),
        "weight_g": ("Berat (gram)",),
        "price_idr": ("Harga Penjualan (Rp)", "Harga Penjualan"),
        "stock": ("Available Stock", "Stok Tersedia"),
    },
    needs={"title", "price_idr", "weight_g"},
    needs_one_of={"handling", "parent", "family"},
    least_known=7,
    first_row=5,
    identify=_identify,
    axes={"colour": "Warna", "size": "Ukuran", "variant": "Varian"},
    falls_back={"description": "summary"},
    without_status=SourceStatus.ACTIVE,
)

FORMAT = Format(
    platform=PLATFORM,
    title="Blibli",
    expected="Kategori*, Nama Produk*, Harga Penjualan (Rp)* …",
    how=_("Blibli Seller Center → Products → the list with which you added many goods"),
    layouts=(_PRODUCTS,),
)
