"""The list of affiliate orders (`affiliate_orders_….csv` or `.xlsx`): a row is a SKU of an order that a creator brought about."""

from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells

PROMOTIONS = Layout(
    platform="tiktok_shop",
    called="affiliate_orders",
    tells=Tells.PROMOTIONS,
    spellings={
        "order_id": ("Order ID", "ID Pesanan"),
        "product_id": ("Product ID", "ID Produk"),
        "title": ("Product Name", "Produk", "Nama Produk"),
        "variation": ("SKU",),
        "sku_id": ("SKU ID", "ID Sku"),
        "seller_sku": ("Seller SKU", "Penjual Sku"),
        "price_each_idr": ("Price", "Harga"),
        "goods_idr": ("Payment Amount", "Jumlah Pembayaran"),
        "currency": ("Currency", "Mata Uang"),
        "quantity": ("Quantity", "Kuantitas"),
        "is_returned": ("Fully returned or refunded", "Pengembalian barang", "Dikembalikan sepenuhnya"),
        "payment": ("Payment method", "Metode Pembayaran"),
        "state": ("Order Status", "Status Pesanan"),
        "creator": ("Creator Username", "Nama pengguna kreator"),
        "content": ("Content Type", "Jenis Konten"),
        "content_id": ("Content ID", "ID Konten"),
        "model": ("commission model", "Model komisi"),
        "rate": ("Standard commission rate", "Persentase komisi standar"),
        "expected_idr": ("Est. standard commission payment", "Perkiraan pembayaran komisi standar"),
        "paid_idr": ("Actual Commission Payment", "Pembayaran Komisi Aktual"),
        "placed_at": ("Time Created", "Waktu Dibuat"),
        "paid_at": ("Payment Time", "Time Paid", "Waktu Pembayaran"),
    },
    needs={"order_id", "creator", "rate", "goods_idr"},
    needs_one_of={"placed_at", "paid_at"},
    least_known=8,
    first_row=2,
    telling=("quantity", "goods_idr"),
    identify=by_order,
)  # fmt: skip
