"""Refunds: money of a charge sent back to its payer, which arrives or does not."""

import secrets
import sqlite3
from typing import Any

from sandbox_gateway import outbox, switches
from sandbox_gateway.charges import charge_by_id
from sandbox_gateway.errors import conflict, not_found
from sandbox_gateway.moments import written
from sandbox_gateway.movements import move

REFUNDABLE_FOR = 7 * 24 * 3600
"""QRIS payments can be sent back for seven days."""


def create_refund(
    db: sqlite3.Connection, now: float, charge_id: str, *, takes: float, refund_key: str, amount_idr: int
) -> dict[str, Any]:
    """Money on its way back to the payer, there in `takes` seconds. The same key and amount again is the same refund.

    Refuses more than was paid, a charge that was not paid, one paid more than seven days ago, and a key used otherwise.
    """
    if row := db.execute("SELECT * FROM refund WHERE refund_key = ?", [refund_key]).fetchone():
        if (row["charge_id"], row["amount_idr"]) != (charge_id, amount_idr):
            raise conflict("refund_key_used", f"{refund_key} was used for another refund.")
        return refund_as_json(row)
    charge = charge_by_id(db, charge_id)
    if charge.paid_at is None:
        raise conflict("not_paid", "Only a paid charge can be refunded.")
    if now > charge.paid_at + REFUNDABLE_FOR:
        raise conflict("too_late", "A QRIS payment can be refunded for seven days.")
    (refunded_idr,) = db.execute(
        "SELECT coalesce(sum(amount_idr), 0) FROM refund WHERE charge_id = ? AND status <> 'failed'", [charge_id]
    ).fetchone()
    if not 0 < amount_idr <= charge.amount_idr - refunded_idr:
        raise conflict("too_much", f"Rp {charge.amount_idr - refunded_idr} of this charge can be refunded.")
    row = db.execute(
        "INSERT INTO refund (id, refund_key, charge_id, amount_idr, status, created_at, finish_at)"
        " VALUES (?, ?, ?, ?, 'pending', ?, ?) RETURNING *",
        [f"re{secrets.token_hex(10)}", refund_key, charge_id, amount_idr, now, now + takes],
    ).fetchone()
    return refund_as_json(row)


def refund_by_key(db: sqlite3.Connection, refund_key: str) -> dict[str, Any]:
    """The refund under the merchant's key; refuses one this gateway never made."""
    row = db.execute("SELECT * FROM refund WHERE refund_key = ?", [refund_key]).fetchone()
    if row is None:
        raise not_found("refund")
    return refund_as_json(row)


def finish_refunds(db: sqlite3.Connection, now: float) -> None:
    """Every refund whose time has come arrives, or fails while that is switched on; and the merchant is told."""
    status, failure = ("failed", "account_closed") if switches.is_on(db, "refunds_fail") else ("completed", "")
    finished = db.execute(
        "UPDATE refund SET status = ?, failure = ? WHERE status = 'pending' AND finish_at <= ? RETURNING *",
        [status, failure, now],
    ).fetchall()
    for row in finished:
        if status == "completed":
            move(db, now, "refund", row["refund_key"], -row["amount_idr"])
        outbox.announce(db, now, f"refund.{status}", refund_as_json(row))


def refund_as_json(row: sqlite3.Row) -> dict[str, Any]:
    """The refund as the API and its events write it."""
    return {
        "id": row["id"],
        "refund_key": row["refund_key"],
        "charge_id": row["charge_id"],
        "amount_idr": row["amount_idr"],
        "currency": "IDR",
        "status": row["status"],
        "failure": row["failure"],
        "created_at": written(row["created_at"]),
        "finished_at": None if row["status"] == "pending" else written(row["finish_at"]),
    }
