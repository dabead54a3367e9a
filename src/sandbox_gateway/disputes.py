"""Disputes: a payer's bank takes a payment back, the merchant answers, and one of the two keeps the money."""

import secrets
import sqlite3
from typing import Any

from sandbox_gateway import outbox
from sandbox_gateway.charges import charge_by_id
from sandbox_gateway.errors import conflict, not_found
from sandbox_gateway.moments import written
from sandbox_gateway.movements import move

ANSWER_WITHIN = 7 * 24 * 3600
"""A week, as is usual for cards; longer than a merchant's nightly look."""

FEE_IDR = 50_000
"""What the merchant pays for a dispute that it loses."""

REASON = "goods_not_as_described"


def open_dispute(db: sqlite3.Connection, now: float, charge_id: str, amount_idr: int | None = None) -> dict[str, Any]:
    """So much of a paid charge (all of it, unless told) is taken from the merchant's balance, and the merchant is told.

    Refuses a charge that was not paid. A bank does not look at what was refunded or disputed before.
    """
    charge = charge_by_id(db, charge_id)
    if charge.paid_at is None:
        raise conflict("not_paid", "Only a paid charge can be disputed.")
    taken_idr = charge.amount_idr if amount_idr is None else amount_idr
    dispute_id = f"dp{secrets.token_hex(10)}"
    db.execute(
        "INSERT INTO dispute (id, charge_id, reference, amount_idr, reason, status, created_at, answer_by)"
        " VALUES (?, ?, ?, ?, ?, 'opened', ?, ?)",
        [dispute_id, charge_id, charge.reference, taken_idr, REASON, now, now + ANSWER_WITHIN],
    )
    move(db, now, "dispute", charge.reference, -taken_idr)
    return _announced(db, now, dispute_id)


def answer_dispute(db: sqlite3.Connection, now: float, dispute_id: str, evidence: str) -> dict[str, Any]:
    """The merchant's evidence is with the bank; another, before it is decided, takes its place.

    Refuses what is decided, and too late.
    """
    row = _row(db, dispute_id)
    if row["status"] not in {"opened", "answered"}:
        raise conflict("decided", "This dispute is decided.")
    if now > row["answer_by"]:
        raise conflict("too_late", "The time to answer is over.")
    db.execute("UPDATE dispute SET status = 'answered', evidence = ? WHERE id = ?", [evidence, dispute_id])
    return dispute_as_json(_row(db, dispute_id)) if row["status"] == "answered" else _announced(db, now, dispute_id)


def decide_dispute(db: sqlite3.Connection, now: float, dispute_id: str, status: str) -> dict[str, Any]:
    """`won`: the merchant has the money again. `lost`: the payer keeps it, and the merchant pays the fee. Once."""
    row = _row(db, dispute_id)
    if row["status"] in {"won", "lost"}:
        return dispute_as_json(row)
    fee_idr = FEE_IDR if status == "lost" else 0
    db.execute("UPDATE dispute SET status = ?, fee_idr = ? WHERE id = ?", [status, fee_idr, dispute_id])
    if status == "won":
        move(db, now, "dispute", row["reference"], row["amount_idr"])
    move(db, now, "dispute_fee", row["reference"], -fee_idr)
    return _announced(db, now, dispute_id)


def lose_unanswered_disputes(db: sqlite3.Connection, now: float) -> None:
    """Who does not answer in time has lost."""
    overdue = db.execute("SELECT id FROM dispute WHERE status = 'opened' AND answer_by < ?", [now]).fetchall()
    for row in overdue:
        decide_dispute(db, now, row["id"], "lost")


def dispute_by_id(db: sqlite3.Connection, dispute_id: str) -> dict[str, Any]:
    """The dispute; refuses one this gateway never had."""
    return dispute_as_json(_row(db, dispute_id))


def disputes_of_charge(db: sqlite3.Connection, charge_id: str) -> list[dict[str, Any]]:
    """A charge's disputes, the oldest first."""
    rows = db.execute("SELECT * FROM dispute WHERE charge_id = ? ORDER BY created_at, id", [charge_id]).fetchall()
    return [dispute_as_json(row) for row in rows]


def dispute_as_json(row: sqlite3.Row) -> dict[str, Any]:
    """The dispute as the API and its events write it."""
    return {
        "id": row["id"],
        "charge_id": row["charge_id"],
        "reference": row["reference"],
        "amount_idr": row["amount_idr"],
        "fee_idr": row["fee_idr"],
        "currency": "IDR",
        "status": row["status"],
        "reason": row["reason"],
        "created_at": written(row["created_at"]),
        "answer_by": written(row["answer_by"]),
    }


def _row(db: sqlite3.Connection, dispute_id: str) -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute("SELECT * FROM dispute WHERE id = ?", [dispute_id]).fetchone()
    if row is None:
        raise not_found("dispute")
    return row


def _announced(db: sqlite3.Connection, now: float, dispute_id: str) -> dict[str, Any]:
    dispute = dispute_by_id(db, dispute_id)
    outbox.announce(db, now, f"dispute.{dispute['status']}", dispute)
    return dispute
