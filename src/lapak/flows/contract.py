"""The standing terms of every sale, in Indonesian as PP 80/2019 Art. 55 asks; the rest of the contract is the order's own.

Items of Art. 53: parties, specification, value and delivery are filled in per order; these are the others.
"""

import json

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

TERMS_JSON = json.dumps(TERMS, ensure_ascii=False)
