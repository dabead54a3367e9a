"""Which clicks win is announced, and counts from its day on: until then a sale is decided as those counted on who promoted."""

from datetime import timedelta

import pytest

from lapak.affiliates.contenders.models import Contender
from lapak.affiliates.models import Creator, Link, Membership
from lapak.affiliates.programmes import choose_who_earns
from lapak.flows.place_purchase import place_purchase
from lapak.lib import clock
from lapak.testing.cast import asked_for, click_on
from lapak.testing.market import open_market
from lapak.trade.orders.models import OrderLine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "rule"), [(29, "newest"), (31, "first")])
def test_a_sale_is_decided_by_what_holds_when_it_is_ordered(days: int, rule: str) -> None:
    market = open_market()
    cast, first = market.casts[0], market.links[0]
    other = Creator.objects.exclude(id=cast.creator.id).get()
    since = cast.programme.created_at
    Membership.objects.get_or_create(programme=cast.programme, creator=other, defaults={"joined_at": since})
    newest = Link.objects.create(
        code="lainnya", creator=other, product=first.product, shop=first.shop, created_at=clock.now()
    )
    choose_who_earns(cast.seller, cast.programme, "first")
    with clock.stopped_at(clock.now() + timedelta(days=days)):
        clicks = [click_on(first, days_ago=0.2), click_on(newest, days_ago=0.1)]
        purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (market.variants[0], 1)), clicks)
    line = OrderLine.objects.get(order__purchase_id=purchase_id)
    assert line.commissions.get().link == {"newest": newest, "first": first}[rule]
    assert set(Contender.objects.filter(line=line).values_list("won_by", flat=True)) == {rule}
