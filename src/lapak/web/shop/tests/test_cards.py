"""What a card of goods says, wherever it stands: whose they are, from where, and how many went to buyers."""

from collections.abc import Callable

import pytest
from django.test import Client

from lapak.goods.catalogue.models import Variant
from lapak.testing.cast import Cast, leave_on_shelf, link_to
from lapak.testing.histories import delivered_order

pytestmark = pytest.mark.django_db

SHOP, PLACE = 'product-card-shop">Batik Sekar<', "<span>Cirebon</span>"


@pytest.fixture
def shown(visitor: Client, cast: Cast, variant: Variant, search_index: Callable[[], int]) -> Callable[[str], str]:
    """A page with the goods on it, after three of them went to buyers."""
    delivered_order(cast, (variant, 3))
    link_to(cast, variant.product)
    search_index()
    return lambda address: visitor.get(address).text


@pytest.mark.parametrize("address", ["/", "/?q=batik", "/@ceu-edoh"])
def test_where_many_shops_meet_goods_say_whose_they_are(shown: Callable[[str], str], address: str) -> None:
    page = shown(address)
    assert SHOP in page
    assert PLACE in page
    assert "3 sold" in page


@pytest.mark.parametrize("address", ["/s/batik-sekar", "/s/batik-sekar/bio"])
def test_on_a_shops_own_page_they_only_say_how_many_were_sold(shown: Callable[[str], str], address: str) -> None:
    page = shown(address)
    assert "product-card-shop" not in page
    assert "3 sold" in page


def test_the_page_of_the_goods_says_what_their_card_says(shown: Callable[[str], str], variant: Variant) -> None:
    assert "3 sold" in shown(variant.product.path)


def test_nothing_is_said_of_goods_that_nobody_bought(visitor: Client, variant: Variant) -> None:
    assert "product-card-sold" not in visitor.get(f"/s/{variant.product.shop.slug}").text


@pytest.mark.usefixtures("shown")
def test_a_creators_goods_say_when_they_are_gone(visitor: Client, variant: Variant) -> None:
    leave_on_shelf(variant, 0)
    assert "Sold out" in visitor.get("/@ceu-edoh").text
