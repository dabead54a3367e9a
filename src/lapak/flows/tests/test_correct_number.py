"""A tracking number that was written wrong is put right while the parcel travels."""

from datetime import timedelta

import pytest

from lapak.flows.ship_order import correct_tracking_number, deliver_order, ship_order
from lapak.flows.tests.told import facts_of
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast
from lapak.testing.histories import paid_order, tracking_number
from lapak.testing.refused import refused
from lapak.trade.orders.commands import claim_not_arrived, pack_order
from lapak.trade.orders.errors import NotArrived, OrderMoved, OrderNotFound
from lapak.trade.orders.models import Order
from lapak.trade.shipping.errors import TrackingNumberMalformed, TrackingNumberTaken
from lapak.trade.shipping.models import Parcel

pytestmark = pytest.mark.django_db


def shipped_order(cast: Cast, variant: Variant) -> Order:
    order = pack_order(cast.seller, paid_order(cast, (variant, 1)).id)
    return ship_order(cast.seller, order.id, tracking_number())


def number_of(order: Order) -> str:
    return Parcel.objects.get(order_id=order.id).tracking_number


def test_the_buyer_is_told_and_both_stay_on_record(cast: Cast, shipped: Order) -> None:
    before = number_of(shipped)
    correct_tracking_number(cast.seller, shipped.id, " jx000 1234569")
    assert number_of(shipped) == "JX0001234569"
    event = shipped.events.latest("id")
    assert (event.kind, event.actor, event.to_state) == ("number_corrected", cast.seller, "shipped")
    assert event.reason == f"{before} → JX0001234569"
    assert facts_of(cast.buyer)[-1] == "tracking_corrected"


def test_the_same_number_is_no_news(cast: Cast, shipped: Order) -> None:
    events = shipped.events.count()
    correct_tracking_number(cast.seller, shipped.id, number_of(shipped).lower())
    assert shipped.events.count() == events


def test_refused(cast: Cast, variant: Variant, shipped: Order) -> None:
    other, paid = shipped_order(cast, variant), paid_order(cast, (variant, 1))
    with refused(OrderNotFound):
        correct_tracking_number(cast.stranger, shipped.id, "JX0001234569")
    with refused(TrackingNumberMalformed):
        correct_tracking_number(cast.seller, shipped.id, "12")
    with refused(TrackingNumberTaken):
        correct_tracking_number(cast.seller, shipped.id, number_of(other))
    with refused(OrderMoved):
        correct_tracking_number(cast.seller, paid.id, "JX0001234569")


def test_not_once_it_arrived_or_the_buyer_has_said_that_nothing_came(
    cast: Cast, variant: Variant, shipped: Order
) -> None:
    waiting = shipped_order(cast, variant)
    with clock.stopped_at(clock.now() + timedelta(days=20)):
        deliver_order(None, shipped.id)
        claim_not_arrived(cast.buyer, waiting.id)
        with refused(OrderMoved):
            correct_tracking_number(cast.seller, shipped.id, "JX0001234569")
        with refused(NotArrived):
            correct_tracking_number(cast.seller, waiting.id, "JX0001234569")
