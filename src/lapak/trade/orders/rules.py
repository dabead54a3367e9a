"""How orders move, and on which clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from lapak.lib.dated import Dated


class State(StrEnum):
    """Where an order stands; docs/concepts/orders-and-clocks.md. The same values as `Order.State`."""

    AWAITING_PAYMENT = "awaiting_payment"
    TO_PACK = "to_pack"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.AWAITING_PAYMENT: frozenset({State.TO_PACK, State.CANCELLED}),
    State.TO_PACK: frozenset({State.PACKED, State.CANCELLED}),
    State.PACKED: frozenset({State.SHIPPED, State.CANCELLED, State.REFUNDED}),
    State.SHIPPED: frozenset({State.DELIVERED, State.REFUNDED}),
    State.DELIVERED: frozenset({State.COMPLETED, State.REFUNDED}),
    State.COMPLETED: frozenset({State.REFUNDED}),
    State.REFUNDED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""Every allowed step; what is not here is refused. A parcel that got lost is refunded without having arrived, and so is one
that the courier has, its number not known yet, when the buyer's bank took all of its money; goods of a completed order may
still go back while the shop has not been paid out."""

HOLDS_STOCK = frozenset({State.AWAITING_PAYMENT, State.TO_PACK, State.PACKED})
"""States in which the goods are reserved but still on the shop's shelf, unless it showed that the courier has them."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long each side has; docs/concepts/orders-and-clocks.md. An order keeps the clocks it was placed under.

    A seller silent for `cancel_answer_within_hours` on a buyer's wish to cancel a packed order has agreed.
    """

    pack_within_working_days: int = 2
    ship_within_working_days: int = 3
    cancel_answer_within_hours: int = 48
    arrive_within_days: int = 15
    decide_within_days: int = 30
    complete_after_days: int = 6
    complete_after_days_by_shop: int = 10


@dataclass(frozen=True, slots=True)
class RefundSplit:
    """What goes back to a buyer out of an order, IDR; `way_back_idr` is what they paid to send goods back."""

    goods_idr: int
    shipping_idr: int
    way_back_idr: int = 0

    @property
    def total_idr(self) -> int:
        return self.price_idr + self.way_back_idr

    @property
    def price_idr(self) -> int:
        """What goes back of the order's own price."""
        return self.goods_idr + self.shipping_idr

    def __sub__(self, part: "RefundSplit") -> "RefundSplit":
        return RefundSplit(
            self.goods_idr - part.goods_idr,
            self.shipping_idr - part.shipping_idr,
            self.way_back_idr - part.way_back_idr,
        )


class OrderAmounts:
    """What is left of an order's amounts: of a whole row (`Order`) as of what settling reads of it (`OrderToSettle`)."""

    __slots__ = ()
    goods_idr: Any
    refunded_goods_idr: Any
    shipping_idr: Any
    refunded_shipping_idr: Any
    way_back_idr: Any
    borne_by_shop_idr: Any
    fee_shares: Any
    pph22_bp: Any
    pph22_refund_id: Any

    @property
    def remaining_fee_shares(self) -> int:
        """Lapak's fee of what stays sold, in ten-thousandths of a rupiah: what goes back takes its part of it along."""
        shares: int = self.fee_shares * self.remaining_goods_idr // self.goods_idr
        return shares

    @property
    def withheld_bp(self) -> int:
        """PPh 22 of the goods, in basis points; nothing where it is given back."""
        return 0 if self.pph22_refund_id else self.pph22_bp or 0

    @property
    def remaining_goods_idr(self) -> int:
        """Of the goods, what stays sold."""
        idr: int = self.goods_idr - self.refunded_goods_idr
        return idr

    @property
    def held_goods_idr(self) -> int:
        """Of the goods' money, what settling passes on: what stays sold, less the ways back that came out of it."""
        idr: int = self.remaining_goods_idr - self.way_back_idr + self.borne_by_shop_idr
        return idr

    @property
    def remaining_shipping_idr(self) -> int:
        idr: int = self.shipping_idr - self.refunded_shipping_idr
        return idr


