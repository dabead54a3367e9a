"""The Seller Centre's report of income (sheet `Income` or `Penghasilan`; its header in row 3 or 6): a row is an order that was
paid out, and perhaps once more one for each of its SKUs."""

from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells

INCOME = Layout(
    platform="shopee",
    called="Income",
    tells=Tells.INCOMES,
    spellings={
        "order_id": ("No. Pesanan", "Order ID", "No Pesanan"),
        "payment_id": ("No. Pengajuan", "Refund ID", "Request ID"),
        "view": ("Lihat berdasarkan", "View by", "View By"),
        "placed_at": ("Waktu Pesanan Dibuat", "Order Creation Date", "Order Creation Time"),
        "settled_at": ("Tanggal Dana Dilepaskan", "Payout Completed Date", "Fund Released Date"),
        "paid_idr": ("Total Penghasilan", "Total Released Amount"),
        "revenue:goods": ("Harga Produk", "Harga Asli Produk", "Original product price", "Product Price"),
        "revenue:discount": (
            "Total Diskon Produk", "Seller product promotion", "Your Seller product promotion", "Diskon Produk dari Penjual",
        ),
        "revenue:refund": (
            "Jumlah Pengembalian Dana ke Pembeli", "Refund Amount", "Refund Amount to Buyer",
        ),
        "revenue:platform_discount": (
            "Diskon Produk dari Shopee", "Product Discount Rebate from Shopee", "Shopee Product Rebate",
        ),
        "revenue:voucher": (
            "Voucher disponsori oleh Penjual", "Voucher Sponsored by Seller", "Diskon Voucher Ditanggung Penjual",
        ),
        "revenue:shared_voucher": ("Voucher co-fund disponsori oleh Penjual", "Cofund Voucher Sponsored by Seller"),
        "revenue:coins": ("Cashback Koin disponsori Penjual", "Coin Cashback Sponsored by Seller"),
        "revenue:shared_coins": (
            "Cashback Koin Co-fund disponsori Penjual", "Cofund Coin Cashback Sponsored by Seller",
        ),
        "shipping:buyer": (
            "Ongkir Dibayar Pembeli", "Ongkos Kirim Dibayar oleh Pembeli", "Shipping Fee Paid by Buyer",
        ),
        "shipping:courier": ("Diskon Ongkir Ditanggung Jasa Kirim", "Shipping Fee Discount from 3PL"),
        "shipping:platform": (
            "Gratis Ongkir dari Shopee", "Shipping Rebate From Shopee", "Shipping Fee Rebate from Shopee",
        ),
        "shipping:passed_on": (
            "Ongkir yang Diteruskan oleh Shopee ke Jasa Kirim", "Actual Shipping Fee",
        ),
        "shipping:way_back": ("Ongkos Kirim Pengembalian Barang", "Reverse Shipping Fee"),
        "shipping:to_seller": ("Kembali ke Biaya Pengiriman Pengirim", "Return to Seller Fee"),
        "shipping:refunded": ("Pengembalian Biaya Kirim", "Shipping Fee Refund"),
        "shipping:promotion": ("Promo Gratis Ongkir dari Penjual", "Shipping Fee Promotion by Seller"),
        "fee:affiliate": ("Biaya Komisi AMS", "AMS Commission Fee"),
        "fee:administration": ("Biaya Administrasi", "Commission Fee"),
        "fee:service": ("Biaya Layanan", "Service Fee"),
        "fee:processing": ("Biaya Proses Pesanan", "Order Processing Fee", "Seller Order Processing Fee"),
        "fee:premium": ("Premi", "Premium"),
        "fee:free_shipping": ("Biaya Program Hemat Biaya Kirim", "Shipping Fee Saver Program Fee"),
        "fee:transaction": ("Biaya Transaksi", "Transaction Fee"),
        "fee:campaign": ("Biaya Kampanye", "Campaign Fee"),
        "fee:duty": ("Bea Masuk, PPN & PPh", "Import Duty, VAT & Income Tax"),
        "fee:ads": ("Biaya Isi Saldo Otomatis (dari Penghasilan)", "Auto Top-up Fee (from Income)"),
        "adjustment:compensation": ("Kompensasi", "Lost Compensation", "Compensation"),
    },
    needs={"order_id", "settled_at", "paid_idr", "revenue:goods"},
    least_known=6,
    first_row=2,
    telling=("paid_idr", "revenue:goods"),
    identify=by_order,
)  # fmt: skip
