"""Finance's report of income (`income_….xlsx`, sheet `Order details` or `Detail pesanan`): a row is an order or an adjustment
that was paid out. Fees are below nought; new ones come every few months, and are taken by their label (`past/fees.py`)."""

from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells

INCOME = Layout(
    platform="tiktok_shop",
    called="income",
    tells=Tells.INCOMES,
    spellings={
        "order_id": (
            "Order/adjustment ID", "Order\\adjustment ID", "ID Pesanan/Penyesuaian", "ID Pesanan\\Penyesuaian",
            "ID Pesanan/penyesuaian", "ID Pesanan", "Order ID",
        ),
        "kind": ("Type", "Transaction type", "Jenis transaksi", "Jenis", "Tipe", "Tipe transaksi"),
        "placed_at": ("Order created time", "Waktu pemesanan", "Waktu pesanan dibuat"),
        "settled_at": ("Order settled time", "Waktu pembayaran pesanan", "Waktu penyelesaian pesanan"),
        "currency": ("Currency", "Mata uang"),
        "paid_idr": (
            "Total settlement amount", "Settlement amount", "Seller settlement amount", "Jumlah penyelesaian pembayaran",
            "Total jumlah penyelesaian", "Jumlah penyelesaian", "Total penyelesaian", "Jumlah penyelesaian penjual",
        ),
        "revenue_idr": ("Total Revenue", "Seller Revenue", "Total Pendapatan", "Pendapatan Penjual"),
        "revenue:goods": ("Subtotal after seller discounts", "Subtotal setelah diskon penjual"),
        "revenue:refund": (
            "Refund subtotal after seller discounts", "Subtotal pengembalian dana setelah diskon penjual",
        ),
        "fees_idr": ("Total Fees", "Total Fee", "Total Biaya", "Jumlah Biaya"),
        "fee:platform": ("Platform commission fee", "TikTok Shop commission fee", "Biaya komisi platform"),
        "fee:transaction": ("Transaction fee", "Biaya transaksi"),
        "fee:pre_order": ("Pre-order service fee", "Biaya layanan pre-order"),
        "fee:mall": ("Mall service fee", "Biaya layanan Mall"),
        "fee:payment": ("Payment Fee", "Biaya Pembayaran"),
        "fee:shipping": ("Shipping cost", "Ongkir", "Ongkos kirim", "Biaya pengiriman"),
        "fee:affiliate": ("Affiliate Commission", "Komisi Afiliasi"),
        "fee:affiliate_partner": ("Affiliate partner commission", "Komisi mitra afiliasi"),
        "fee:affiliate_ads": (
            "Affiliate Shop Ads commission", "Komisi Iklan Toko afiliasi", "Komisi Iklan Toko Afiliasi",
        ),
        "fee:affiliate_partner_ads": (
            "Affiliate Partner shop ads commission", "Komisi Iklan Toko mitra afiliasi",
        ),
        "fee:free_shipping": (
            "Shipping Fee Program service fee", "SFP service fee", "Biaya layanan Program Bebas Ongkir",
        ),
        "fee:dynamic": ("Dynamic commission", "Komisi dinamis"),
        "fee:cashback": ("Bonus cashback service fee", "Biaya layanan cashback bonus"),
        "fee:live": ("LIVE Specials service fee", "Biaya layanan LIVE Specials"),
        "fee:voucher": ("Voucher Xtra service fee", "Biaya layanan Voucher Xtra"),
        "fee:processing": ("Order processing fee", "Biaya pemrosesan pesanan"),
        "fee:eams": ("EAMS Program service fee", "Biaya layanan Program EAMS"),
        "fee:flash_sale": ("Flash Sale service fee", "Biaya layanan Flash Sale"),
        "fee:tokopedia": ("Dilayani Tokopedia fee", "Biaya Dilayani Tokopedia"),
        "fee:tokopedia_handling": ("Dilayani Tokopedia handling fee", "Biaya penanganan Dilayani Tokopedia"),
        "fee:paylater": ("PayLater program fee", "Biaya program PayLater"),
        "fee:campaign": ("Campaign resource fee", "Biaya sumber daya kampanye"),
        "fee:installation": ("Installation service fee", "Biaya layanan pemasangan"),
        "fee:income_tax": ("Article 22 Income Tax withheld", "PPh Pasal 22 yang dipotong"),
        "fee:special": ("Platform special service fee", "Biaya layanan khusus platform"),
        "fee:ads": ("GMV Max ad fee", "Biaya iklan GMV Max"),
        "adjustment:amount": ("Ajustment amount", "Adjustment amount", "Jumlah penyesuaian"),
        "payment_id": (
            "Statement ID", "Settlement ID", "Payment ID", "Transaction ID", "ID Penyelesaian", "ID Pembayaran", "ID Transaksi",
        ),
        "related_id": ("Related order ID", "ID pesanan terkait"),
    },
    beginnings={
        "part_of_shipping": (
            "Shipping cost", "Actual shipping fee", "Customer shipping fee", "Customer-paid shipping", "Platform shipping fee",
            "Seller shipping", "Replacement shipping fee", "Exchange shipping fee", "Refunded shipping", "Return shipping",
            "Refund customer shipping", "Distance shipping fee", "Ongkir", "Ongkos kirim", "Biaya pengiriman",
            "Subsidi ongkos kirim", "Subsidi ongkir",
        ),
    },
    needs={"order_id", "settled_at", "paid_idr"},
    needs_one_of={"revenue_idr", "revenue:goods"},
    least_known=6,
    first_row=2,
    telling=("paid_idr", "revenue_idr", "revenue:goods"),
    identify=by_order,
)  # fmt: skip
