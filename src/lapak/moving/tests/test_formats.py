"""Every platform's example: recognised, read whole, moved in with its totals, and unchanged the second time."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from lapak.goods.catalogue.models import Product, ProductImage, Stock, Variant
from lapak.moving.check import check
from lapak.moving.documents import sorted_by_content
from lapak.moving.formats.registry import FORMATS, recognise
from lapak.moving.move_in import move_in
from lapak.moving.plan import Tally
from lapak.moving.progress import tell_nobody
from lapak.moving.reader import read
from lapak.moving.tests.files import EXAMPLES
from lapak.moving.tests.programmes import LISTS as PROGRAMMES
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

PLATFORMS = ("shopee", "tokopedia", "lazada", "shopify", "woocommerce")
UNTOLD = {"shopee": 2}
"""Goods that were not on sale there, which none of the platform's lists says."""


def files_of(platform: str) -> list[Path]:
    """The example's lists and pictures."""
    return sorted(path for path in (EXAMPLES.parent / platform).iterdir() if path.suffix != ".json")


def expected(platform: str) -> dict[str, int]:
    """What a reader has to find in them."""
    found: dict[str, int] = json.loads((EXAMPLES.parent / platform / "EXPECTED.json").read_text())
    return found


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_example_moves_in_with_its_totals_and_again_changes_nothing(platform: str, seller: User, shop: Shop) -> None:
    wanted = expected(platform)
    result = move_in(seller, files_of(platform), shop)
    assert result.errors == []
    assert result.done is not None
    assert result.done.products == Tally(created=wanted["products"])
    assert result.done.skus == Tally(created=wanted["skus"])
    assert result.done.stock.created == sum(Stock.objects.values_list("on_hand", flat=True)) == wanted["stock"]
    assert result.worth_idr == wanted["stock_value_idr"]
    worth = sum(v.price_idr * v.stock.on_hand for v in Variant.objects.select_related("stock"))
    assert worth == wanted["stock_value_idr"]
    on_sale = Product.objects.filter(status="published").count()
    assert on_sale == wanted["active_products"] + UNTOLD.get(platform, 0)
    pictures = set(ProductImage.objects.values_list("source_path", flat=True))
    assert len(pictures) == wanted["images"]

    again = move_in(seller, files_of(platform), shop)
    assert again.done is not None
    assert again.done.products == Tally(unchanged=wanted["products"])
    assert again.done.skus == Tally(unchanged=wanted["skus"])
    assert again.done.images == Tally(unchanged=again.done.images.unchanged)


def test_the_lists_of_several_platforms_come_in_together(seller: User, shop: Shop) -> None:
    files = [path for platform in ("tokopedia", "woocommerce") for path in files_of(platform) if path.suffix != ".zip"]
    result = move_in(seller, files, shop)
    assert result.done is not None
    assert result.done.products.created == expected("tokopedia")["products"] + expected("woocommerce")["products"]
    assert {found.platform for found in result.found} == {"Tokopedia", "WooCommerce"}


def test_what_is_not_enough_says_what_is_missing(seller: User, shop: Shop) -> None:
    lists = {path.name.split("_")[2]: path for path in files_of("shopee") if path.name.startswith("mass")}
    result = move_in(seller, [lists["sales"]], shop, dry_run=True)
    assert result.plan.products.left_out == expected("shopee")["products"]
    assert all("mass_update_shipping_info" in str(error) for error in result.errors)
    assert [str(aside) for aside in result.asides] == [
        "“mass_update_basic_info” of Shopee is not among the files. What is new comes without: descriptions.",
        "“mass_update_media_info” of Shopee is not among the files. What is new comes without: pictures, categories.",
        "“mass_update_shipping_info” of Shopee is not among the files. What is new comes without: weights.",
    ]
    result = move_in(seller, [lists["basic"], lists["shipping"]], shop, dry_run=True)
    assert result.plan.products.left_out == expected("shopee")["products"]
    assert all("Give “mass_update_sales_info” too" in str(error) for error in result.errors)


def test_the_files_of_a_platform_may_come_one_after_another(seller: User, shop: Shop) -> None:
    """What a later list adds to goods that are here is added to them."""
    files = {path.name[:20]: path for path in files_of("shopee") if path.name.startswith("mass")}
    first = [path for name, path in files.items() if "media" not in name]
    move_in(seller, first, shop)
    assert Product.objects.filter(category=None).count() == expected("shopee")["products"]
    result = move_in(seller, list(files.values()), shop)
    assert result.done is not None
    assert result.done.products == Tally(changed=expected("shopee")["products"])
    assert result.done.skus.created == 0


def test_lists_without_weights_say_that_one_is_assumed(seller: User, shop: Shop) -> None:
    result = move_in(seller, files_of("lazada"), shop)
    (note,) = result.notes
    assert "1.000 grams" in note.message or "1,000 grams" in note.message
    assert set(Product.objects.values_list("weight_g", flat=True)) == {1_000}


