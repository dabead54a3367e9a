"""Lapak's own list of goods, as `writing.py` writes it: read back as it is, without any guess."""

from django.utils.translation import gettext_lazy

from lapak.moving.cells import text
from lapak.moving.formats.lapak.part import PLATFORM
from lapak.moving.formats.lapak.parts import PARTS
from lapak.moving.identify import by_ids
from lapak.moving.layout import ATTRIBUTE, Format, Layout, OtherList

_GOODS = Layout(
    platform=PLATFORM,
    called="goods.csv",
    spellings={
        "product_id": ("product_id", "ID Produk"),
        "sku_id": ("sku_id", "ID SKU"),
        "title": ("product_name", "Nama produk"),
        "description": ("description", "Deskripsi"),
        "category": ("category", "Kategori"),
        "brand": ("brand", "Merek"),
        "status": ("status", "Status"),
        "weight_g": ("weight_g", "Berat (g)"),
        "length_cm": ("length_cm", "Panjang (cm)"),
        "width_cm": ("width_cm", "Lebar (cm)"),
        "height_cm": ("height_cm", "Tinggi (cm)"),
        "origin": ("origin", "Asal"),
        "has_ai_pictures": ("ai_pictures", "Gambar buatan AI"),
        "has_ai_words": ("ai_description", "Deskripsi buatan AI"),
        **{f"option_name_{n}": (f"option_name_{n}", f"Nama pilihan {n}") for n in (1, 2, 3)},
        **{f"option_value_{n}": (f"option_value_{n}", f"Pilihan {n}") for n in (1, 2, 3)},
        "seller_sku": ("seller_sku", "SKU Penjual"),
        "barcode": ("barcode", "Barcode"),
        "price_idr": ("price_idr", "Harga (Rp)"),
        "stock": ("stock", "Stok"),
        "images": ("image_{n}", "Gambar {n}"),
    },
    beginnings={ATTRIBUTE: ("attribute_",)},
    readers={"description": text, "brand": text, "category": text, "seller_sku": text, "barcode": text},
    needs={"product_id", "sku_id", "title", "price_idr", "weight_g"},
    least_known=15,
    first_row=2,
    first_row_below_keys=3,
    identify=by_ids,
)

FORMAT = Format(
    platform=PLATFORM,
    title="Lapak",
    expected="product_id, sku_id, product_name, price_idr, stock, weight_g …",
    how=gettext_lazy("the zip that “lapak move-out” wrote, as it is"),
    layouts=(_GOODS,),
    past=tuple(part.comes_in for part in PARTS if isinstance(part.comes_in, Layout)),
    other_lists=tuple(part.comes_in for part in PARTS if isinstance(part.comes_in, OtherList)),
)
