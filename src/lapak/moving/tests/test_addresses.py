"""Where goods that moved in are to be found now."""

import csv
import io
from pathlib import Path

from lapak.goods.catalogue.commands import create_product
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.moving.addresses import addresses_of, write_addresses
from lapak.moving.move_in import move_in
from lapak.moving.report import write_report
from lapak.moving.tests.files import export, sku
from lapak.moving.tests.test_feed import FEED
from lapak.moving.tests.test_formats import files_of
from lapak.moving.workbook import Workbook, cell_text
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.people.users.models import User


def test_each_product_that_moved_in_has_its_old_name_beside_its_address(
    seller: User, shop: Shop, tmp_path: Path
) -> None:
    row = sku(1, 1, product_name="=Kain Lasem")
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    move_in(seller, [export(tmp_path / "a.xlsx", [row, sku(1, 2), sku(2, 1)]), tmp_path / "feed.xml"], shop)
    create_product(
        seller, shop, NewProduct(title="Dari sini", weight_g=1, variants=(NewVariant(price_idr=1, on_hand=1),))
    )
    feed, first, second = addresses_of(shop)
    assert (feed.platform_name, feed.source_id, feed.title, feed.old) == (
        "Google Merchant Center", "K", "Kaos Lurik", "https://a.example/1"
    )  # fmt: skip
    assert (first.platform, first.source_id, first.old) == ("tiktok_shop", row["product_id"], "")
    assert first.new.endswith(Product.objects.get(title="=Kain Lasem").path)
    assert second.title == "Kain Batik Lasem 002"

    written = io.StringIO(newline="")
    assert write_addresses(shop, written) == 3
    rows = list(csv.DictReader(io.StringIO(written.getvalue(), newline="")))
    assert [each["title there"] for each in rows] == ["Kaos Lurik", "'=Kain Lasem", "Kain Batik Lasem 002"]
    assert rows[1]["address here"] == first.new


def test_shopify_s_handles_are_addresses(seller: User, shop: Shop) -> None:
    move_in(seller, files_of("shopify"), shop)
    assert all(address.old == f"/products/{address.source_id}" for address in addresses_of(shop))


def test_another_shop_s_are_not_told(seller: User, shop: Shop, tmp_path: Path) -> None:
    move_in(seller, [export(tmp_path / "a.xlsx", [sku(1, 1)])], shop)
    other = open_shop(seller, slug="lain", name="Lain", city="Solo", province_code="33")
    assert list(addresses_of(other)) == []
    assert len(list(addresses_of(shop))) == 1


def test_the_report_has_them(seller: User, shop: Shop, tmp_path: Path) -> None:
    result = move_in(seller, [export(tmp_path / "a.xlsx", [sku(1, 1)])], shop)
    report = write_report(result, tmp_path / "report.xlsx")
    rows = [list(map(cell_text, cells)) for _row, cells in Workbook("r", report).rows("New addresses")]
    (address,) = addresses_of(shop)
    assert rows[1] == ["TikTok Shop", address.source_id, address.title, "", address.new]
