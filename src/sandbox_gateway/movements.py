"""The statement of the merchant's money here: every movement as it happened, never changed."""

import sqlite3
from typing import Any

from sandbox_gateway.moments import written


def move(db: sqlite3.Connection, now: float, kind: str, reference: str, amount_idr: int) -> None:
    """The merchant's balance changes by `amount_idr`: above zero it came in. `reference` is the merchant's own."""
    if amount_idr:
        db.execute(
            "INSERT INTO movement (happened_at, kind, reference, amount_idr) VALUES (?, ?, ?, ?)",
            [now, kind, reference, amount_idr],
        )


def statement(db: sqlite3.Connection, since: float, until: float) -> dict[str, Any]:
    """The movements from `since` to before `until`, with the balance before the first and after the last."""
    rows = db.execute(
        "SELECT * FROM movement WHERE happened_at >= ? AND happened_at < ? ORDER BY id", [since, until]
    ).fetchall()
    opening_idr = _balance_idr(db, since)
    return {
        "opening_idr": opening_idr,
        "closing_idr": opening_idr + sum(row["amount_idr"] for row in rows),
        "movements": [
            {
                "happened_at": written(row["happened_at"]),
                "kind": row["kind"],
                "reference": row["reference"],
                "amount_idr": row["amount_idr"],
            }
            for row in rows
        ],
    }


def _balance_idr(db: sqlite3.Connection, before: float) -> int:
    (balance_idr,) = db.execute(
        "SELECT coalesce(sum(amount_idr), 0) FROM movement WHERE happened_at < ?", [before]
    ).fetchone()
    return int(balance_idr)
