"""What creators sold for the shop, here and at the platforms where it was before."""

from collections.abc import Iterator
from itertools import chain

from lapak.affiliates.models import Commission
from lapak.moving.formats.lapak.part import PLATFORM, Part
from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells
from lapak.moving.outgoing import Beside
from lapak.moving.past.leaving import PROMOTION_COLUMNS, lines_of_promotions
from lapak.moving.written import Line
from lapak.people.shops.models import Shop
from lapak.trade.orders.models import Order

_AT_ONCE = 500
_FIELDS = {"sku": "title", "commission_idr": "paid_idr"}
"""Columns that are called otherwise where they are read."""
_OVER = {Commission.State.PAYABLE, Commission.State.PAID}


def _lines(shop: Shop) -> Iterator[Line]:
    return chain(_of_commissions(shop), lines_of_promotions(shop))


def _of_commissions(shop: Shop) -> Iterator[Line]:
    """Of the shop's orders here, the oldest first. The shop's orders lead to them, as commissions have no index by shop."""
    orders = Order.objects.filter(shop=shop).exclude(state=Order.State.AWAITING_PAYMENT).order_by("placed_at", "id")
    for order in orders.prefetch_related("lines__commissions__creator").iterator(_AT_ONCE):
        for line, commission in [(sold, each) for sold in order.lines.all() for each in sold.commissions.all()]:
            is_reversed = commission.state == Commission.State.REVERSED
            yield {
                "platform": PLATFORM,
                "order_id": str(order.id),
                "placed_at": order.placed_at,
                "state": "completed" if is_reversed or commission.state in _OVER else "open",
                "is_returned": "yes" if is_reversed else "no",
                "sku": str(line.variant_id),
                "creator": commission.creator.handle,
                "rate_bp": commission.rate_bp,
                "goods_idr": commission.base_idr,
                "commission_idr": commission.amount_idr,
            }


PART = Part(
    Beside("promotions.csv", PROMOTION_COLUMNS, _lines),
    Layout(
        platform=PLATFORM,
        called="promotions.csv",
        tells=Tells.PROMOTIONS,
        spellings={_FIELDS.get(column, column): (column,) for column in PROMOTION_COLUMNS},
        needs={"platform", "order_id", "creator", "rate_bp", "goods_idr", "placed_at"},
        first_row=2,
        telling=("rate_bp", "goods_idr"),
        identify=by_order,
    ),
)
