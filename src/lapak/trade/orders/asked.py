"""What a buyer asks for when they press "order": the goods, and every price as it was shown to them."""

import uuid
from dataclasses import dataclass

from lapak.lib.money import MAX_IDR

MAX_LINES = 100
"""More kinds of goods than this in one purchase is no shopping; it bounds what one statement locks."""

MAX_QUANTITY = 999


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A variant, how many, and the unit price the buyer was shown (IDR)."""

    variant_id: uuid.UUID
    quantity: int
    shown_price_idr: int


@dataclass(frozen=True, slots=True)
class AskedOrder:
    """What the buyer wants from one shop, how it is to be sent, and the shipping price they were shown (IDR)."""

    shop_id: uuid.UUID
    service_code: str
    shown_shipping_idr: int
    lines: tuple[AskedLine, ...]


@dataclass(frozen=True, slots=True)
class AskedPurchase:
    """All a buyer's browser sends. The key is made when the checkout page is made. `once`: not, if the very same goods wait to
    be paid already; whoever was told so, and wants them twice, asks without it."""

    idempotency_key: uuid.UUID
    address_id: uuid.UUID
    orders: tuple[AskedOrder, ...]
    method: str = "qris"
    once: bool = False

    @property
    def lines(self) -> list[AskedLine]:
        return [line for order in self.orders for line in order.lines]

    @property
    def shown_total_idr(self) -> int:
        """What it comes to at the prices shown."""
        goods_idr = sum(line.quantity * line.shown_price_idr for line in self.lines)
        return goods_idr + sum(order.shown_shipping_idr for order in self.orders)

    @property
    def is_well_formed(self) -> bool:
        """Whether an honest checkout page could have sent this."""
        lines = self.lines
        return (
            1 <= len(lines) <= MAX_LINES
            and all(order.lines for order in self.orders)
            and len({order.shop_id for order in self.orders}) == len(self.orders)
            and len({line.variant_id for line in lines}) == len(lines)
            and all(1 <= line.quantity <= MAX_QUANTITY and 0 < line.shown_price_idr <= MAX_IDR for line in lines)
            and all(0 <= order.shown_shipping_idr <= MAX_IDR for order in self.orders)
        )
