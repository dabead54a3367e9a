"""What a purchase reads does not grow with what its people have done before."""

import json
from typing import Any

import pytest
from django.db import connection

from lapak.affiliates.models import Membership, Programme, ProgrammeRate
from lapak.flows.place_purchase import place_purchase, read
from lapak.flows.place_purchase.facts import Waiting
from lapak.lib import clock, pipeline
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


def rows_read(waiting: Waiting) -> int:
    """By all statements of a purchase, as the database plans them for good."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    explained = [
        (f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", given)
        for statement, given in read.questions([waiting], clock.now(), holds_stock=True)
    ]
    answers = pipeline.run(connection.connection, explained)
    return sum(_rows(json.loads(plan) if isinstance(plan, str) else plan) for ((plan,),) in answers)


def _rows(plan: Any) -> int:
    node = plan[0]["Plan"] if isinstance(plan, list) else plan
    own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    return int(own) + sum(_rows(child) for child in node.get("Plans", []))


def test_with_the_programmes_a_creator_has_joined(cast: Cast) -> None:
    variant = stocked_variant(cast.shop)
    clicks = [click_on(link_to(cast, stocked_variant(cast.shop).product)) for _ in range(5)]
    waiting = Waiting(cast.buyer.id, asked_for(cast, (variant, 1)), clicks)
    before = rows_read(waiting)
    join_programmes(cast, 300)
    assert rows_read(waiting) <= before + 20


def test_with_what_a_buyer_has_bought(cast: Cast) -> None:
    variant = stocked_variant(cast.shop, on_hand=1_000)
    waiting = Waiting(cast.buyer.id, asked_for(cast, (variant, 1)))
    place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))
    before = rows_read(waiting)
    for _ in range(40):
        place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))
        Order.objects.filter(buyer=cast.buyer).update(state="to_pack")
    assert rows_read(waiting) <= before + 20
    Order.objects.update(state="awaiting_payment")  # as it was: the books are looked at afterwards


def join_programmes(cast: Cast, count: int) -> None:
    """The creator promotes so many other shops too."""
    now = clock.now()
    shops = Shop.objects.bulk_create(
        Shop(slug=f"toko-{n}", name=f"Toko {n}", city="Bogor", province_code="32") for n in range(count)
    )
    programmes = Programme.objects.bulk_create(
        Programme(kind=Programme.Kind.OPEN, shop=shop, created_at=now) for shop in shops
    )
    ProgrammeRate.objects.bulk_create(
        ProgrammeRate(programme=programme, rate_bp=500, announced_at=now) for programme in programmes
    )
    Membership.objects.bulk_create(
        Membership(programme=programme, creator=cast.creator, joined_at=now) for programme in programmes
    )
