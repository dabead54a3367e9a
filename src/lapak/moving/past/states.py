"""What became of an order, in the words of any platform and either language."""

import re

from lapak.moving.past.models import PastOrder

State = PastOrder.State

_WORDS: tuple[tuple[State, tuple[str, ...]], ...] = (
    (State.OPEN, ("belum selesai", "not completed", "in cancel", "masih dapat", "may still", "in transit")),
    (State.CANCELLED, ("batal", "cancel", "tolak", "reject", "fail", "gagal", "expired", "kedaluwarsa", "lost", "hilang")),
    (State.RETURNED, ("kembali", "return", "refund", "shipped back")),
    (State.COMPLETED, ("selesai", "complet", "finish", "settled", "confirmed")),
    (
        State.OPEN,
        (
            "kirim", "ship", "bayar", "paid", "proses", "process", "kemas", "pack", "transit", "deliver", "terkirim", "tiba",
            "sampai", "pending", "menunggu", "await", "baru", "new", "ready", "siap", "pickup", "pick up", "diterima",
            "received", "komplain", "dispute", "hold",
        ),
    ),
)  # fmt: skip
"""The first that is found in the words counts: a `Pengembalian selesai` is a return."""


def state_of(words: str) -> State:
    """`Pesanan Selesai` is completed; what nobody knows is unknown. A state in our own word is that one."""
    said = re.sub(r"[\s_]+", " ", words.casefold())
    if said in State.values:
        return State(said)
    return next((state for state, known in _WORDS if any(word in said for word in known)), State.UNKNOWN)
