"""The operator, signed in, with something in every table."""

import pytest
from django.test import Client

from lapak.affiliates.models import Commission
from lapak.flows.credit_creator import credit_creator
from lapak.flows.ship_order import confirm_receipt
from lapak.testing.cast import Cast, assemble_cast, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, delivered_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble_cast()


@pytest.fixture
def operator(client: Client, cast: Cast) -> Client:
    """The client, signed in as the operator."""
    client.force_login(cast.operator)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def settled(cast: Cast) -> Order:
    """The worked example, completed and its commission credited."""
    variant = stocked_variant(cast.shop)
    order = delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    order = confirm_receipt(order.id, cast.buyer)
    credit_creator(cast.creator.id)
    return order


@pytest.fixture
def returned(cast: Cast) -> Return:
    """Of another order, and to be answered."""
    return asked_return(cast, delivered_order(cast, (stocked_variant(cast.shop), 1)))


@pytest.fixture
def commission(settled: Order) -> Commission:
    return Commission.objects.get(order_id=settled.id)
