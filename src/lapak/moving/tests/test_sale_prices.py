"""Of a regular price and a lower one, goods come in at what they cost now; how many there are is told."""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from lapak.goods.catalogue.models import Stock, Variant
from lapak.lib import clock
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.tests.files import table
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

Make = Callable[..., Path]


def csv_of(path: Path, row: Mapping[str, str]) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, row.keys())
    writer.writeheader()
    writer.writerow(row)
    path.write_text(text.getvalue())
    return path


def woocommerce(path: Path, sale: str, begins: str = "", ends: str = "") -> Path:
    return csv_of(path / "w.csv", {
        "ID": "7", "Type": "simple", "SKU": "K1", "Name": "Kopi Gayo", "Published": "1", "Stock": "5", "Weight (kg)": "0.25",
        "Date sale price starts": begins, "Date sale price ends": ends, "Sale price": sale, "Regular price": "45000",
        "Categories": "Kopi",
    })  # fmt: skip


def google(path: Path, sale: str, begins: str = "", ends: str = "") -> Path:
    return csv_of(path / "g.csv", {
        "id": "1", "title": "Kopi Gayo", "description": "Kopi", "link": "https://x.example/1", "image_link": "",
        "availability": "in_stock", "price": "45000 IDR", "sale_price": sale and f"{sale} IDR",
        "sale_price_effective_date": f"{begins}/{ends}" if begins else "", "product_type": "Kopi",
    })  # fmt: skip


def meta(path: Path, sale: str, begins: str = "", ends: str = "") -> Path:
    return csv_of(path / "m.csv", {
        "id": "1", "title": "Kopi Gayo", "description": "Kopi", "availability": "in stock", "condition": "new",
        "price": "45000 IDR", "sale_price": sale and f"{sale} IDR",
        "sale_price_effective_date": f"{begins}/{ends}" if begins else "", "link": "https://x.example/1", "image_link": "",
        "quantity_to_sell_on_facebook": "5",
    })  # fmt: skip


def lazada(path: Path, sale: str, begins: str = "", ends: str = "") -> Path:
    row = {
        "Product ID": "7400000001", "catId": "10000422", "Product Name": "Kopi Gayo", "currencyCode": "IDR",
        "sku.skuId": "109000038", "status": "active", "Shop SKU": "", "Price": "45000", "SpecialPrice": sale,
        "SpecialPrice Start": begins, "SpecialPrice End": ends, "Toko Kita": "5", "SellerSKU": "K1",
    }  # fmt: skip
    return table(path / "l.xlsx", [list(row), *[["Wajib"] * len(row)] * 3, list(row.values())], sheet="template")


LISTS = [woocommerce, google, meta, lazada]
each_list = pytest.mark.parametrize("make", LISTS, ids=[make.__name__ for make in LISTS])


def day(ahead: int) -> str:
    return (clock.now() + timedelta(days=ahead)).astimezone(clock.WIB).strftime("%Y-%m-%d")


def price() -> int:
    return Variant.objects.get().price_idr


def told(result: MoveInResult) -> list[str]:
    return [problem.message for problem in result.problems if problem.field in {"sale_price", "was_price"}]


@each_list
def test_what_goods_cost_now_comes_in_and_is_told(make: Make, seller: User, shop: Shop, tmp_path: Path) -> None:
    result = move_in(seller, [make(tmp_path, "39000")], shop)
    assert result.errors == []
    assert price() == 39_000
    (words,) = told(result)
    assert words.startswith("1 goods have a regular price and a lower one")


@each_list
@pytest.mark.parametrize(
    ("begins", "ends", "cost_idr"), [(-3, 3, 39_000), (-3, 0, 39_000), (-9, -3, 45_000), (3, 9, 45_000)]
)
def test_a_sale_counts_while_it_lasts(
    make: Make, begins: int, ends: int, cost_idr: int, seller: User, shop: Shop, tmp_path: Path
) -> None:
    result = move_in(seller, [make(tmp_path, "39000", day(begins), day(ends))], shop)
    assert price() == cost_idr
    assert bool(told(result)) is (cost_idr == 39_000)


@each_list
def test_a_sale_that_is_over_gives_back_the_regular_price(make: Make, seller: User, shop: Shop, tmp_path: Path) -> None:
    files = [make(tmp_path, "39000", day(-3), day(3))]
    move_in(seller, files, shop)
    with clock.stopped_at(clock.now() + timedelta(days=9)):
        move_in(seller, files, shop)
    assert price() == 45_000


@each_list
@pytest.mark.parametrize("sale", ["", "0", "45000", "50000", "hemat"])
def test_what_is_no_lower_price_is_none(make: Make, sale: str, seller: User, shop: Shop, tmp_path: Path) -> None:
    result = move_in(seller, [make(tmp_path, sale)], shop)
    assert result.errors == []
    assert (price(), told(result)) == (45_000, [])


def test_a_date_that_nobody_can_read_lowers_nothing(seller: User, shop: Shop, tmp_path: Path) -> None:
    move_in(seller, [woocommerce(tmp_path, "39000", "minggu depan", day(3))], shop)
    assert price() == 45_000


def test_google_s_moments_have_zones(seller: User, shop: Shop, tmp_path: Path) -> None:
    begins, ends = (f"{day(n)}T13:00-0800" for n in (-3, 3))
    move_in(seller, [google(tmp_path, "39000", begins, ends)], shop)
    assert price() == 39_000


def test_lazada_s_lower_price_behind_the_price_is_no_stock(seller: User, shop: Shop, tmp_path: Path) -> None:
    move_in(seller, [lazada(tmp_path, "39000")], shop)
    assert Stock.objects.get().on_hand == 5


@pytest.mark.parametrize(("was", "is_told"), [("60000", True), ("45000", False), ("30000", False), ("", False)])
def test_shopify_s_price_is_what_goods_cost(was: str, is_told: bool, seller: User, shop: Shop, tmp_path: Path) -> None:
    result = move_in(seller, [csv_of(tmp_path / "s.csv", {
        "Handle": "kopi", "Title": "Kopi Gayo", "Vendor": "Gayo", "Variant SKU": "K1", "Variant Grams": "250",
        "Variant Inventory Qty": "5", "Variant Price": "45000", "Variant Compare At Price": was, "Status": "active",
    })], shop)  # fmt: skip
    assert price() == 45_000
    assert bool(told(result)) is is_told
