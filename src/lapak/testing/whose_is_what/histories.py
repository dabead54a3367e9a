"""What happened to each order, and what came back of it: facts alone."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from django.db import connection

from lapak.affiliates.models import Commission
from lapak.money.payments.models import DisputeShare
from lapak.trade.orders.models import Order, OrderLine, PaymentAllocation
from lapak.trade.returns.models import Return, ReturnLine


@dataclass(slots=True)
class Line:
    """Goods of an order: all their money, how many pieces, how many went back; and the commissions on them."""

    paid_idr: int
    quantity: int
    refunded: int = 0
    taken_back_idr: int = 0
    commissions: list[Commission] = field(default_factory=list)

    @property
    def remaining_idr(self) -> int:
        return self.paid_idr - self.paid_idr * self.refunded // self.quantity - self.taken_back_idr

    def base_idr(self, commission: Commission) -> int:
        """A creator's part of what remains: whole rupiah by largest remainder, the first of equals first."""
        ids, whole = sorted(each.id for each in self.commissions), sum(each.share_bp for each in self.commissions)
        exact = {each.id: Fraction(self.remaining_idr * each.share_bp, whole) for each in self.commissions}
        floors_idr = {each: int(exact[each]) for each in ids}
        left_idr = self.remaining_idr - sum(floors_idr.values())
        rounded_up = sorted(ids, key=lambda each: floors_idr[each] - exact[each])[:left_idr]
        return floors_idr[commission.id] + (commission.id in rounded_up)

    def earns(self, commission: Commission) -> Fraction:
        """The exact share that is set apart for a creator, once the order has settled."""
        exact = Fraction(self.base_idr(commission) * commission.rate_bp, 10_000)
        return exact if commission.cap_idr is None else min(exact, Fraction(commission.cap_idr))


@dataclass(slots=True)
class History:
    """One order, and what came back of it."""

    order: Order
    is_paid: bool
    lines: list[Line] = field(default_factory=list)
    reasons: set[str] = field(default_factory=set)
    way_back_idr: int = 0
    put_in_idr: int = 0
    """By the platform, as the buyer's money did not reach."""
    shipping_taken_back_idr: int = 0
    shipping_lost_before_idr: int = 0
    refunds_after_settlement: int = 0

    @property
    def shop(self) -> str:
        return str(self.order.shop_id)

    @property
    def total_idr(self) -> int:
        return sum(line.paid_idr for line in self.lines) + self.order.shipping_idr

    @property
    def remaining_idr(self) -> int:
        return sum(line.remaining_idr for line in self.lines)

    @property
    def is_lost(self) -> bool:
        """Refunded by the operator, for the parcel never came."""
        is_taken_back = any(line.taken_back_idr for line in self.lines)
        return self.order.state == "refunded" and not self.reasons and not is_taken_back

    @property
    def carriage_idr(self) -> int:
        """What the shop bears: shipping that went back before the order settled, of a parcel that was carried."""
        if self.order.settled_at or not self.reasons - {"not_arrived"}:
            return self.shipping_lost_before_idr
        return self.order.shipping_idr - self.remaining_shipping_idr

    @property
    def remaining_shipping_idr(self) -> int:
        """Shipping is paid back with the last piece, when everything went back for the shop's faults."""
        is_back = all(line.refunded == line.quantity for line in self.lines) and "changed_mind" not in self.reasons
        return 0 if is_back else self.order.shipping_idr - self.shipping_taken_back_idr

    @property
    def given_up_idr(self) -> int:
        """Of the order's price, what is not sold any more."""
        if not self.is_paid:
            return 0
        if self.order.state == "cancelled":
            return self.total_idr
        return self.total_idr - self.remaining_idr - self.remaining_shipping_idr

    @property
    def back_to_platform_idr(self) -> int:
        """The buyer gets back what they paid, and no more: the rest was the platform's."""
        return max(0, self.given_up_idr - (self.total_idr - self.put_in_idr))

    @property
    def paid_back_idr(self) -> int:
        return self.given_up_idr - self.back_to_platform_idr + self.way_back_idr

    @property
    def held_idr(self) -> int:
        """Goods never go below zero: what ways back take beyond them the shop bears at once."""
        if not self.is_paid or self.order.settled_at or self.order.state == "cancelled":
            return 0
        return max(0, self.remaining_idr - self.way_back_idr) + self.remaining_shipping_idr

    @property
    def borne_at_once_idr(self) -> int:
        return 0 if self.order.settled_at else max(0, self.way_back_idr - self.remaining_idr)


def all_histories() -> Iterable[History]:
    """Of every order there is."""
    paid = dict(PaymentAllocation.objects.values_list("order_id", "borne_by_platform_idr"))
    lines: dict[uuid.UUID, list[OrderLine]] = defaultdict(list)
    for row in OrderLine.objects.order_by("id"):
        lines[row.order_id].append(row)
    went_back: dict[uuid.UUID, list[ReturnLine]] = defaultdict(list)
    for back in ReturnLine.objects.filter(of_return__state="refunded").select_related("of_return"):
        went_back[back.line_id].append(back)
    commissions: dict[uuid.UUID, list[Commission]] = defaultdict(list)
    for commission in Commission.objects.order_by("id"):
        commissions[commission.line_id].append(commission)
    for order in Order.objects.all():
        history = History(order, order.id in paid, put_in_idr=paid.get(order.id, 0))
        returns = {}
        for row in lines[order.id]:
            line = Line(row.quantity * row.unit_price_idr, row.quantity, commissions=commissions[row.id])
            line.taken_back_idr, line.refunded = row.taken_back_idr, row.cancelled_quantity
            for back in went_back[row.id]:
                line.refunded += back.counted
                returns[back.of_return_id] = back.of_return
            history.lines.append(line)
        history.reasons = {return_.reason for return_ in returns.values()}
        if history.is_lost:
            for line in history.lines:
                line.refunded = line.quantity
        kept = Return.objects.filter(order=order, kept_since__isnull=False)
        history.way_back_idr = sum(return_.way_back_borne_idr for return_ in [*returns.values(), *kept])
        lost = list(DisputeShare.objects.filter(order_id=order.id, dispute__status="lost"))
        history.shipping_taken_back_idr = sum(share.lost_shipping_idr for share in lost)
        history.shipping_lost_before_idr = history.shipping_taken_back_idr
        if settled_at := order.settled_at:
            after = [share for share in lost if not share.lost_from_escrow]
            history.shipping_lost_before_idr -= sum(share.lost_shipping_idr for share in after)
            history.refunds_after_settlement = len(after) + sum(
                _refunded_at(return_.id) >= settled_at for return_ in returns.values()
            )
        yield history


def _refunded_at(return_id: uuid.UUID) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT happened_at FROM returns_returnevent WHERE of_return_id = %s AND to_state = 'refunded'", [return_id]
        )
        moment: datetime = cursor.fetchone()[0]
        return moment
