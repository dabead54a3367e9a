"""The pay page's words, Indonesian first."""

INDONESIAN = {
    "lang": "id",
    "sandbox": "Kotak pasir: ini bukan pembayaran sungguhan, tidak ada uang yang berpindah.",
    "pay_to": "Bayar kepada",
    "scan": "Pindai dengan aplikasi bank atau dompet digital",
    "left": "Sisa waktu",
    "pay": "Bayar",
    "fail": "Gagal",
    "pending": "Menunggu pembayaran",
    "paid": "Pembayaran berhasil",
    "paid_more": "Penjual sudah diberi tahu. Terima kasih!",
    "expired": "Kode ini sudah kedaluwarsa",
    "expired_more": "Tidak ada uang yang terpotong. Minta kode baru dari penjual.",
    "failed": "Pembayaran gagal. Tidak ada uang yang terpotong; silakan coba lagi.",
    "back": "Kembali ke penjual",
    "reference": "Nomor",
    "other": "English",
    "other_lang": "en",
    "not_found": "Halaman ini tidak ada",
    "trials": "Coba yang jarang terjadi",
    "pay_late": "Dibayar tepat waktu, kabarnya terlambat",
    "pay_short": "Bayar Rp1.000 kurang",
    "dispute": "Bank pembayar menarik kembali semuanya (sengketa)",
    "dispute_half": "Bank pembayar menarik kembali separuhnya (sengketa)",
    "dispute_won": "Sengketa: penjual menang, uangnya kembali",
    "dispute_lost": "Sengketa: penjual kalah",
    "silent": "Diam saja: penjual tidak diberi tahu apa-apa",
    "refunds_fail": "Pengembalian dana gagal",
    "payouts_return": "Pencairan dikirim balik oleh bank setelah sampai",
}

ENGLISH = {
    "lang": "en",
    "sandbox": "Sandbox: this is not a real payment, no real money moves.",
    "pay_to": "Pay to",
    "scan": "Scan with your bank or wallet app",
    "left": "Time left",
    "pay": "Pay",
    "fail": "Fail",
    "pending": "Waiting for payment",
    "paid": "Payment received",
    "paid_more": "The seller has been told. Thank you!",
    "expired": "This code has expired",
    "expired_more": "No money was taken. Ask the seller for a new code.",
    "failed": "The payment failed. No money was taken; please try again.",
    "back": "Back to the seller",
    "reference": "Number",
    "other": "Bahasa Indonesia",
    "other_lang": "id",
    "not_found": "There is no such page",
    "trials": "Try what happens seldom",
    "pay_late": "Paid in time, told late",
    "pay_short": "Pay Rp1.000 too little",
    "dispute": "The payer's bank takes all of it back (dispute)",
    "dispute_half": "The payer's bank takes half of it back (dispute)",
    "dispute_won": "Dispute: the seller wins and has the money again",
    "dispute_lost": "Dispute: the seller loses",
    "silent": "Keep silent: the seller is told nothing",
    "refunds_fail": "Refunds fail",
    "payouts_return": "Payouts are sent back by the bank after they arrived",
}


def words_for(asked: str | None, accepted: str) -> dict[str, str]:
    """The words in the language asked for, else in the one the browser prefers, else in Indonesian."""
    language = asked or accepted.strip()[:2].lower()
    return ENGLISH if language == "en" else INDONESIAN
