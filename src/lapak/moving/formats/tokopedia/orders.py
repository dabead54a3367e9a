"""The sales report of before 2025 (`Tokopedia_Transaction_….xlsx`), header in row 5. Since then Tokopedia gives out the
list of TikTok Shop. What names a person is looked at to tell buyers apart, and not kept."""

from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells

ORDERS = Layout(
    platform="tokopedia",
    called="Tokopedia_Transaction",
    tells=Tells.ORDERS,
    spellings={
        "number": ("Nomor",),
        "order_id": ("Nomor Invoice", "Invoice", "Invoice Number"),
        "paid_at": ("Tanggal Pembayaran", "Payment Date"),
        "state": ("Status Terakhir", "Order Status", "Status"),
        "completed_at": ("Tanggal Pesanan Selesai",),
        "cancelled_at": ("Tanggal Pesanan Dibatalkan",),
        "title": ("Nama Produk", "Product Name"),
        "kind": ("Tipe Produk",),
        "seller_sku": ("Nomor SKU", "Stock Keeping Unit (SKU)", "SKU"),
        "quantity": ("Jumlah Produk Dibeli", "Quantity", "Jumlah"),
        "list_price_idr": ("Harga Awal (IDR)", "Harga Awal"),
        "discount_idr": ("Diskon Produk (IDR)",),
        "unit_idr": ("Harga Jual (IDR)", "Price (Rp.)", "Harga Jual"),
        "subsidy_idr": ("Jumlah Subsidi Tokopedia (IDR)",),
        "shipping_idr": ("Total Biaya Pengiriman (IDR)", "Shipping Price + fee (Rp.)"),
        "total_idr": ("Total Penjualan (IDR)", "Total Amount (Rp.)"),
        "buyer": ("Nama Pembeli", "Customer Name"),
        "buyer_phone": ("No Telp Pembeli", "Customer Phone"),
        "courier": ("Nama Kurir", "Courier"),
        "shipping_kind": ("Tipe Pengiriman (regular, same day, etc)",),
    },
    needs={"order_id", "state", "quantity", "unit_idr", "paid_at"},
    least_known=8,
    first_row=2,
    telling=("quantity",),
    identify=by_order,
)  # fmt: skip
