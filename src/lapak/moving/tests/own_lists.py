"""Lists of sellers' and suppliers' own, as text tables."""

from pathlib import Path

from lapak.moving.documents import sorted_by_content
from lapak.moving.formats import registry
from lapak.moving.own_lists.found import OwnList, own_lists_of
from lapak.moving.own_lists.guesses import Reading, reading_of
from lapak.moving.own_lists.names import known_names

NAMES = known_names(registry.LAYOUTS)

PLAIN = """Kode,Nama Barang,Harga Modal,Harga Jual,Stok,Berat (gr),Foto,Rak
KB-01,Kain Batik Lasem,90.000,Rp 125.000,10,250,https://toko.example/foto/kb01.jpg,A1
KB-02,Kemeja Batik Pria,150.000,Rp 210.000,4,300,https://toko.example/foto/kb02.jpg,A2
,Selendang Tenun,40.000,Rp 75.000,25,100,,A2
"""
OF_VARIANTS = """DAFTAR BARANG TOKO MAJU;;;;;
;;;;;
Nama;Warna;Ukuran;Harga;Qty;Berat
Kaos Polos;Hitam;L;55000;3;0,2
Kaos Polos;Hitam;XL;57000;5;0,2
Kaos Polos;Putih;L;55000;2;0,2
Topi Rimba;Hijau;All Size;40000;7;0,15
"""
ENGLISH = """Item Code\tItem Name\tSelling Price\tOn Hand\tWeight\tCategory\tBrand
A100\tHand-woven basket, large\t185000\t12\t0.8 kg\tHome > Storage\tRotan Jaya
A101\tHand-woven basket, small\t95000\t0\t400 g\tHome > Storage\tRotan Jaya
"""
SUGGESTED = {
    PLAIN: "sku=Kode,title=Nama Barang,price=Harga Jual,stock=Stok,weight_g=Berat (gr),image=Foto",
    OF_VARIANTS: "title=Nama,option=Warna,option=Ukuran,price=Harga,stock=Qty,weight_kg=Berat,group=Nama",
    ENGLISH: "sku=Item Code,title=Item Name,price=Selling Price,stock=On Hand,weight_g=Weight,category=Category,brand=Brand",
}
"""What the columns of each are taken for."""
OWN = {"own plain list": PLAIN, "own list of variants": OF_VARIANTS, "own English list": ENGLISH}


def written(folder: Path, text: str, name: str = "daftar.csv") -> Path:
    """The list as a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def found_in(path: Path) -> OwnList:
    """The one own list of the file."""
    (found,) = own_lists_of(sorted_by_content([path]).documents[0], NAMES)
    return found


def taken(path: Path) -> Reading:
    """What its columns are taken for."""
    reading = reading_of(found_in(path), NAMES)
    assert reading is not None
    return reading
