"""PPh 22 that is withheld from what shops are paid: docs/concepts/taxes.md."""

from collections.abc import Sequence
from datetime import datetime

from lapak.lib.clock import WIB
from lapak.money.taxes.queries import pph22_bp
from lapak.trade.orders.models import Order


def withheld_of(orders: Sequence[Order], paid_at: datetime) -> list[int]:
    """How much of the goods of each of the (locked) orders, paid at that moment, is withheld, basis points."""
    rate_bp = pph22_bp(paid_at.astimezone(WIB).date())
    return [rate_bp for _ in orders]
