"""The shop's orders, which another marketplace keeps as past ones.

Buyers are told apart and not told: the name, phone and street of a buyer were given so that this order could be sent, and
serve no other purpose (UU 27/2022 Art. 28). Their key is thrown away with the writing, so the same buyer is another one in the
next file.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from uuid import UUID

from lapak.moving.cells import text
from lapak.moving.formats.lapak.part import PLATFORM, Part
from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells
from lapak.moving.outgoing import Beside
from lapak.moving.written import Line
from lapak.people.shops.models import Shop
from lapak.trade.orders.models import Order

_AT_ONCE = 500
_MOMENTS = ("placed_at", "paid_at", "shipped_at", "delivered_at", "completed_at", "cancelled_at", "settled_at")
_COLUMNS = (
    "order_id", "number", "state", *_MOMENTS, "buyer", "city", "province_code", "courier", "goods_idr",
    "shipping_idr", "total_idr", "refunded_goods_idr", "refunded_shipping_idr", "product_id", "sku_id", "product_name", "options",
    "quantity", "refunded_quantity", "unit_price_idr", "paid_idr",
)  # fmt: skip


def _lines(shop: Shop) -> Iterator[Line]:
    """A row for each piece of goods ordered, the oldest first; what was never paid for is not told."""
    key = secrets.token_bytes(32)
    orders = Order.objects.filter(shop=shop).exclude(state=Order.State.AWAITING_PAYMENT).order_by("placed_at", "id")
    for order in orders.select_related("purchase").prefetch_related("lines__variant").iterator(_AT_ONCE):
        of_order: dict[str, object] = {
            "order_id": str(order.id),
            "number": order.number,
            "state": order.state,
            **{name: getattr(order, name) for name in _MOMENTS},
            "buyer": _pseudonym(key, order.buyer_id),
            "city": order.address.get("city", ""),
            "province_code": order.address.get("province_code", ""),
            "courier": order.courier,
            "goods_idr": order.goods_idr,
            "shipping_idr": order.shipping_idr,
            "total_idr": order.total_idr,
            "refunded_goods_idr": order.refunded_goods_idr,
            "refunded_shipping_idr": order.refunded_shipping_idr,
        }
        for line in order.lines.all():
            yield of_order | {
                "product_id": str(line.variant.product_id),
                "sku_id": str(line.variant_id),
                "product_name": line.title,
                "options": line.option_label,
                "quantity": line.quantity,
                "refunded_quantity": line.refunded_quantity,
                "unit_price_idr": line.unit_price_idr,
                "paid_idr": line.paid_idr,
            }


def _pseudonym(key: bytes, buyer_id: UUID) -> str:
    return hmac.digest(key, buyer_id.bytes, hashlib.sha256).hex()[:16]


_COMES_IN = Layout(
    platform=PLATFORM,
    readers={"seller_sku": text},
    called="orders.csv",
    tells=Tells.ORDERS,
    spellings={
        **{
            name: (name,)
            for name in ("order_id", "state", "placed_at", "paid_at", "buyer", "total_idr", "sku_id", "quantity")
        },
        "title": ("product_name",),
        "variation": ("options",),
        "returned": ("refunded_quantity",),
        "unit_idr": ("unit_price_idr",),
        "line_idr": ("paid_idr",),
    },
    needs={"order_id", "state", "placed_at", "sku_id", "quantity", "returned", "unit_idr", "line_idr"},
    first_row=2,
    telling=("quantity",),
    identify=by_order,
)

PART = Part(
    Beside("orders.csv", _COLUMNS, _lines),
    _COMES_IN,
)
