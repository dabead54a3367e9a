"""What sellers, suppliers and shop systems call the columns of their lists, in Indonesian and English."""

import functools
import re
from collections.abc import Mapping

from lapak.moving.layout import Layout, spelling
from lapak.moving.own_lists.columns import Role

GROUP = "group"
"""A column whose cells are the same for all rows of one product."""

_OWN = {
    Role.TITLE: """
        nama; nama barang; nama produk; nama item; nama menu; nama artikel; barang; produk; item; judul; judul
        produk; product; product name; item name; name; title; goods
    """,
    Role.PRICE: """
        harga; harga jual; harga satuan; harga eceran; harga retail; harga toko; harga online; harga normal; hrg;
        hrg jual; price; selling price; sell price; unit price; retail price; sales price; list price; harga (rp);
        harga jual (rp); rp
    """,
    Role.STOCK: """
        stok; stock; qty; quantity; kuantitas; jumlah; jumlah stok; sisa; sisa stok; stok akhir; stok tersedia;
        persediaan; on hand; qty on hand; inventory; available; tersedia; pcs; stok toko
    """,
    Role.SKU: """
        sku; kode; kode barang; kode produk; kode item; kode sku; kd barang; item code; product code; code; part
        number; no barang; nomor barang; internal reference; no. sku; kode varian
    """,
    Role.BARCODE: """
        barcode; bar code; kode barcode; no barcode; nomor barcode; barcode produk; barcode barang; kode batang; ean;
        ean13; ean 13; kode ean; gtin; upc; isbn; kode gtin
    """,
    Role.IMAGE: """
        foto; gambar; image; picture; photo; url foto; url gambar; link foto; link gambar; image url; picture url;
        foto produk; gambar produk; image link; foto utama; gambar utama; images; photos; thumbnail
    """,
    Role.DESCRIPTION: """
        deskripsi; keterangan; description; detail; details; spesifikasi; deskripsi produk; deskripsi barang;
        product description; deskripsi lengkap; long description; isi deskripsi
    """,
    Role.CATEGORY: """
        kategori; category; categories; kelompok; golongan; departemen; jenis; jenis barang; kategori produk;
        kategori barang; product category; etalase; department; collection; koleksi
    """,
    Role.BRAND: "merek; merk; brand; brands; merk barang; nama merek; manufacturer; produsen; pabrikan",
    Role.STATUS: "status; aktif; active; status produk; status jual; published; dijual; tampil",
    Role.OPTION: """
        varian; variasi; variant; variation; opsi; option; warna; colour; color; ukuran; size; rasa; flavour;
        flavor; motif; tipe varian; nama varian; nama variasi; nilai varian; variant name; option value; ukuran
        sepatu; kemasan; nomor sepatu
    """,
    Role.LENGTH: "panjang; length; p (cm); panjang cm; panjang paket",
    Role.WIDTH: "lebar; width; l (cm); lebar cm; lebar paket",
    Role.HEIGHT: "tinggi; height; t (cm); tinggi cm; tinggi paket",
    Role.WEIGHT_G: """
        berat; weight; bobot; berat barang; berat produk; berat bersih; berat kirim; massa; shipping weight; berat
        paket
    """,
    Role.ID: "id; id barang; id produk; id item; product id; item id; uuid; id varian; variant id; external id",
    Role.ATTRIBUTE: "bahan; material; garansi; warranty; negara asal; country of origin",
}  # fmt: skip
_GROUPS = """
    kode induk; sku induk; induk; parent; parent sku; parent id; parent code; handle; url handle; grup; group;
    kode grup; model; kode model; artikel; kode artikel; item group id; master sku; sku master; product group;
    kelompok varian; style; style code
"""

_OF_FIELDS = {
    "title": Role.TITLE,
    "price_idr": Role.PRICE,
    "stock": Role.STOCK,
    "weight_g": Role.WEIGHT_G,
    "weight_kg": Role.WEIGHT_G,
    "seller_sku": Role.SKU,
    "barcode": Role.BARCODE,
    "images": Role.IMAGE,
    "description": Role.DESCRIPTION,
    "category": Role.CATEGORY,
    "brand": Role.BRAND,
    "status": Role.STATUS,
    "length_cm": Role.LENGTH,
    "width_cm": Role.WIDTH,
    "height_cm": Role.HEIGHT,
    "sku_id": Role.ID,
    "variation": Role.OPTION,
    "option_value_1": Role.OPTION,
    "option_value_2": Role.OPTION,
    "option_value_3": Role.OPTION,
    "colour": Role.OPTION,
    "size": Role.OPTION,
    "product_id": GROUP,
    "parent": GROUP,
    "parent_sku": GROUP,
}
"""Fields of the formats' layouts, whose spellings are known as well."""

