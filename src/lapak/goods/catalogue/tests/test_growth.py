"""A page of goods reads the rows it shows, whatever else the shop and the market hold."""

from collections.abc import Callable

import pytest

from lapak.goods.catalogue import bulk
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.queries import (
    cards_of_shop,
    newest_cards_beside,
    product_cards,
    product_counts_of_shop,
    product_ids_of_shop,
)
from lapak.goods.catalogue.tests.conftest import kemeja
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.cast import LISTED
from lapak.testing.crowd import many_products
from lapak.testing.rows_read import plan_as_in_service, rows_read

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]

A_PAGE = 25

PAGES: dict[str, Callable[[Shop], object]] = {
    "shop page": lambda shop: product_cards(product_ids_of_shop(shop, status="published")[:A_PAGE]),
    "others on a product's page": lambda shop: newest_cards_beside(Product(shop=shop), 6),
    "seller's list": lambda shop: cards_of_shop(shop, product_ids_of_shop(shop)[:A_PAGE]),
    "seller's drafts": lambda shop: cards_of_shop(shop, product_ids_of_shop(shop, status="draft")[:A_PAGE]),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_of_a_shop_s_goods_reads_no_more_in_a_big_shop(shop: Shop, page: Callable[[Shop], object]) -> None:
    # Moved in at one moment, so that their ids alone order them.
    bulk.create_products(shop, [kemeja(f"Kemeja {n}", "draft" if n % 2 else "published") for n in range(50)], LISTED)
    in_a_small_shop = rows_of(page, shop)
    bulk.create_products(shop, [kemeja(f"Kemeja {n}", "draft" if n % 2 else "published") for n in range(2_950)], LISTED)
    assert 0 < rows_of(page, shop) <= in_a_small_shop


def test_counting_a_shop_s_goods_reads_each_once(shop: Shop) -> None:
    many_products(shop, 300)
    assert rows_of(product_counts_of_shop, shop) == 300
    assert rows_of(lambda shop: product_ids_of_shop(shop, status="published").count(), shop) == 300


def test_the_seller_s_search_reads_no_more_in_a_big_market(shop: Shop, stranger: User) -> None:
    def search(shop: Shop) -> None:
        assert len(product_ids_of_shop(shop, text="kmj-l")) == 300

    bulk.create_products(shop, [kemeja(f"Kemeja {n}") for n in range(300)], LISTED)
    in_a_small_market = rows_of(search, shop)
    many_products(Shop.objects.get(slug="lain"), 2_700)
    assert rows_of(search, shop) <= in_a_small_market


def rows_of(work: Callable[[Shop], object], shop: Shop) -> int:
    plan_as_in_service()
    with rows_read() as read:
        work(shop)
    return read.total()
