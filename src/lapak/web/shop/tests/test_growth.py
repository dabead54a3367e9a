"""What a page costs the database in a shop of 50 goods and in one of 3,000: the same, but for counting them."""

import pytest
from django.test import Client

from lapak.goods.catalogue.models import Product, Variant
from lapak.testing.cast import Cast
from lapak.testing.rows_read import plan_as_in_service, rows_read
from lapak.web.shop.tests.conftest import many_products

pytestmark = pytest.mark.django_db

FEW, MANY = 50, 3_000


def test_a_product_page_reads_no_more_in_a_big_shop(visitor: Client, cast: Cast, variant: Variant) -> None:
    assert growth(visitor, variant.product.path, cast) <= 0


def test_nor_does_the_page_of_goods_no_longer_sold(visitor: Client, cast: Cast, variant: Variant) -> None:
    Product.objects.filter(id=variant.product_id).update(status=Product.Status.ARCHIVED)
    assert growth(visitor, variant.product.path, cast, status=404) <= 0


def test_a_shop_s_page_only_counts_its_goods(visitor: Client, cast: Cast) -> None:
    assert growth(visitor, "/s/batik-sekar", cast) <= MANY


def growth(visitor: Client, address: str, cast: Cast, *, status: int = 200) -> int:
    """So many rows more does the page read when the shop has many goods."""
    many_products(cast.shop, FEW)
    in_a_small_shop = rows_of(visitor, address, status)
    many_products(cast.shop, MANY - FEW)
    return rows_of(visitor, address, status) - in_a_small_shop


def rows_of(visitor: Client, address: str, status: int) -> int:
    plan_as_in_service()
    with rows_read() as read:
        assert visitor.get(address).status_code == status
    return read.total()
