"""Seller Center's list of orders (`All order-….csv`, sheet `OrderSKUList`), of 2023 to 2026; Tokopedia's since 2025.

A row is a SKU of an order; the order's own money stands on each of them. What names a person is not read.
"""

from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells

ORDERS = Layout(
    platform="tiktok_shop",
    called="All order",
    tells=Tells.ORDERS,
    spellings={
        "order_id": ("Order ID", "ID Pesanan", "Nomor Pesanan"),
        "state": ("Order Status", "Status Pesanan"),
        "substate": ("Order Substatus", "Substatus Pesanan", "Sub-status Pesanan"),
        "return_kind": ("Cancelation/Return Type", "Cancellation/Return Type", "Jenis Pembatalan/Pengembalian"),
        "order_kind": ("Normal or Pre-order", "Normal atau Pre-order"),
        "sku_id": ("SKU ID", "ID SKU"),
        "seller_sku": ("Seller SKU", "SKU Penjual", "Penjual SKU"),
        "title": ("Product Name", "Nama Produk"),
        "variation": ("Variation", "Variasi"),
        "quantity": ("Quantity", "Kuantitas", "Jumlah"),
        "returned": ("Sku Quantity of return", "Jumlah SKU yang dikembalikan", "Kuantitas pengembalian SKU"),
        "list_price_idr": ("SKU Unit Original Price", "Harga Asli Satuan SKU"),
        "undiscounted_idr": ("SKU Subtotal Before Discount", "Subtotal SKU Sebelum Diskon"),
        "platform_discount_idr": ("SKU Platform Discount", "Diskon Platform SKU"),
        "seller_discount_idr": ("SKU Seller Discount", "Diskon Penjual SKU"),
        "line_idr": ("SKU Subtotal After Discount", "Subtotal SKU Setelah Diskon"),
        "total_idr": ("Order Amount", "Jumlah Pesanan", "Total Pesanan"),
        "refund_idr": ("Order Refund Amount", "Jumlah Pengembalian Dana Pesanan"),
        "shipping_idr": ("Shipping Fee After Discount", "Ongkos Kirim Setelah Diskon"),
        "placed_at": ("Created Time", "Waktu Dibuat"),
        "paid_at": ("Paid Time", "Waktu Pembayaran", "Waktu Dibayar"),
        "shipped_at": ("Shipped Time", "Waktu Dikirim"),
        "delivered_at": ("Delivered Time", "Waktu Terkirim"),
        "cancelled_at": ("Cancelled Time", "Waktu Dibatalkan"),
        "buyer": ("Buyer Username", "Nama Pengguna Pembeli"),
        "shipped_by": ("Fulfillment Type", "Jenis Pemenuhan"),
        "payment": ("Payment Method", "Metode Pembayaran"),
        "category": ("Product Category", "Kategori Produk"),
    },
    needs={"order_id", "state", "quantity", "line_idr"},
    needs_one_of={"placed_at", "paid_at"},
    least_known=8,
    first_row=3,
    telling=("quantity",),
    identify=by_order,
)  # fmt: skip
