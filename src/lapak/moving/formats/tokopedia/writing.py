"""Written out: the import template, in which every variant is a product of its own.

Columns, bounds and words: docs/concepts/export-formats.md "Tokopedia". New goods, one at least, insured if the buyer wants;
couriers are for the seller to choose there.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from lapak.moving.formats.tokopedia.layouts import FORMAT
from lapak.moving.leaving import LeavingProduct
from lapak.moving.outgoing import FIELDS, Outgoing, Room, same
from lapak.moving.written import Column, Line, Workbooks

_TITLE, _DESCRIPTION, _PICTURES = 70, 2_000, 5
_HELP = {
    "Nama Produk*": f"Maks. {_TITLE} karakter",
    "Deskripsi Produk*": f"Maks. {_DESCRIPTION} karakter",
    "Kondisi*": "Baru / Bekas",
    "Status*": "Aktif / Nonaktif",
    "Harga (Rp)*": "Angka saja, tanpa titik",
}
_GROUPS = {"Nama Produk*": "Informasi Produk", "Foto Produk 1*": "Media", "SKU Name": "Informasi Penjualan"}


def head(columns: Sequence[Column]) -> list[list[str]]:
    """Groups, labels, help."""
    labels = [label for _key, label in columns]
    return [[_GROUPS.get(label, "") for label in labels], labels, [_HELP.get(label, "Opsional") for label in labels]]


def lines(product: LeavingProduct) -> Iterator[Line]:
    """What tells variants apart stands behind the title."""
    for variant in product.variants:
        options = ", ".join(variant.options)
        first, *more = [picture.address for picture in product.pictures[:_PICTURES]] or [""]
        yield {
            "Nama Produk*": f"{product.title} – {options}" if options else product.title,
            "Deskripsi Produk*": product.description,
            "Kode Kategori*": product.category_there.code if product.category_there else "",
            "Berat* (Gram)": product.weight_g,
            "Minimum Pemesanan*": 1,
            "Kondisi*": "Baru",
            "Foto Produk 1*": first,
            **{f"Foto Produk {n}": address for n, address in enumerate(more, 2)},
            "SKU Name": variant.seller_sku,
            "Status*": "Aktif" if product.is_published else "Nonaktif",
            "Jumlah Stok*": variant.stock,
            "Harga (Rp)*": variant.price_idr,
            "Asuransi Pengiriman*": "opsional",
        }


OUTGOING = Outgoing(
    platform=FORMAT.platform,
    title="Tokopedia",
    how=_("Tokopedia Seller → Products → Add or change several"),
    form=Workbooks("tokopedia-products.xlsx", sheet="ISI Template Impor Produk", head=head),
    holds={"title", "description", "category", "status", "weight_g", "seller_sku", "price_idr", "stock", "pictures"},
    columns=same(
        "Pesan Error", "Nama Produk*", "Deskripsi Produk*", "Kode Kategori*", "Berat* (Gram)", "Minimum Pemesanan*",
        "Nomor Etalase", "Waktu Proses Preorder", "Kondisi*", "Foto Produk 1*",
        *(f"Foto Produk {n}" for n in range(2, _PICTURES + 1)),
        *(f"URL Video Produk {n}" for n in range(1, 4)),
        "SKU Name", "Status*", "Jumlah Stok*", "Harga (Rp)*", "Kurir Pengiriman*", "Asuransi Pengiriman*",
    ),
    lines=lines,
    rooms={
        "Nama Produk*": Room(FIELDS["title"], most=_TITLE),
        "Deskripsi Produk*": Room(FIELDS["description"], most=_DESCRIPTION),
    },
    most={"pictures": _PICTURES},
    own_categories=True,
)  # fmt: skip
