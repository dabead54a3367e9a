"""The night's list of goods to promote, and one step from goods to a link."""

from datetime import timedelta

import pytest

from lapak.affiliates.clicks.models import ClickTotal
from lapak.affiliates.discovery.commands import ENOUGH_CLICKS, join_and_link, list_promotable_goods
from lapak.affiliates.discovery.models import Promotable
from lapak.affiliates.discovery.queries import AskedGoods, Sort, conversions, goods_to_promote
from lapak.affiliates.errors import NoProgramme
from lapak.affiliates.models import Membership, Programme, ProgrammeRate
from lapak.goods.catalogue.models import Product
from lapak.lib import clock
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.histories import paid_order
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


def another_shop(cast: Cast, rate_bp: int = 500, price_idr: int = 400_000) -> Product:
    """Goods of a shop whose programme, which nobody has joined, is a day old."""
    shop = open_shop(cast.stranger, slug="toko-baru", name="Toko Baru", city="Solo", province_code="33")
    product = stocked_variant(shop, price_idr=price_idr).product
    then = clock.now() - timedelta(days=1)
    programme = Programme.objects.create(kind=Programme.Kind.OPEN, shop=shop, created_at=then)
    ProgrammeRate.objects.create(programme=programme, rate_bp=rate_bp, announced_at=then)
    return product


def test_new_programmes_first_or_the_best_paid(cast: Cast) -> None:
    old, new = stocked_variant(cast.shop, price_idr=900_000).product, another_shop(cast)

    assert list_promotable_goods() == 2
    assert list(goods_to_promote(AskedGoods())) == [new.id, old.id]
    assert list(goods_to_promote(AskedGoods(Sort.PAID))) == [old.id, new.id]
    assert list(goods_to_promote(AskedGoods(least_idr=20_001))) == [old.id]
    assert list(goods_to_promote(AskedGoods(least_idr=20_000))) == [new.id, old.id]
    assert list(goods_to_promote(AskedGoods(root_id=1_000_000))) == []
    new.shop.is_open = False
    new.shop.save()
    assert list_promotable_goods() == 1


def test_nothing_that_pays_nobody(cast: Cast) -> None:
    another_shop(cast, rate_bp=0)
    Programme.objects.filter(shop=cast.shop).update(is_active=False)
    stocked_variant(cast.shop)
    assert list_promotable_goods() == 0


def test_how_well_goods_sell_is_said_from_a_hundred_clicks_on(cast: Cast) -> None:
    shirt = stocked_variant(cast.shop)
    link = link_to(cast, shirt.product)
    paid_order(cast, (shirt, 1), click=click_on(link))
    total = ClickTotal(of_id=link.id, creator_id=cast.creator.id, is_label=False, clicks=ENOUGH_CLICKS - 1, people=1)
    total.save()
    list_promotable_goods()
    assert (Promotable.objects.get().orders, conversions([shirt.product_id])) == (1, {})
    assert list(goods_to_promote(AskedGoods(Sort.CONVERTING))) == []
    total.clicks = ENOUGH_CLICKS
    total.save()
    list_promotable_goods()
    assert conversions([shirt.product_id]) == {shirt.product_id: 100}
    assert list(goods_to_promote(AskedGoods(Sort.CONVERTING))) == [shirt.product_id]
    total.delete()


def test_one_step_joins_and_links_and_a_second_finds_the_link(cast: Cast) -> None:
    product = another_shop(cast)
    link = join_and_link(cast.creator_user, product)
    assert Membership.objects.filter(creator=cast.creator, programme__shop=product.shop).count() == 1
    assert join_and_link(cast.creator_user, product) == link


def test_goods_that_no_programme_pays_for_are_refused(cast: Cast) -> None:
    product = another_shop(cast)
    Programme.objects.filter(shop=product.shop).update(is_active=False)
    with refused(NoProgramme):
        join_and_link(cast.creator_user, product)
