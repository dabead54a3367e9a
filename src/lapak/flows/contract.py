"""The standing terms of every sale, in Indonesian as PP 80/2019 Art. 55 asks; the rest of the contract is the order's own.

Items of Art. 53: parties, specification, value and delivery are filled in per order; these are the others.
"""

import json

from lapak.flows.place_purchase.rules import Accepted, AcceptedOrder

TERMS_VERSION = "2026-11"

TERMS = {
    "version": TERMS_VERSION,
    "legality": "Penjual menyatakan barang ini sah diperdagangkan di Indonesia dan memenuhi standar yang wajib baginya.",
    "payment": "Pembeli membayar seluruh nilai pembelian melalui penyedia jasa pembayaran berizin sebelum batas waktu bayar. "
    "Dana disimpan sampai pesanan selesai, lalu diteruskan kepada penjual.",
    "return": "Jika barang tidak sesuai, rusak, atau kurang, pembeli dapat meminta pengembalian dalam 6 hari sejak barang "
    "diterima. Ongkos kirim pengembalian ditanggung penjual.",
    "cancellation": "Pembeli dapat membatalkan sebelum barang dikirim. Jika penjual tidak mengirim sampai batas waktu kirim, "
    "pesanan batal dengan sendirinya dan dana kembali seluruhnya.",
    "choice_of_law": "Hukum Republik Indonesia. Sengketa diselesaikan dengan musyawarah, lalu Badan Penyelesaian Sengketa "
    "Konsumen atau pengadilan di tempat tinggal pembeli.",
}


def contract_of(purchase: Accepted, order: AcceptedOrder) -> str:
    """What seller and buyer agree on for one order, as JSON."""
    shop, service = order.shop, order.service
    return json.dumps(
        TERMS
        | {
            "parties": {
                "seller": {"name": shop.name, "nib": shop.nib, "street": shop.street, "city": shop.city},
                "buyer": {"id": str(purchase.buyer_id), "name": purchase.buyer_name},
            },
            "specification": [
                {
                    "title": line.goods.title,
                    "option": json.loads(line.goods.option_values),
                    "brand": line.goods.brand,
                    "attributes": json.loads(line.goods.attributes),
                    "quantity": line.quantity,
                    "unit_price_idr": line.goods.price_idr,
                }
                for line in order.lines
            ],
            "value": {"goods_idr": order.goods_idr, "shipping_idr": order.shipping_idr},
            "delivery": {
                "service": service.name,
                "min_days": service.min_days,
                "max_days": service.max_days,
                "address": purchase.address._asdict(),
            },
        },
        ensure_ascii=False,
    )
