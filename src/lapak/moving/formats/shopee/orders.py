"""The list of orders of the Seller Centre (`Order.all.….xlsx`, sheet `orders`). What names a person is not read.

The SKU has no id here: it goes by its own number, or by name and variation.
"""

from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells

ORDERS = Layout(
    platform="shopee",
    called="Order.all",
    tells=Tells.ORDERS,
    spellings={
        "order_id": ("No. Pesanan", "Order ID", "Order SN", "No Pesanan"),
        "state": ("Status Pesanan", "Order Status"),
        "why_cancelled": ("Alasan Pembatalan", "Cancel reason", "Cancellation Reason"),
        "return_kind": ("Status Pembatalan/ Pengembalian", "Return / Refund Status", "Return/Refund Status"),
        "tracking": ("No. Resi", "Tracking Number*", "Tracking Number"),
        "courier": ("Opsi Pengiriman", "Shipping Option"),
        "placed_at": ("Waktu Pesanan Dibuat", "Order Creation Date", "Order Creation Time"),
        "paid_at": ("Waktu Pembayaran Dilakukan", "Order Paid Time"),
        "payment": ("Metode Pembayaran", "Payment Method"),
        "parent_sku": ("SKU Induk", "Parent SKU Reference No."),
        "title": ("Nama Produk", "Product Name"),
        "seller_sku": ("Nomor Referensi SKU", "SKU Reference No."),
        "variation": ("Nama Variasi", "Variation Name"),
        "list_price_idr": ("Harga Awal", "Original Price"),
        "unit_idr": ("Harga Setelah Diskon", "Deal Price"),
        "quantity": ("Jumlah", "Quantity"),
        "returned": ("Returned quantity", "Jumlah Dikembalikan"),
        "line_idr": ("Total Harga Produk", "Subtotal Pesanan", "Product Subtotal"),
        "total_idr": ("Total Pembayaran", "Grand Total", "Total Amount"),
        "buyer": ("Username (Pembeli)", "Username (Buyer)"),
        "completed_at": ("Waktu Pesanan Selesai", "Order Complete Time"),
    },
    needs={"order_id", "state", "quantity", "title"},
    needs_one_of={"placed_at", "paid_at"},
    least_known=8,
    first_row=2,
    telling=("quantity",),
    identify=by_order,
)  # fmt: skip
