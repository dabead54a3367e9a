"""What is on sale has one meaning: whoever asks, in SQL or in Python, hears the same; and it is written nowhere else."""

import re
from collections.abc import Callable
from itertools import product as every
from pathlib import Path

import pytest

import lapak
from lapak.affiliates.queries import link_for_code, showcase_links
from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue import rules
from lapak.goods.catalogue.models import Product, Variant
from lapak.goods.catalogue.on_sale import on_sale, variants_on_sale
from lapak.goods.catalogue.queries import ids_on_sale_of_shop, product_cards
from lapak.goods.catalogue.whole import whole_product
from lapak.goods.search.listings import all_listings, listings_of
from lapak.testing.cast import asked_for, assemble_cast, link_to, stocked_variant
from lapak.trade.orders.carts import Wish, add_to_cart, cart_of_user, groups_of_wishes, is_on_sale
from lapak.trade.orders.errors import CartLineRefused, GoodsGone, ShopClosed

pytestmark = pytest.mark.django_db

OF_PRODUCT: dict[str, Callable[[Variant], object]] = {
    "lists": lambda variant: on_sale().filter(id=variant.product_id).exists(),
    "its page": lambda variant: whole_product(variant.product_id),
    "cards": lambda variant: product_cards([variant.product_id]),
    "its shop's page": lambda variant: list(ids_on_sale_of_shop(variant.product.shop)),
}
OF_VARIANT: dict[str, Callable[[Variant], object]] = {
    "lists of variants": lambda variant: variants_on_sale().filter(id=variant.id).exists(),
    "search": lambda variant: listings_of([variant.product_id]),
    "the whole index": lambda _variant: [listing for batch in all_listings() for listing in batch],
    "checkout": lambda variant: groups_of_wishes({variant.id: Wish(1, 1)}),
}


@pytest.mark.parametrize(
    ("status", "is_open", "is_active"), list(every(Product.Status.values, (True, False), (True, False)))
)
def test_whoever_asks_hears_the_same(*, status: str, is_open: bool, is_active: bool) -> None:
    cast = assemble_cast()
    variant = stocked_variant(cast.shop)
    link = link_to(cast, variant.product)
    asked = asked_for(cast, (variant, 1))
    Product.objects.update(status=status)
    Variant.objects.update(is_active=is_active)
    cast.shop.is_open = is_open
    cast.shop.save()
    variant = Variant.objects.select_related("product__shop").get()

    is_sold = rules.is_on_sale(is_active=True, status=status, shop_is_open=is_open)
    assert {who: bool(asks(variant)) for who, asks in OF_PRODUCT.items()} == dict.fromkeys(OF_PRODUCT, is_sold)
    target = link_for_code(link.code)
    assert target is not None
    assert bool(target.product_id) is is_sold
    assert showcase_links(cast.creator).exists() is is_sold

    is_for_sale = rules.is_on_sale(is_active=is_active, status=status, shop_is_open=is_open)
    assert is_on_sale(variant) is is_for_sale
    assert {who: bool(asks(variant)) for who, asks in OF_VARIANT.items()} == dict.fromkeys(OF_VARIANT, is_for_sale)
    assert _may(lambda: add_to_cart(cart_of_user(cast.buyer), variant.id, 1)) is is_for_sale
    assert _may(lambda: place_purchase(cast.buyer.id, asked)) is is_for_sale


def _may(act: Callable[[], object]) -> bool:
    try:
        act()
    except (CartLineRefused, GoodsGone, ShopClosed):
        return False
    return True


KNOW = {
    "goods/catalogue/on_sale.py",
    "goods/catalogue/rules.py",
    "goods/catalogue/models.py",
    "goods/catalogue/commands.py",  # puts it on sale
    "goods/catalogue/numbering.py",  # who goes on sale without a number has a term, be the shop open or not
    "goods/catalogue/taking_down.py",  # takes it off sale, and puts it there again
    "goods/mass/kinds.py",  # a status for a status
    "moving/plan.py",  # likewise
    "moving/leaving.py",
    "moving/unlisted.py",  # what its seller may take off
    "web/sell/products.py",  # the seller's lists by status
    "web/sell/overview.py",
}


def test_it_is_written_nowhere_else() -> None:
    root = Path(lapak.__path__[0])
    written = {
        str(file.relative_to(root))
        for file in root.rglob("*.py")
        if not {"tests", "testing", "migrations"} & set(file.parts)
        and re.search(r"Status\.PUBLISHED|status = 'published'|status=\"published\"", file.read_text())
    }
    assert written - KNOW == set()
