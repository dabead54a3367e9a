"""The affiliate report (`SellerConversionReport….csv`): a row is a product of an order that an affiliate brought about."""

from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells

PROMOTIONS = Layout(
    platform="shopee",
    called="SellerConversionReport",
    tells=Tells.PROMOTIONS,
    spellings={
        "order_id": ("Kode Pesanan", "Order ID", "Order id"),
        "state": ("Status Pesanan", "Order Status"),
        "verified": ("Status Terverifikasi", "Verified Status"),
        "placed_at": ("Waktu Pesanan", "Order Time"),
        "completed_at": ("Waktu Pesanan Selesai", "Order Completed Time"),
        "product_id": ("Kode Produk", "Item ID", "Item id"),
        "title": ("Nama Produk", "Item Name"),
        "sku_id": ("ID Model", "Model ID", "Model id"),
        "price_each_idr": ("Harga(Rp)", "Price(Rp)"),
        "quantity": ("Jumlah", "Quantity", "Qty"),
        "affiliate": ("Nama Affiliate", "Affiliate Name"),
        "creator": ("Username Affiliate", "Affiliate Username"),
        "network": ("MCN Terhubung", "Linked MCN"),
        "goods_idr": ("Nilai Pembelian(Rp)", "Purchase Value(Rp)"),
        "refund_idr": ("Jumlah Pengembalian(Rp)", "Refund Amount(Rp)"),
        "expected_idr": ("Estimasi Komisi per Produk(Rp)", "Est. Item Commission(Rp)"),
        "paid_idr": ("Pengeluaran(Rp)", "Expense(Rp)"),
        "rate": ("Tingkat Komisi", "Commission Rate"),
    },
    needs={"order_id", "creator", "rate", "goods_idr"},
    needs_one_of={"placed_at"},
    least_known=8,
    first_row=2,
    telling=("quantity", "goods_idr"),
    identify=by_order,
)  # fmt: skip
