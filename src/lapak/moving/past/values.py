"""Past orders as a platform's lists tell them."""

from datetime import datetime

from msgspec import Struct

from lapak.moving.bundle import SourceSheet
from lapak.moving.past.models import PastOrder

OVER = {PastOrder.State.COMPLETED, PastOrder.State.CANCELLED, PastOrder.State.RETURNED}
"""Nothing becomes of such an order any more."""


class SourceLine(Struct, frozen=True):
    """What was bought with an order: all pieces of one SKU, and what they came to after discounts."""

    sku_id: str
    seller_sku: str
    title: str
    variation: str
    quantity: int
    returned: int
    goods_idr: int

    def __add__(self, other: "SourceLine") -> "SourceLine":
        """More pieces of the same, from another row."""
        return SourceLine(
            self.sku_id, self.seller_sku, self.title, self.variation, self.quantity + other.quantity,
            self.returned + other.returned, self.goods_idr + other.goods_idr,
        )  # fmt: skip


class SourceOrder(Struct, eq=False):
    """An order, and the rows of the list that tell of it."""

    platform: str
    order_id: str
    state: PastOrder.State
    placed_at: datetime
    total_idr: int | None
    buyer: str
    lines: dict[str, SourceLine]
    """By what was bought: its SKU id, else its SKU and name."""
    sheet: SourceSheet
    rows: int = 1

    @property
    def is_over(self) -> bool:
        """Whether nothing will become of it any more."""
        return self.state in OVER
