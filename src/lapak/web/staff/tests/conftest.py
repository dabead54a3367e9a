"""The operator, signed in, with something in every table."""

import pytest
from django.test import Client

from lapak.affiliates.models import Commission, Programme
from lapak.affiliates.programmes import open_platform_programme
from lapak.flows.credit_creator import credit_creator
from lapak.flows.ship_order import confirm_receipt
from lapak.money.payments.models import Dispute, PaymentIntent
from lapak.money.payouts.models import PayoutBatch
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, delivered_order
from lapak.testing.pressed import press
from lapak.testing.waiting import (
    dispute_of_refunded,
    dispute_won_late,
    escalated_return,
    open_dispute,
    overdue_parcel,
    paid_too_little,
)
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return

ATTACK = "<script>alert(1)</script>"


@pytest.fixture
def operator(client: Client, cast: Cast) -> Client:
    """The client, signed in as the operator."""
    client.force_login(cast.operator)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def platform_programme(cast: Cast) -> Programme:
    """Lapak's own, at 5 %."""
    return open_platform_programme(cast.operator, 500)


@pytest.fixture
def settled(cast: Cast) -> Order:
    """The worked example, completed and its commission credited."""
    variant = stocked_variant(cast.shop)
    order = delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    order = confirm_receipt(cast.buyer, order.id)
    credit_creator(cast.creator.id)
    return order


@pytest.fixture
def returned(cast: Cast) -> Return:
    """Of another order, and to be answered."""
    return asked_return(cast, delivered_order(cast, (stocked_variant(cast.shop), 1)))


@pytest.fixture
def commission(settled: Order) -> Commission:
    return Commission.objects.get(order_id=settled.id)


@pytest.fixture
def receipt(cast: Cast) -> PaymentIntent:
    """Rp1.000 too little came for the worked example's purchase."""
    return paid_too_little(cast, stocked_variant(cast.shop))


@pytest.fixture
def sent(operator: Client, settled: Order) -> PayoutBatch:
    press(operator, "/staff/payout-desk/send", {"provider": "bank_file"})
    return PayoutBatch.objects.get()


@pytest.fixture
def escalated(cast: Cast) -> Return:
    """Goods that never came, for Rp115.000 with the shipping."""
    return escalated_return(cast, stocked_variant(cast.shop), f"An empty box. {ATTACK}")


@pytest.fixture
def overdue(cast: Cast) -> Order:
    """Its parcel has not arrived, and the operator is late to say what became of it."""
    return overdue_parcel(cast, stocked_variant(cast.shop))


@pytest.fixture
def refunded_before(cast: Cast) -> Dispute:
    """Lost, of a payment that had gone back already."""
    return dispute_of_refunded(cast, stocked_variant(cast.shop))


@pytest.fixture
def won_late(cast: Cast) -> Dispute:
    """Lost in part, won when its order had settled on what was left."""
    return dispute_won_late(cast, stocked_variant(cast.shop))


@pytest.fixture
def disputed(cast: Cast) -> Dispute:
    """Of the worked example's order, which is with its buyer."""
    return open_dispute(cast, stocked_variant(cast.shop))
