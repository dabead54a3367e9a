"""People, goods, and an order in each of its states."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from lapak.flows.place_purchase import place_purchase
from lapak.flows.ship_order import ship_order
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.people.users.models import User
from lapak.testing.cast import Cast, asked_for
from lapak.testing.histories import paid_order, tracking_number
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order


@pytest.fixture
def unpaid(cast: Cast, variant: Variant) -> Order:
    return Order.objects.get(purchase_id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1))))


@pytest.fixture
def paid(cast: Cast, variant: Variant) -> Order:
    return paid_order(cast, (variant, 1))


@pytest.fixture
def packed(cast: Cast, paid: Order) -> Order:
    return pack_order(cast.seller, paid.id)


@pytest.fixture
def shipped(cast: Cast, packed: Order) -> Order:
    return ship_order(cast.seller, packed.id, tracking_number())


@contextmanager
def later(order: Order, deadline: str, **span: float) -> Iterator[None]:
    """The clock stands so long after (or, negative, before) this deadline of the order."""
    order.refresh_from_db()
    with clock.stopped_at(getattr(order, deadline) + timedelta(**span)):
        yield


def last_event(order: Order) -> tuple[str, str, str, User | None, str]:
    """Kind, from, to, actor and reason of what happened to the order last."""
    event = order.events.order_by("happened_at", "id").last()
    assert event is not None
    return event.kind, event.from_state, event.to_state, event.actor, event.reason