_WORDS = {
    Role.TITLE: "nama barang produk product item name judul",
    Role.PRICE: "harga hrg price",
    Role.STOCK: "stok stock qty quantity kuantitas",
    Role.BARCODE: "barcode ean gtin upc",
    Role.SKU: "sku kode code",
    Role.IMAGE: "foto gambar image images picture photo",
    Role.DESCRIPTION: "deskripsi description keterangan spesifikasi",
    Role.CATEGORY: "kategori category",
    Role.BRAND: "merek merk brand",
    Role.OPTION: "varian variasi variant warna color colour ukuran size rasa",
    Role.WEIGHT_G: "berat weight bobot",
    Role.LENGTH: "panjang length",
    Role.WIDTH: "lebar width",
    Role.HEIGHT: "tinggi height",
}
_OTHER_THAN = {
    Role.TITLE: "toko kategori merek supplier pemasok gudang kode id sku pelanggan satuan",
    Role.PRICE: """
        modal beli cost hpp pokok dasar grosir wholesale reseller dropship coret compare promo diskon minimum level
        agen terakhir margin mulai akhir tanggal
    """,
    Role.STOCK: "minimum min alert maksimum max opname masuk keluar awal terjual sold",
    Role.SKU: "pos kategori supplier pemasok gudang warna voucher",
    Role.OPTION: "chart bagan tabel panduan jumlah",
    Role.WEIGHT_G: "satuan unit",
}
"""Words beside which those above mean something else: what the seller paid, the least that is kept."""

_ORDER_WORDS = """
    pesanan pembeli penerima resi invoice faktur order buyer recipient tracking customer pelanggan komisi commission saldo
    settlement penghasilan payout refund alamat telepon telp email pembayaran payment debit kredit
"""
_OF_ORDERS = frozenset(_ORDER_WORDS.split())
_MIN_OF_ORDERS = 2
_WORD = re.compile(r"[^\W\d_]+")


@functools.cache
def _by_own_spelling() -> dict[str, str]:
    known: dict[str, str] = {spelling(name): role.value for role, names in _OWN.items() for name in _parted(names)}
    return known | {spelling(name): GROUP for name in _parted(_GROUPS)}


def known_names(layouts: tuple[Layout, ...]) -> Mapping[str, str]:
    """What each known name means (a role, or `GROUP`): those of all formats, and before them those of shops' own lists."""
    known: dict[str, str] = {}
    for layout in layouts:
        for name, spellings in layout.spellings.items():
            if name in _OF_FIELDS or name in layout.axes:
                meant = str(_OF_FIELDS.get(name, Role.OPTION))
                each = (
                    text.replace("{n}", str(n)) for text in spellings for n in (range(1, 10) if "{n}" in text else (1,))
                )
                known |= {spelling(text): meant for text in each}
    return known | _by_own_spelling()


def meant_in_part(name: str) -> Role | None:
    """What a name that nobody knows as a whole means by one of its words: `Harga Toko Cabang`."""
    words = set(_words(name))
    for role, telling in _WORDS.items():
        if words & set(telling.split()) and not words & set(_OTHER_THAN.get(role, "").split()):
            return role
    return None


def is_of_orders(names: tuple[str, ...]) -> bool:
    """Whether a list with these columns tells of sales, people or money, and not of goods."""
    return sum(not _OF_ORDERS.isdisjoint(_words(name)) for name in names) >= _MIN_OF_ORDERS


def says_kilograms(name: str) -> bool | None:
    """The unit that stands in the name: `Berat (kg)`; None where none does."""
    words = set(_words(name))
    if words & {"kg", "kilo", "kilogram"}:
        return True
    return False if words & {"g", "gr", "gram", "grams"} else None


def _words(name: str) -> list[str]:
    return _WORD.findall(name.casefold())


def _parted(names: str) -> list[str]:
    return [" ".join(name.split()) for name in names.split(";")]
