"""What seller and buyer agree on, in Indonesian as PP 80/2019 Art. 55 asks: the nine items of Art. 53.

Parties, specification, value and delivery are the order's own; the other terms are made from its clocks, so that no
promise is another than the one that is kept. `flows/tests/test_contract.py` names what keeps each.
"""

from functools import cache
from typing import Any

import msgspec

from lapak.flows.place_purchase.rules import Accepted, AcceptedOrder
from lapak.trade.orders.rules import Clocks

TERMS_VERSION = "2026-12"


@cache
def terms(clocks: Clocks) -> dict[str, str]:
    """The terms of an order that is placed under these clocks."""
    return {
        "version": TERMS_VERSION,
        "legality": "Penjual menyatakan barang ini sah diperdagangkan di Indonesia dan memenuhi standar yang wajib "
        "baginya.",
        "payment": "Pembeli membayar seluruh nilai pembelian melalui penyedia jasa pembayaran berizin sebelum batas waktu "
        "bayar. Dana disimpan sampai pesanan selesai, lalu diteruskan kepada penjual.",
        "arrival": f"Jika barang tidak sampai dalam {clocks.arrive_within_days} hari sejak dikirim, pembeli dapat "
        "melaporkannya. Dana tetap disimpan, dan Lapak memutuskan paling lambat pada hari "
        f"ke-{clocks.decide_within_days} sejak dikirim.",
        "return": "Pembeli dapat meminta pengembalian seluruh atau sebagian barang dalam "
        f"{clocks.complete_after_days} hari sejak kurir menyatakan barang sampai, atau "
        f"{clocks.complete_after_days_by_shop} hari jika hanya penjual yang menyatakannya; untuk kesalahan penjual "
        "(tidak sesuai, rusak, keliru, kurang, tidak sampai, cacat tersembunyi) sampai dana dicairkan kepada penjual. "
        "Waktu itu berhenti selama suatu pengembalian berjalan yang kemudian dibayar kembali. "
        "Untuk kesalahan penjual, ongkos kirim pengembalian ditanggung penjual menurut kuitansi, paling tinggi sebesar "
        "tarif layanan termahal di Lapak untuk rute itu.",
        "cancellation": "Pembeli dapat membatalkan sendiri sampai barang dikemas. Sesudah dikemas dan sebelum dikirim, "
        f"penjual ditanya lebih dulu; jika diam {clocks.cancel_answer_within_hours} jam, penjual setuju. Jika penjual tidak "
        f"mengemas dalam {clocks.pack_within_working_days} hari kerja sejak dibayar, atau kurir tidak menerima barang dalam "
        f"{clocks.ship_within_working_days} hari kerja sejak dikemas, pesanan batal dengan sendirinya dan dana kembali "
        "seluruhnya; satu kali penjual dapat menunjukkan bukti bahwa barang sudah di kurir, dan mendapat waktu yang sama "
        "lagi untuk nomor resinya.",
        "choice_of_law": "Hukum Republik Indonesia. Sengketa diselesaikan dengan musyawarah, lalu Badan Penyelesaian "
        "Sengketa Konsumen atau pengadilan di tempat tinggal pembeli.",
    }


def own_part(purchase: Accepted, order: AcceptedOrder) -> dict[str, Any]:
    """What of an order's contract is its own, beside the `terms`."""
    shop, service = order.shop, order.service
    return {
        "parties": {
            "seller": {"name": shop.name, "nib": shop.nib, "street": shop.street, "city": shop.city},
            "buyer": {"id": str(purchase.buyer_id), "name": purchase.buyer_name},
        },
        "specification": [
            {
                "title": line.goods.title,
                "option": msgspec.json.decode(line.goods.option_values),
                "brand": line.goods.brand,
                "attributes": msgspec.json.decode(line.goods.attributes),
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
    }
