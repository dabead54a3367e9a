"""A seller's file for `move-in`: Seller Center's batch-edit export as many SKUs as asked for, as long as real ones."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

SKUS_OF_A_PRODUCT = 5
"""As in the example export."""

_PICTURES = 5
_KEYS = (
    "product_id", "category", "product_name", "product_status", "sku_id", "variation_value", "product_description", "brand",
    "price", "quantity", "seller_sku", "parcel_weight", "parcel_length", "parcel_width", "parcel_height", "cod",
    "main_image", *(f"image_{n}" for n in range(2, 10)), "size_chart", "minimum_order_quantity", "shipping_insurance",
    "product_property/100198",
)  # fmt: skip
_VERSION = "V4 | All_Information | metric"
_CATEGORIES = (
    "Kategori", "Fashion Muslim/Kain/Kain Batik(605274)", "Fashion Muslim/Sarung(603311)",
    "Pakaian Pria/Kemeja(601226)", "Pakaian Wanita/Gamis(601303)",
)  # fmt: skip
_COLOURS = ("Merah", "Cokelat Muda", "Hijau Sage", "Ungu Terong", "Tosca")
_SIZES = ("S", "M", "L", "XL", "XXL")


def write_export(path: Path, skus: int) -> Path:
    """The file exists at `path`: a header of five rows, and `skus` more, cells as text in place, as Seller Center writes them."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as workbook:
        page = workbook.add_worksheet("Template")
        for row, texts in enumerate(_rows(skus)):
            for column, text in enumerate(texts):
                page.write_string(row, column, text)
        workbook.add_worksheet("Category").write_column(0, 0, _CATEGORIES)
    return path


def _rows(skus: int) -> Iterator[tuple[str, ...]]:
    yield _KEYS
    yield (_VERSION,)
    yield tuple(key.replace("_", " ").capitalize() for key in _KEYS)
    yield ("Opsional",) * len(_KEYS)
    yield ("Isi sesuai ketentuan Seller Center.",) * len(_KEYS)
    for n in range(skus):
        yield _sku(*divmod(n, SKUS_OF_A_PRODUCT))


def _sku(product: int, place: int) -> tuple[str, ...]:
    name, id_ = _CATEGORIES[1 + product % 4].rstrip(")").rpartition("/")[2].split("(")
    option = _SIZES[place] if name == "Kemeja" else _COLOURS[place]
    pictures = [_address(product, place, n) for n in range(_PICTURES)]
    return (
        str(1_729_000_000_000_000_000 + product * 7_919),
        f"{name} ({id_})",
        f"{name} Trusmi {product:06} Adem dan Lembut, Motif Mega Mendung",
        "Aktif(1)" if product % 20 else "Nonaktif(2)",
        str(1_730_000_000_000_000_000 + (product * SKUS_OF_A_PRODUCT + place) * 104_729),
        option,
        _description(name, product, _address(product, 0, 0)),
        "Batik Trusmi (7072630204522563329)",
        str(95_000 + product % 400 * 500),
        str(10 + (product + place) % 90),
        f"BT-{product:06}-{place}",
        str(250 + product % 10 * 50),
        "30", "20", "3", "Didukung",
        *pictures, *[""] * (9 - _PICTURES), "", "1", "Opsional", "Katun primisima",
    )  # fmt: skip


def _description(name: str, product: int, picture: str) -> str:
    """Some 1,100 characters of HTML, the mean of the example export."""
    return (
        f"<p><strong>{name} Trusmi {product:06} Adem dan Lembut</strong></p><p>Batu karang taman keraton Cirebon, lambang "
        "pendirian yang kokoh. Dikerjakan perajin kami sendiri di Trusmi, Kab. Cirebon.</p><p><strong>Tentang produk</strong>"
        "</p><ul><li>Jenis: sarung dewasa 110 x 200 cm, sudah dijahit keliling, berkepala tumpal</li><li>Bahan: Katun "
        "primisima</li><li>Teknik: batik cap dengan malam, bukan printing</li><li>Warna: Tosca, Cokelat Muda, Hijau Sage, "
        "Ungu Terong</li></ul><p><strong>Cara mencuci</strong></p><ul><li>Cuci terpisah 2-3 kali pertama</li><li>Pakai lerak "
        "atau sampo, jangan pemutih</li><li>Jemur di tempat teduh, setrika suhu sedang</li></ul><p>Stok selalu diperbarui. "
        "Pesanan sebelum pukul 15.00 dikirim hari itu juga, kecuali Minggu dan hari libur. Pembelian grosir dan seragam "
        f'silakan lewat obrolan; kami balas pada jam kerja &amp; hari Sabtu.</p><img src="{picture}">'
    )


def _address(product: int, place: int, n: int) -> str:
    """Hosts and queries differ from row to row, the path does not."""
    digest = hashlib.md5(f"{product} {n}".encode(), usedforsecurity=False).hexdigest()
    host, seen = ("p16-oec-va", "p19-oec-sg", "p16-oec-sg")[(place + n) % 3], 1 + (place + n) % 3
    return (
        f"https://{host}.ibyteimg.com/tos-alisg-i-aphluv4xwc-sg/{digest}~tplv-aphluv4xwc-origin-jpeg.jpeg"
        f"?dr=15568&from=1432613627&idc=my{seen}&ps=933b5bde&shcp=9b759fb9"
    )
