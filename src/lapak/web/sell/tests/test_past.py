"""What was sold at the old platform, as its seller sees it."""

from pathlib import Path

import pytest
from django.test import Client

from lapak.goods.catalogue.models import Product, Variant
from lapak.moving.move_in import move_in
from lapak.moving.past.models import PastGoods, PastMonth
from lapak.moving.tests.test_past_orders import as_csv, bought
from lapak.testing.cast import Cast
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/before"


@pytest.fixture
def title(cast: Cast, variant: Variant, tmp_path: Path) -> str:
    """Of the shop's product, which was sold before: five pieces in two orders, a month apart from a third."""
    product = Product.objects.get(id=variant.product_id)
    of_it = {"SKU ID": "", "Product Name": product.title}
    rows = [
        bought(1, said=of_it | {"Quantity": "3"}),
        bought(2, said=of_it),
        bought(3, said={"Product Name": "=Tak dikenal", "Created Time": "04/08/2023 10:00:00"}),
    ]
    move_in(cast.seller, [as_csv(tmp_path / "orders.csv", rows)], cast.shop)
    return product.title


def test_without_past_orders_the_page_says_how_they_come(seller: Client) -> None:
    assert "Nothing of before is here" in said(seller, PAGE)
    assert seller.get(f"{PAGE}/file").status_code == 404
    assert "/before" not in said(seller, "/sell/batik-sekar/products")


def test_months_and_best_sellers_are_there_to_see(seller: Client, title: str) -> None:
    page = said(seller, PAGE)
    assert "Sales at TikTok Shop" in page
    assert "Goods sold: Rp750.000 in 3 months, at most Rp500.000 in one month" in " ".join(page.split())
    assert all(month in page for month in ("August 2023", "September 2023", "October 2023"))
    assert title in page
    assert "not known among your products here" in page
    assert "/before" in said(seller, "/sell/batik-sekar/products")


def test_all_of_it_leaves_as_a_file_in_which_nothing_reckons(seller: Client, title: str) -> None:
    answer = seller.get(f"{PAGE}/file?from=tiktok_shop")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a file is streamed
    header, *rows = text.splitlines()
    assert header.startswith("platform,order_id,placed_at,state,buyer,total_idr")
    assert len(rows) == 3
    assert "'=Tak dikenal" in rows[0]
    assert title in rows[1]
    assert "Farida" not in text


def test_many_things_sold_are_cut_into_pages(seller: Client, cast: Cast) -> None:
    PastMonth.objects.create(
        shop=cast.shop, platform="shopee", month="2023-09-01", orders=60, completed=60, buyers=60, goods_idr=60
    )
    PastGoods.objects.bulk_create(
        PastGoods(shop=cast.shop, platform="shopee", title=f"Barang {n:02}", pieces=n, goods_idr=n)
        for n in range(1, 61)
    )
    page = said(seller, PAGE)
    assert "Barang 60" in page
    assert "Barang 35" not in page
    assert "Barang 35" in said(seller, f"{PAGE}?page=2")
    assert "Barang 60" in said(seller, f"{PAGE}?from=entah&page=nol")


def test_a_stranger_sees_nothing_of_it(client: Client, cast: Cast, title: str) -> None:
    client.force_login(cast.stranger)
    for path in (PAGE, f"{PAGE}/file"):
        assert client.get(path).status_code == 404
