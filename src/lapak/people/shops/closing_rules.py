"""Closing decently: pure. From an instant on nothing is ordered; what is there is sent until a second one, or refunded."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

SENT_WITHIN_AT_LEAST = timedelta(days=7)
"""From the last order to the end of sending: the longest time that an order has to be paid, packed and handed over, and a
week-end. The number is ours; the closing of October 2023 had 32 days."""


class Closing(NamedTuple):
    """`orders_stop_at`: nothing is ordered from then on. `ship_by`: what no courier has by then is refunded."""

    orders_stop_at: datetime
    ship_by: datetime


def earliest(closings: Iterable[Closing]) -> Closing | None:
    """A shop in a marketplace that closes too: of each of the two instants the earlier counts."""
    found = list(closings)
    if not found:
        return None
    return Closing(min(each.orders_stop_at for each in found), min(each.ship_by for each in found))
