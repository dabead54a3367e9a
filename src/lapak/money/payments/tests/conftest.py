"""A payment to work with, and the network edge."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.payments.models import PaymentIntent
from lapak.testing.network import Network, mocked_network


@pytest.fixture
def network() -> Iterator[Network]:
    with mocked_network() as network:
        yield network


@pytest.fixture
def intent(db: None) -> PaymentIntent:
    return new_intent()


def new_intent() -> PaymentIntent:
    """Rp 115,000 asked for half an hour."""
    now = clock.now()
    return PaymentIntent.objects.create(
        pays_for=new_id(),
        buyer_id=new_id(),
        provider="sandbox",
        method=PaymentIntent.Method.QRIS,
        amount_idr=115_000,
        created_at=now,
        expires_at=now + timedelta(minutes=30),
    )