def held_of(refund: RefundSplit, held: RefundSplit) -> RefundSplit:
    """What of a refund is still held for the order; the rest the shop has to bear. Ways back come out of the goods' money,
    of which returns before may have left less than the goods cost. The shipping is held in any case."""
    goods_idr = min(refund.goods_idr, held.goods_idr)
    return RefundSplit(goods_idr, refund.shipping_idr, min(refund.way_back_idr, held.goods_idr - goods_idr))


def from_platform_idr(refund_idr: int, *, refunded_before_idr: int, paid_idr: int) -> int:
    """What of a refund the buyer never paid: they paid `paid_idr` of the order's price, the platform the rest, and what they
    paid goes back first."""
    return max(0, refunded_before_idr + refund_idr - paid_idr) - max(0, refunded_before_idr - paid_idr)


def paid_for_pieces_idr(paid_idr: int, quantity: int, *, before: int, pieces: int) -> int:
    """What `pieces` of a line were paid, when `before` pieces were counted already: the parts sum to the whole."""
    return paid_idr * (before + pieces) // quantity - paid_idr * before // quantity


@dataclass(frozen=True, slots=True)
class UnpaidLimits:
    """How much one buyer may keep from others without having paid: open purchases, and pieces of one variant."""

    purchases: int
    few: int
    """So many pieces are always allowed: what a household buys at once."""
    share: int
    """Of more, one in so many of those on the shelf."""

    def pieces_of(self, on_hand: int) -> int:
        return max(self.few, on_hand // self.share)


_VERIFIED = UnpaidLimits(purchases=5, few=10, share=2)
_UNVERIFIED = UnpaidLimits(purchases=2, few=3, share=10)
"""An account costs nothing before its e-mail address is confirmed; three of them once held a shop's whole stock."""


def unpaid_limits(*, is_verified: bool) -> UnpaidLimits:
    """The limits of a buyer whose e-mail address is confirmed, or not yet. The numbers are ours."""
    return _VERIFIED if is_verified else _UNVERIFIED


CANCELS_AFTER_PAYING = Dated((date(2023, 10, 4), 5))
"""So many purchases may a buyer cancel by themselves after paying, of those that count, and still order: each time the house
bears the gateway's charge, 0.7 % of up to Rp10 million. The number is ours."""

CANCELS_COUNT_FOR = timedelta(days=30)


SHOP_SEES_ADDRESS_DAYS = Dated((date(2023, 10, 4), 30))
"""So long after an order has settled its shop still sees where it went: what data is kept for ends with what it was given for
(UU 27/2022 Art. 28). The number is ours: by then the shop is paid, hidden faults are asked about no more, and a courier has
answered."""


def may_order_again_at(cancelled_at: Sequence[datetime], most: int) -> datetime | None:
    """From when on a buyer may order who cancelled purchases after paying at these moments, the oldest first, all of which
    count; None when they may."""
    return cancelled_at[-most] + CANCELS_COUNT_FOR if len(cancelled_at) >= most else None


class Word(StrEnum):
    """Whose word it is that the goods arrived. The same values as `Order.Word`."""

    COURIER = "courier"
    SHOP = "shop"
    BUYER = "buyer"


def is_over(deadline: datetime | None, now: datetime) -> bool:
    """Whether a deadline has passed. It is judged in the act itself, not by when a sweep comes by."""
    return deadline is not None and now > deadline


def went_on(deadline: datetime | None, began: datetime | None, since: datetime, now: datetime) -> datetime | None:
    """A deadline whose clock `began` then and stood still from `since` until `now`: what was left of it is left again."""
    return deadline and deadline + (now - max(since, began or since))


def may_move(from_state: str, to_state: str) -> bool:
    """Whether an order may go from one state to another in one step."""
    return State(to_state) in TRANSITIONS[State(from_state)]
