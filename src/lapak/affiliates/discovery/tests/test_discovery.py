"""The night's list of goods to promote, and one step from goods to a link."""

from datetime import timedelta

import pytest

from lapak.affiliates.clicks.models import ClickTotal
from lapak.affiliates.discovery.commands import ENOUGH_CLICKS, join_and_link, list_promotable_goods
from lapak.affiliates.discovery.models import Promotable
from lapak.affiliates.discovery.queries import AskedGoods, Sort, conversions, goods_to_promote
from lapak.affiliates.errors import NoProgramme
from lapak.affiliates.models import Membership, Programme, ProgrammeRate
from lapak.affiliates.terms.commands import set_special_rate
from lapak.goods.catalogue.models import Category, Product
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


def test_what_the_nearest_special_rate_pays(cast: Cast) -> None:
    """The product's own before its category's, that before those above, and all before the rate for everything."""
    near = Category.objects.filter(parent__parent=None, parent__isnull=False).select_related("parent").earliest("id")
    assert near.parent
    goods = {
        price: stocked_variant(cast.shop, price_idr=price).product for price in (100_000, 200_000, 300_000, 400_000)
    }
    Product.objects.filter(pk__in=[goods[200_000].pk, goods[400_000].pk]).update(category=near)
    Product.objects.filter(pk=goods[300_000].pk).update(category=near.parent)
    Product.objects.filter(pk=goods[100_000].pk).update(category=None)
    set_special_rate(cast.seller, cast.programme, near.parent, 2_000, cap_idr=50_000)
    set_special_rate(cast.seller, cast.programme, near, 3_000)
    set_special_rate(cast.seller, cast.programme, goods[400_000], 100)
    list_promotable_goods()
    pays = dict(Promotable.objects.values_list("product_id", "commission_idr"))
    assert {price: pays[each.id] for price, each in goods.items()} == {
        100_000: 10_000, 200_000: 60_000, 300_000: 50_000, 400_000: 4_000,
    }  # fmt: skip
    roots = set(Promotable.objects.exclude(product_id=goods[100_000].id).values_list("root_id", flat=True))
    assert roots == {near.parent.id}


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
