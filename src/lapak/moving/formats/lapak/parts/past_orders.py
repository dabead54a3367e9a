"""The shop's past orders, with the platform that each was placed at: they stay what they are, wherever the shop goes."""

from lapak.moving.cells import text
from lapak.moving.formats.lapak.part import PLATFORM, Part
from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells
from lapak.moving.outgoing import Beside
from lapak.moving.past.leaving import ORDER_COLUMNS, lines_of_orders

_FIELDS = {"product_name": "title", "goods_idr": "line_idr"}
"""Columns that are called otherwise where they are read."""

PART = Part(
    Beside("past_orders.csv", ORDER_COLUMNS, lines_of_orders),
    Layout(
        platform=PLATFORM,
        readers={"seller_sku": text},
        called="past_orders.csv",
        tells=Tells.ORDERS,
        spellings={_FIELDS.get(column, column): (column,) for column in ORDER_COLUMNS},
        needs={"platform", "order_id", "state", "placed_at", "quantity", "returned", "line_idr"},
        first_row=2,
        telling=("quantity",),
        identify=by_order,
    ),
)
