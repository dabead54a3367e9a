"""What lies beside the goods in Lapak's own file: the shop's orders, what it agreed on with creators, and its books.

Buyers are told apart and not told: the name, phone and street of a buyer were given so that this order could be sent, and
serve no other purpose (UU 27/2022 Art. 28). Their key is thrown away with the writing, so the same buyer is another one in the
next file.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from uuid import UUID

from lapak.affiliates.models import Membership, Programme
from lapak.money.ledger.models import AccountKind
from lapak.moving import statement
from lapak.moving.outgoing import Beside
from lapak.moving.written import Line
from lapak.people.shops.models import Shop
from lapak.trade.orders.models import Order

_AT_ONCE = 500
_OF_A_SHOP = (
    AccountKind.ORDER_ESCROW,
    AccountKind.SELLER_PAYABLE,
    AccountKind.SELLER_RECEIVABLE,
    AccountKind.CREATOR_CLEARING,
)


def _orders(shop: Shop) -> Iterator[Line]:
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
            "city": order.purchase.address.get("city", ""),
            "province_code": order.purchase.address.get("province_code", ""),
            "courier": order.courier,
            "goods_idr": order.goods_idr,
            "shipping_idr": order.shipping_idr,
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


def _creators(shop: Shop) -> Iterator[Line]:
    """Each programme of the shop with its rate, and each creator who promotes under it."""
    programmes = Programme.objects.filter(shop=shop).order_by("created_at", "id")
    for programme in programmes:
        rate = programme.rates.filter(superseded_at=None).first()
        terms: dict[str, object] = {
            "programme": programme.kind,
            "is_active": "yes" if programme.is_active else "no",
            "rate_bp": rate.rate_bp if rate else "",
            "window_days": programme.window_days,
        }
        members = Membership.objects.filter(programme=programme).select_related("creator").order_by("joined_at", "id")
        yield terms | {"creator": "", "joined_at": ""}
        for member in members.iterator(_AT_ONCE):
            yield terms | {"creator": member.creator.handle, "joined_at": member.joined_at}


def _pseudonym(key: bytes, buyer_id: UUID) -> str:
    return hmac.digest(key, buyer_id.bytes, hashlib.sha256).hex()[:16]


_MOMENTS = ("placed_at", "paid_at", "shipped_at", "delivered_at", "completed_at", "cancelled_at", "settled_at")

BESIDE = (
    Beside(
        "orders.csv",
        (
            "order_id", "number", "state", *_MOMENTS, "buyer", "city", "province_code", "courier", "goods_idr",
            "shipping_idr", "refunded_goods_idr", "refunded_shipping_idr", "product_id", "sku_id", "product_name", "options",
            "quantity", "refunded_quantity", "unit_price_idr", "paid_idr",
        ),
        _orders,
    ),
    Beside(
        "creators.csv",
        ("programme", "is_active", "rate_bp", "window_days", "creator", "joined_at"),
        _creators,
    ),
    Beside("statement.csv", statement.COLUMNS, lambda shop: statement.transfers(_OF_A_SHOP, shop.id)),
)  # fmt: skip
