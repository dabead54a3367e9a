"""A payment to work with."""

from datetime import timedelta

import pytest

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.payments.models import PaymentIntent


@pytest.fixture
def intent(db: None) -> PaymentIntent:
    return new_intent()


def new_intent(*, amount_idr: int = 115_000, provider: str = "sandbox") -> PaymentIntent:
    """So much asked for half an hour."""
    now = clock.now()
    return PaymentIntent.objects.create(
        pays_for=new_id(),
        buyer_id=new_id(),
        provider=provider,
        method="qris",
        amount_idr=amount_idr,
        created_at=now,
        expires_at=now + timedelta(minutes=30),
    )


@pytest.fixture(autouse=True)
def books_are_sound() -> None:
    """Not looked through here: money alone is under test, without the orders that explain it."""
