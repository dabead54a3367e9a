"""The list of orders of Lazada's Seller Center: a row a piece. What names a person is looked at to tell buyers apart, and
not kept."""

from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells

ORDERS = Layout(
    platform="lazada",
    called="orders",
    tells=Tells.ORDERS,
    spellings={
        "item_id": ("orderItemId", "Order Item Id"),
        "order_kind": ("orderType",),
        "order_flag": ("orderFlag",),
        "item_number": ("lazadaId",),
        "seller_sku": ("sellerSku", "Seller SKU"),
        "sku_id": ("lazadaSku", "Lazada SKU"),
        "warehouse": ("wareHouse",),
        "placed_at": ("createTime", "Created at"),
        "changed_at": ("updateTime", "Updated at"),
        "order_id": ("orderNumber", "Order Number"),
        "buyer": ("customerName", "Customer Name"),
        "payment": ("payMethod", "Payment Method"),
        "line_idr": ("paidPrice", "Paid Price"),
        "unit_idr": ("unitPrice", "Unit Price"),
        "discount_idr": ("sellerDiscountTotal",),
        "shipping_idr": ("shippingFee", "Shipping Fee"),
        "title": ("itemName", "Item Name"),
        "variation": ("variation", "Variation"),
        "state": ("status", "Status"),
        "refund_idr": ("refundAmount",),
    },
    needs={"order_id", "item_id", "state", "title", "placed_at"},
    needs_one_of={"line_idr", "unit_idr"},
    least_known=8,
    first_row=2,
    telling=("line_idr", "unit_idr"),
    is_row_a_piece=True,
    identify=by_order,
    completed_too={"delivered", "terkirim"},
)  # fmt: skip