LISTS_OF_TEXT = {
    "bukalapak": (
        "Nama Barang;Stok(Minimum 1);Berat (gram);Harga (Rupiah);Kondisi(Baru/Bekas);Deskripsi;Wajib Asuransi?(Ya/Tidak);"
        "Merek;Jasa Pengiriman (gunakan vertical bar | sebagai pemisah);URL Gambar 1;URL Gambar 2\n"
        "Sepatu Lari;4;800;Rp 250.000;Baru;Ringan;Tidak;Ortuseight;JNE|J&T;https://s0.bukalapak.com/img/a1.jpg;\n"
        "Kaos Kaki;10;50;15.000;Baru;Lembut;Tidak;;JNE;;\n"
    ),
    "blibli": (
        "Kategori*,Nama Produk*,Seller SKU,Deskripsi*,Merek*,Warna*,Family Colour,Ukuran,Parent,Foto-1*,Tipe Penanganan*,"
        "Panjang (cm)*,Lebar (cm)*,Tinggi (cm)*,Berat (gram)*,Harga Penjualan (Rp)*,Available Stock*\n"
        'Sepatu,Sepatu Lari,S1,Ringan,Ortuseight,Hitam,Black,40,P1,a1.jpg,Biasa,30,20,"12,5",800,250000,1\n'
        "Sepatu,Sepatu Lari,S2,Ringan,Ortuseight,Hitam,Black,41,P1,a1.jpg,Biasa,30,20,13,800,250000,3\n"
        "Kaki,Kaos Kaki,K1,Lembut,,Putih,White,,,,Biasa,,,,50,15000,10\n"
    ),
    "google_merchant": (
        "id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\titem_group_id\tcolor\tsize\tquantity\tshipping_weight\n"
        "S1\tSepatu Lari\tRingan\thttps://a.example/1\thttps://a.example/a1.jpg\tin_stock\t250000 IDR\tP1\tHitam\t40\t1\t0.8 kg\n"
        "S2\tSepatu Lari\tRingan\thttps://a.example/1\thttps://a.example/a1.jpg\tin_stock\t250000 IDR\tP1\tHitam\t41\t3\t800 g\n"
        "K1\tKaos Kaki\tLembut\thttps://a.example/2\t\tin_stock\t15000.00 IDR\t\t\t\t10\t50 g\n"
    ),
    "meta_catalog": (
        "# Required | a unique id,# Required,,,,,,,,,\n"
        "id,title,description,availability,condition,price,link,image_link,item_group_id,size,quantity_to_sell_on_facebook\n"
        "S1,Sepatu Lari,Ringan,in stock,new,250000 IDR,https://a.example/1,https://a.example/a1.jpg,P1,40,1\n"
        "S2,Sepatu Lari,Ringan,in stock,new,250000 IDR,https://a.example/1,https://a.example/a1.jpg,P1,41,3\n"
        "K1,Kaos Kaki,Lembut,in stock,new,15000.00 IDR,https://a.example/2,,,,10\n"
    ),
}


READ_ELSEWHERE = {
    "tiktok_shop": "test_move_in.py",
    "lapak": "test_move_out.py",
    "generic": "test_own_lists.py",
} | dict.fromkeys(PROGRAMMES, "test_programmes.py")


def test_every_format_is_tried_on_a_list_of_its_own_and_named_to_sellers() -> None:
    guide = (settings.ROOT / "docs/guides/move-in.md").read_text()
    assert {fmt.platform for fmt in FORMATS} == {*PLATFORMS, *LISTS_OF_TEXT, *READ_ELSEWHERE}
    assert [fmt.title for fmt in FORMATS if str(fmt.title) not in guide] == []


@pytest.mark.parametrize("platform", LISTS_OF_TEXT)
def test_lists_and_feeds_are_read_as_what_they_are(tmp_path: Path, platform: str) -> None:
    (tmp_path / "daftar.csv").write_text(LISTS_OF_TEXT[platform], encoding="utf-8")
    sheets = recognise(sorted_by_content([tmp_path / "daftar.csv"]).documents[0])
    assert [sheet.platform for sheet in sheets] == [platform]
    bundle = read(sheets, tell_nobody)
    assert check(bundle).problems == []
    shoes, socks = bundle.products.values()
    assert (shoes.title, shoes.description, socks.title) == ("Sepatu Lari", "Ringan", "Kaos Kaki")
    assert [variant.price_idr for variant in bundle.variants()][::-1][:2] == [15_000, 250_000]
    assert sum(v.stock for v in shoes.variants if isinstance(v.stock, int)) == 4
    assert shoes.weight_g in {800, None}
    assert (shoes.images or ("",))[0].endswith("a1")
    if len(shoes.variants) > 1:
        assert [variant.options[-1] for variant in shoes.variants] == ["40", "41"]
        assert shoes.option_names[-1] == "Ukuran"


def test_every_layout_is_known_by_its_own_columns() -> None:
    """A header of nothing but a layout's own first spellings is taken for that layout's platform."""
    platforms = [fmt.platform for fmt in FORMATS]
    assert len(set(platforms)) == len(platforms)
    for fmt in FORMATS:
        for layout in (*fmt.layouts, *fmt.past):
            assert layout.platform == fmt.platform
            assert layout.needs <= layout.holds | layout.spellings.keys()
