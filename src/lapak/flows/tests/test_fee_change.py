"""A fee change from its announcement to the money: one shop agrees, one objects and Lapak is silent, one says nothing."""

from datetime import datetime, timedelta

import pytest

from lapak.flows.clocks import run_due_clocks
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tell_people.fees import tell_shops_of_fees
from lapak.flows.tests.told import tell_all
from lapak.lib import clock
from lapak.lib.clock import WIB
from lapak.money.fees.commands import agree_to_fees, call_off_fees, object_to_fees
from lapak.money.fees.models import Consent
from lapak.money.ledger.models import Transfer
from lapak.people.notices.models import Notice
from lapak.people.shops.commands import open_shop, state_turnover
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.fees import OBJECTION, cheaper_fees, dearer_fees
from lapak.testing.histories import delivered_order
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 10, tzinfo=WIB)


@pytest.fixture(autouse=True)
def shops_were_there_before(cast: Cast) -> None:
    Shop.objects.update(created_at=NOW - timedelta(days=1))


def sold(cast: Cast, shop: Shop, **goods: object) -> Order:
    variant = stocked_variant(shop, price_idr=100_000)
    for name, value in goods.items():
        setattr(variant.product, name, value)
    variant.product.save()
    order = delivered_order(cast, (variant, 1))
    confirm_receipt(cast.buyer, order.id)
    run_due_clocks()
    return Order.objects.get(id=order.id)


def fee_of(order: Order) -> int:
    return Transfer.objects.get(reference=order.id, code="fee").amount_idr


def facts() -> list[str]:
    return sorted(Notice.objects.filter(fact__contains="fee").values_list("fact", flat=True))


def test_one_agrees_one_objects_and_one_says_nothing(cast: Cast) -> None:
    with clock.stopped_at(NOW):
        before = sold(cast, cast.shop)
        schedule = dearer_fees(cast)
        while tell_shops_of_fees():
            pass
        assert facts() == ["fees_to_agree"]
        objected = object_to_fees(cast.seller, cast.shop.id, schedule.id, OBJECTION)
        tell_all()
        assert facts() == ["case_fee_objection", "fees_to_agree"]
    assert objected.act_by is not None
    with clock.stopped_at(objected.act_by + timedelta(minutes=1)):
        assert run_due_clocks()["fee_objections"] == 1
        tell_all()
        assert facts() == ["case_fee_objection", "fee_objection_accepted", "fees_to_agree"]
    with clock.stopped_at(schedule.begins_at + timedelta(hours=1)):
        kept = sold(cast, cast.shop)
    with clock.stopped_at(schedule.begins_at + timedelta(hours=2)):
        agree_to_fees(cast.seller, cast.shop.id, schedule.id)
        agreed = sold(cast, cast.shop)
    assert Consent.objects.get().state == "agreed"
    assert [order.fee_schedule.number for order in (before, kept, agreed)] == [1, 1, 2]
    assert [fee_of(order) for order in (before, kept, agreed)] == [2_000, 2_000, 3_000]


def test_silence_of_a_shop_keeps_its_fees(cast: Cast) -> None:
    with clock.stopped_at(NOW):
        schedule = dearer_fees(cast)
    with clock.stopped_at(schedule.begins_at + timedelta(days=30)):
        assert fee_of(sold(cast, cast.shop)) == 2_000


def test_cheaper_fees_reach_everybody_and_are_told(cast: Cast) -> None:
    with clock.stopped_at(NOW):
        schedule = cheaper_fees(cast)
        assert tell_shops_of_fees() == 1
        assert tell_shops_of_fees() == 0
    assert facts() == ["fees_announced"]
    with clock.stopped_at(schedule.begins_at):
        assert tell_shops_of_fees() == 0
        assert fee_of(sold(cast, cast.shop)) == 1_500


def test_who_was_told_hears_that_it_is_called_off(cast: Cast) -> None:
    with clock.stopped_at(NOW):
        schedule = dearer_fees(cast)
        while tell_shops_of_fees():
            pass
        call_off_fees(cast.operator, schedule.id)
        while tell_shops_of_fees():
            pass
        open_shop(cast.stranger, slug="baru", name="Baru", city="Solo", province_code="33")
    assert facts() == ["fees_called_off", "fees_to_agree"]


def test_nobody_is_told_of_what_nobody_heard_of(cast: Cast) -> None:
    with clock.stopped_at(NOW):
        call_off_fees(cast.operator, dearer_fees(cast).id)
        assert tell_shops_of_fees() == 0
    assert facts() == []


def test_a_small_seller_pays_half_for_domestic_goods_alone(cast: Cast) -> None:
    with clock.stopped_at(NOW):
        state_turnover(cast.seller, cast.shop.id, year=2025, turnover_idr=900_000_000)
        Shop.objects.update(nib="9120001234567")
        assert fee_of(sold(cast, cast.shop, origin="domestic")) == 1_000
        assert fee_of(sold(cast, cast.shop, origin="imported")) == 2_000
        assert fee_of(sold(cast, cast.shop)) == 2_000
