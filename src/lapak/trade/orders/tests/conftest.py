"""People, goods, and an order in each of its states."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from lapak.lib import clock
from lapak.people.users.models import User
from lapak.trade.orders.models import Order


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
