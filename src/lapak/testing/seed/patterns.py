"""One order of every kind, brought there by the acts of its people: what the big market repeats."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from lapak.affiliates.models import Link
from lapak.affiliates.token import ClickToken
from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.clocks import credit_due_creators
from lapak.flows.place_purchase import place_purchase
from lapak.flows.refund_return import accept_return, approve_return
from lapak.flows.send_refund import receive_refund
from lapak.flows.ship_order import confirm_receipt, decide_fate, deliver_order, ship_order
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.testing.cast import Cast, asked_for, link_to, stocked_variant
from lapak.testing.histories import asked_return, paid_order, tracking_number
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return
from lapak.trade.returns.sending import receive_return, send_back

DAY = timedelta(days=1)
TITLES = ("Pola Satu", "Pola Dua")
PRICE_IDR = 10_000
"""Small, and whole in every share: a creator's tax of a year is the sum of its parts as long as it stays in the first
bracket, that is for 120,000 commissions."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Whom and what a pattern names, and so what its repetitions name otherwise."""

    cast: Cast
    variants: tuple[Variant, ...]
    link: Link


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern's purchase; how many of 1,000 orders are like it; and how much longer ago they may have been."""

    stand: Stand
    purchase_id: uuid.UUID
    per_mille: int
    spread: timedelta
    is_linked: bool


Make = Callable[[Stand, datetime], Order]


def make_patterns(cast: Cast) -> list[Pattern]:
    """Every one, and all that came of it, now or some weeks ago."""
    variants = tuple(stocked_variant(cast.shop, price_idr=PRICE_IDR, on_hand=1_000) for _ in TITLES)
    for variant, title in zip(variants, TITLES, strict=True):
        variant.product.title = title
        variant.product.save(update_fields=["title"])
    stand = Stand(cast, variants, link_to(cast, variants[0].product))
    now = clock.now()
    return [
        Pattern(stand, make(stand, now).purchase_id, per_mille, spread, is_linked)
        for make, per_mille, spread, is_linked in _KINDS
    ]


def _at(moment: datetime) -> AbstractContextManager[None]:
    return clock.stopped_at(moment)


def _awaiting(stand: Stand, now: datetime) -> Order:
    with _at(now):
        asked = asked_for(stand.cast, (stand.variants[0], 1))
        return Order.objects.get(purchase_id=place_purchase(stand.cast.buyer.id, asked, []))


def _expired(stand: Stand, now: datetime) -> Order:
    order = _awaiting(stand, now - 30 * DAY)
    PaymentIntent.objects.filter(pays_for=order.purchase_id).update(ask_at=None)
    with _at(now - 30 * DAY + timedelta(hours=1)):
        cancel_unpaid_purchase(stand.cast.buyer, order.purchase_id, "Salah pesan.")
    return order


def _to_pack(stand: Stand, now: datetime) -> Order:
    return _paid(stand, now - timedelta(hours=2), stand.link)


def _packed(stand: Stand, now: datetime) -> Order:
    order = _paid(stand, now - DAY)
    with _at(now - timedelta(hours=3)):
        return pack_order(stand.cast.seller, order.id)


def _shipped(stand: Stand, now: datetime) -> Order:
    return _on_its_way(stand, now - 2 * DAY)


def _delivered(stand: Stand, now: datetime) -> Order:
    return _arrived(stand, now - 3 * DAY, stand.link)


def _asked_back(stand: Stand, now: datetime) -> Order:
    order = _arrived(stand, now - 3 * DAY)
    with _at(now - timedelta(hours=1)):
        asked_return(stand.cast, order)
    return order


def _settled(stand: Stand, now: datetime) -> Order:
    order = _arrived(stand, now - 25 * DAY, lines=2)
    with _at(now - 22 * DAY):
        return confirm_receipt(stand.cast.buyer, order.id)


def _credited(stand: Stand, now: datetime) -> Order:
    order = _arrived(stand, now - 25 * DAY, stand.link)
    with _at(now - 22 * DAY):
        confirm_receipt(stand.cast.buyer, order.id)
        credit_due_creators()
    return order


def _cancelled(stand: Stand, now: datetime) -> Order:
    order = _paid(stand, now - 25 * DAY, stand.link)
    with _at(now - 24 * DAY):
        cancel_paid_order(stand.cast.buyer, order.id, "Salah ukuran.")
        _refund_arrives(order)
    return order


def _returned(stand: Stand, now: datetime) -> Order:
    cast = stand.cast
    order = _arrived(stand, now - 25 * DAY)
    with _at(now - 22 * DAY):
        return_id = asked_return(cast, order, reason="changed_mind").id  # the shop bears nothing, and need have nothing
        approve_return(cast.seller, return_id)
        send_back(cast.buyer, return_id, "JNE", tracking_number())
        receive_return(cast.seller, return_id)
        accept_return(cast.seller, return_id, {row.line_id: 1 for row in Return.objects.get(id=return_id).lines.all()})
        _refund_arrives(order)
        return confirm_receipt(cast.buyer, order.id)


def _lost(stand: Stand, now: datetime) -> Order:
    order = _on_its_way(stand, now - 25 * DAY)
    with _at(now - 5 * DAY):
        decide_fate(stand.cast.operator, order.id, "lost", "Hilang di jalan.")
        _refund_arrives(order)
    return order


_KINDS: tuple[tuple[Make, int, timedelta, bool], ...] = (
    (_awaiting, 5, timedelta(minutes=5), False),
    (_expired, 60, 45 * DAY, False),
    (_to_pack, 20, timedelta(hours=8), True),
    (_packed, 15, timedelta(hours=8), False),
    (_shipped, 40, 3 * DAY, False),
    (_delivered, 40, 2 * DAY, True),
    (_asked_back, 10, timedelta(hours=12), False),
    (_cancelled, 40, 45 * DAY, True),
    (_returned, 20, 45 * DAY, False),
    (_lost, 10, 45 * DAY, False),
    (_credited, 240, 45 * DAY, True),
    (_settled, 500, 45 * DAY, False),
)
"""How each is made, how many of 1,000 there are, how much longer ago they may have been, and whether by a link."""


def _paid(stand: Stand, at: datetime, link: Link | None = None, lines: int = 1) -> Order:
    with _at(at):
        click = ClickToken(link_id=link.id, click_id=new_id(), clicked_at=at - timedelta(hours=1)) if link else None
        return paid_order(stand.cast, *((variant, 1) for variant in stand.variants[:lines]), click=click)


def _on_its_way(stand: Stand, at: datetime, link: Link | None = None, lines: int = 1) -> Order:
    order = _paid(stand, at, link, lines)
    with _at(at + timedelta(hours=6)):
        pack_order(stand.cast.seller, order.id)
    with _at(at + timedelta(hours=20)):
        return ship_order(stand.cast.seller, order.id, tracking_number())


def _arrived(stand: Stand, at: datetime, link: Link | None = None, lines: int = 1) -> Order:
    order = _on_its_way(stand, at, link, lines)
    with _at(at + 2 * DAY):
        return deliver_order(None, order.id)


def _refund_arrives(order: Order) -> None:
    for refund in Refund.objects.filter(order_id=order.id).select_related("intent"):
        report = RefundReport(refund.id, RefundStatus.ARRIVED, refund.amount_idr)
        receive_refund(report, refund.intent.provider if refund.intent else "sandbox")
