"""Bukalapak's list for adding many goods at once: docs/concepts/export-formats.md "Bukalapak"."""

from django.utils.translation import gettext_lazy as _

from lapak.moving.identify import by_title
from lapak.moving.layout import Format, Layout
from lapak.moving.values import SourceStatus

PLATFORM = "bukalapak"

_PRODUCTS = Layout(
    platform=PLATFORM,
    called=_("upload list"),
    spellings={
        "title": ("Nama Barang", "Nama Produk"),
        "stock": ("Stok(Minimum 1)", "Barang Stok(Minimum 1)", "Stok"),
        "weight_g": ("Berat (gram)",),
        "price_idr": ("Harga (Rupiah)", "Harga"),
        "condition": ("Kondisi(Baru/Bekas)", "Kondisi"),
        "description": ("Deskripsi",),
        "insurance": ("Wajib Asuransi?(Ya/Tidak)", "Wajib Asuransi"),
        "brand": ("Merek",),
        "category": ("Kategori",),
        "images": ("URL Gambar {n}", "Gambar {n}"),
    },
    beginnings={"couriers": ("Jasa Pengiriman",)},
    needs={"title", "price_idr", "weight_g"},
    needs_one_of={"condition", "couriers", "insurance"},
    first_row=2,
    identify=by_title,
    without_status=SourceStatus.ACTIVE,
)

FORMAT = Format(
    platform=PLATFORM,
    title="Bukalapak",
    expected="Nama Barang, Stok(Minimum 1), Harga (Rupiah) …",
    how=_("Bukalapak → My goods → the list with which you added many goods"),
    layouts=(_PRODUCTS,),
)
