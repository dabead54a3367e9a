"""Written out: one row a variant, keys above labels; pictures lie beside it in the zip."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from lapak.moving.cells import YES
from lapak.moving.formats.lapak.parts import PARTS
from lapak.moving.leaving import LeavingProduct
from lapak.moving.outgoing import FIELDS, Outgoing
from lapak.moving.written import Line, Text

_MOST_PICTURES, _MOST_OPTIONS = 20, 3
_COLUMNS = (
    ("product_id", "ID Produk"), ("sku_id", "ID SKU"), ("product_name", "Nama produk"), ("description", "Deskripsi"),
    ("category", "Kategori"), ("brand", "Merek"), ("status", "Status"), ("weight_g", "Berat (g)"),
    ("length_cm", "Panjang (cm)"), ("width_cm", "Lebar (cm)"), ("height_cm", "Tinggi (cm)"),
    ("origin", "Asal"), ("ai_pictures", "Gambar buatan AI"), ("ai_description", "Deskripsi buatan AI"),
    *((f"option_name_{n}", f"Nama pilihan {n}") for n in range(1, _MOST_OPTIONS + 1)),
    *((f"option_value_{n}", f"Pilihan {n}") for n in range(1, _MOST_OPTIONS + 1)),
    ("seller_sku", "SKU Penjual"), ("barcode", "Barcode"),
    ("price_idr", "Harga (Rp)"), ("stock", "Stok"),
    *((f"image_{n}", f"Gambar {n}") for n in range(1, _MOST_PICTURES + 1)),
)  # fmt: skip
_STATUSES = {"published": "aktif", "archived": "nonaktif", "draft": ""}
"""Of a draft the file says nothing, and a draft it becomes."""


def columns(attributes: Sequence[str]) -> list[tuple[str, str]]:
    """The fixed ones, then one for each attribute of the shop."""
    return [*_COLUMNS, *((f"attribute_{name}", name) for name in attributes)]


def lines(product: LeavingProduct) -> Iterator[Line]:
    """Every row says everything: rows may be sorted and filtered before they come in somewhere."""
    of_product: dict[str, object] = {
        "product_id": str(product.id),
        "product_name": product.title,
        "description": product.description,
        "category": "/".join(product.category),
        "brand": product.brand,
        "status": _STATUSES[product.status],
        "weight_g": product.weight_g,
        "length_cm": product.length_cm,
        "width_cm": product.width_cm,
        "height_cm": product.height_cm,
        "origin": product.origin,
        "ai_pictures": YES if product.has_ai_pictures else "",
        "ai_description": YES if product.has_ai_words else "",
        **{f"option_name_{n}": name for n, name in enumerate(product.option_names, 1)},
        **{f"image_{n}": picture.name for n, picture in enumerate(product.pictures, 1)},
        **{f"attribute_{name}": said for name, said in product.attributes.items()},
    }
    for variant in product.variants:
        yield of_product | {
            "sku_id": str(variant.id),
            **{f"option_value_{n}": value for n, value in enumerate(variant.options, 1)},
            "seller_sku": variant.seller_sku,
            "barcode": variant.barcode,
            "price_idr": variant.price_idr,
            "stock": variant.stock,
        }


OUTGOING = Outgoing(
    platform="lapak",
    title="Lapak",
    how=_("any Lapak: moving in, or “lapak move-in”"),
    form=Text("goods.csv", marks_utf8=True),
    holds=FIELDS.keys(),
    columns=columns,
    lines=lines,
    most={"options": _MOST_OPTIONS, "pictures": _MOST_PICTURES},
    beside=tuple(part.leaves for part in PARTS),
)
