"""The shop's past as rows of lists that leave; Lapak's own file brings them back (`formats/lapak/parts/`)."""

from collections.abc import Iterator

from lapak.lib import clock
from lapak.moving.past.models import PastLine, PastOrder, PastPromotion
from lapak.moving.written import Line
from lapak.people.shops.models import Shop

ORDER_COLUMNS = (
    "platform", "order_id", "placed_at", "state", "buyer", "total_idr", "sku_id", "seller_sku", "product_name", "variation",
    "quantity", "returned", "goods_idr",
)  # fmt: skip
PROMOTION_COLUMNS = (
    "platform", "order_id", "placed_at", "state", "is_returned", "sku", "creator", "rate_bp", "goods_idr", "commission_idr",
)  # fmt: skip
_AT_ONCE = 2_000


def lines_of_orders(shop: Shop, platform: str = "") -> Iterator[Line]:
    """All the shop's past orders, of one platform if it is said, the oldest first, an order's own fields on each of its
    lines: moments as in Jakarta, the buyer as a pseudonym."""
    lines = PastLine.objects.filter(order__shop=shop).select_related("order")
    of_one = lines.filter(order__platform=platform) if platform else lines
    in_order = of_one.order_by("order__platform", "order__placed_at", "order_id", "id")
    for line in in_order.iterator(chunk_size=_AT_ONCE):
        order = line.order
        yield {
            "platform": order.platform,
            "order_id": order.source_id,
            "placed_at": order.placed_at.astimezone(clock.WIB).isoformat(sep=" ", timespec="seconds"),
            "state": order.state,
            "buyer": order.buyer,
            "total_idr": "" if order.total_idr is None else order.total_idr,
            "sku_id": line.sku_id,
            "seller_sku": line.seller_sku,
            "product_name": line.title,
            "variation": line.variation,
            "quantity": line.quantity,
            "returned": line.returned,
            "goods_idr": line.goods_idr,
        }


def lines_of_promotions(shop: Shop) -> Iterator[Line]:
    """What creators sold for the shop at its old platforms. It is over or not, and was kept or not: two words say both."""
    promotions = PastPromotion.objects.filter(shop=shop).order_by("platform", "source_id", "sku")
    for told in promotions.iterator(chunk_size=_AT_ONCE):
        yield {
            "platform": told.platform,
            "order_id": told.source_id,
            "placed_at": told.placed_at.astimezone(clock.WIB).isoformat(sep=" ", timespec="seconds"),
            "state": PastOrder.State.COMPLETED if told.is_over else PastOrder.State.OPEN,
            "is_returned": "no" if told.is_kept else "yes",
            "sku": told.sku,
            "creator": told.handle,
            "rate_bp": told.rate_bp,
            "goods_idr": told.goods_idr,
            "commission_idr": told.commission_idr,
        }
