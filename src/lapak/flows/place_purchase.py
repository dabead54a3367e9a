"""A buyer orders: stock, orders, payment, contract and attribution in one statement, or nothing at all."""

import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, LiteralString

import psycopg.errors
from django.conf import settings

from lapak.affiliates.token import ClickToken
from lapak.flows.contract import TERMS_JSON
from lapak.flows.purchase_refusal import why_refused
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.lib.prepared import fetch_all
from lapak.money.payments.methods import method_named
from lapak.trade.orders.asked import AskedPurchase
from lapak.trade.orders.errors import PurchaseMalformed
from lapak.trade.orders.models import Purchase
from lapak.trade.orders.queries import current_clocks

_STATEMENT: LiteralString = Path(__file__).with_suffix(".sql").read_text()


def place_purchase(buyer_id: uuid.UUID, asked: AskedPurchase, clicks: Sequence[ClickToken] = ()) -> uuid.UUID:
    """The buyer has a purchase awaiting payment; returns its id. The same key again returns the same purchase.

    In one statement: prices and shipping checked against what was shown, stock reserved, one order per shop with its
    contract frozen, a payment intent, order events, and a pending commission per line that `clicks` (verified tokens,
    any order) brought about. The bought goods leave the buyer's cart.

    Refuses with a `PurchaseRefused` that says what changed: `PriceChanged`, `StockGone`, `GoodsGone`, `ShopClosed`,
    `ShippingChanged`, `AddressMissing`, `PurchaseTooLarge`, `PurchaseMalformed`. Nothing is written then.
    """
    if not asked.is_well_formed:
        raise PurchaseMalformed
    purchase_id = new_id()
    try:
        accepted = fetch_all(_STATEMENT, _parameters(purchase_id, buyer_id, asked, clicks))
    except psycopg.errors.UniqueViolation:
        accepted = []  # this key has a purchase already, or gets one at this very moment
    except psycopg.errors.CheckViolation:
        accepted = []  # less stock than asked for
    if accepted:
        return purchase_id
    existing = (
        Purchase.objects.filter(buyer_id=buyer_id, idempotency_key=asked.idempotency_key).values_list("id").first()
    )
    if existing:
        return existing[0]
    raise why_refused(buyer_id, asked)


def _parameters(
    purchase_id: uuid.UUID, buyer_id: uuid.UUID, asked: AskedPurchase, clicks: Sequence[ClickToken]
) -> dict[str, Any]:
    now, clocks, method = clock.now(), current_clocks(), method_named(asked.method)
    order_ids = [new_id() for _ in asked.orders]
    lines = [(order_id, line) for order_id, order in zip(order_ids, asked.orders, strict=True) for line in order.lines]
    return {
        "purchase_id": purchase_id,
        "buyer_id": buyer_id,
        "idempotency_key": asked.idempotency_key,
        "address_id": asked.address_id,
        "intent_id": new_id(),
        "provider": settings.PAYMENT_PROVIDER,
        "method": asked.method,
        "most_idr": method.most_idr,
        "now": now,
        "pay_by": now + method.pay_within,
        "pack_within_working_days": clocks.pack_within_working_days,
        "ship_within_working_days": clocks.ship_within_working_days,
        "arrive_within_days": clocks.arrive_within_days,
        "decide_within_days": clocks.decide_within_days,
        "complete_after_days": clocks.complete_after_days,
        "complete_after_days_by_shop": clocks.complete_after_days_by_shop,
        "terms": TERMS_JSON,
        "order_ids": _array(order_ids),
        "event_ids": _array(new_id() for _ in asked.orders),
        "shop_ids": _array(order.shop_id for order in asked.orders),
        "service_codes": [order.service_code for order in asked.orders],
        "shown_shipping_idr": _array(order.shown_shipping_idr for order in asked.orders),
        "line_ids": _array(new_id() for _ in lines),
        "line_order_ids": _array(order_id for order_id, _ in lines),
        "variant_ids": _array(line.variant_id for _, line in lines),
        "quantities": _array(line.quantity for _, line in lines),
        "shown_prices_idr": _array(line.shown_price_idr for _, line in lines),
        "click_ids": _array(click.click_id for click in clicks),
        "click_link_ids": _array(click.link_id for click in clicks),
        "clicked_at": [click.clicked_at for click in clicks],
    }


def _array(values: Iterable[uuid.UUID | int]) -> str:
    """PostgreSQL's own writing of an array. The statement says each one's type; psycopg would find it out at every call,
    and take small numbers for another type than large ones, which is another plan."""
    return "{" + ",".join(map(str, values)) + "}"
