"""Paying and cancelling again and again costs the house the gateway's charge: only so often, and the buyer is told before."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.money.payments.models import PaymentIntent
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast, asked_for, stocked_variant
from lapak.testing.histories import paid_order
from lapak.testing.market import charge_report
from lapak.testing.refused import refused
from lapak.trade.orders.errors import CancelledOften
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import cancels_left

pytestmark = pytest.mark.django_db


@pytest.fixture
def cancel(cast: Cast, variant: Variant) -> Callable[..., Order]:
    """The buyer pays for another purchase and cancels it."""

    def pay_and_cancel(times: int = 1) -> Order:
        for _ in range(times):
            order = cancel_paid_order(cast.buyer, paid_order(cast, (variant, 1)).id, "no")
        return order

    return pay_and_cancel


def test_the_sixth_is_refused_and_says_from_when_on(cast: Cast, variant: Variant, cancel: Callable[..., Order]) -> None:
    first = cancel()
    cancel(3)
    assert cancels_left(cast.buyer) == 1
    cancel()
    assert cancels_left(cast.buyer) == 0
    with refused(CancelledOften) as refusal:
        place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))
    assert first.cancelled_at
    again_at = first.cancelled_at + timedelta(days=30)
    assert clock.say(again_at) in str(refusal.value.message)
    with clock.stopped_at(again_at):
        place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))


def test_what_was_ordered_goes_on(cast: Cast, variant: Variant, cancel: Callable[..., Order]) -> None:
    """It may be cancelled too: the contract says so."""
    waiting = paid_order(cast, (variant, 1))
    cancel(5)
    assert cancel_paid_order(cast.buyer, waiting.id, "no").state == "cancelled"


def test_what_the_shop_cancels_or_nobody_paid_for_does_not_count(cast: Cast, variant: Variant) -> None:
    for _ in range(6):
        cancel_paid_order(cast.seller, paid_order(cast, (variant, 1)).id, "It broke.")
        cancel_unpaid_purchase(cast.buyer, place_purchase(cast.buyer.id, asked_for(cast, (variant, 1))), "no")
    assert cancels_left(cast.buyer) == 5
    place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))


def test_a_purchase_of_two_shops_counts_once(cast: Cast, variant: Variant) -> None:
    other = open_shop(cast.stranger, slug="kopi", name="Kopi", city="Bogor", province_code="32")
    purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (variant, 1), (stocked_variant(other), 1)))
    intent = PaymentIntent.objects.get(pays_for=purchase_id)
    receive_payment(charge_report(intent), intent.provider)
    for order in Order.objects.filter(purchase_id=purchase_id):
        cancel_paid_order(cast.buyer, order.id, "no")
    assert cancels_left(cast.buyer) == 4


def test_another_buyer_orders_as_ever(cast: Cast, cancel: Callable[..., Order]) -> None:
    cancel(5)
    assert cancels_left(cast.stranger) == 5
