"""Disbursements: money sent to a bank account, which arrives or does not, and may come back afterwards."""

import secrets
import sqlite3
from typing import Any

from sandbox_gateway import outbox, switches
from sandbox_gateway.errors import conflict, not_found
from sandbox_gateway.moments import written
from sandbox_gateway.movements import move

FAILING_SUFFIX = "9999"
"""An account number that ends so is one the bank does not know: for trying out what happens then."""

RETURNED_AFTER = 3.0
"""Seconds after arrival until a transfer comes back, while that is switched on."""


def create_disbursement(
    db: sqlite3.Connection,
    now: float,
    *,
    takes: float,
    reference: str,
    amount_idr: int,
    bank_code: str,
    account_number: str,
    account_holder: str,
    remark: str,
) -> dict[str, Any]:
    """A transfer on its way, finished in `takes` seconds. The same reference again answers the same transfer.

    Refuses a reference used for another amount or another account.
    """
    if row := db.execute("SELECT * FROM disbursement WHERE reference = ?", [reference]).fetchone():
        same = (amount_idr, bank_code, account_number) == (row["amount_idr"], row["bank_code"], row["account_number"])
        if not same:
            raise conflict("reference_used", f"{reference} was used for another transfer.")
        return disbursement_as_json(row)
    row = db.execute(
        "INSERT INTO disbursement (id, reference, amount_idr, bank_code, account_number, account_holder, remark,"
        " status, created_at, finish_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?) RETURNING *",
        [_new_id(), reference, amount_idr, bank_code, account_number, account_holder, remark, now, now + takes],
    ).fetchone()
    return disbursement_as_json(row)


def disbursement_by_id(db: sqlite3.Connection, name: str) -> dict[str, Any]:
    """The transfer under this gateway's id or the merchant's reference; refuses one this gateway never made."""
    row = db.execute("SELECT * FROM disbursement WHERE ? IN (id, reference)", [name]).fetchone()
    if row is None:
        raise not_found("disbursement")
    return disbursement_as_json(row)


def finish_disbursements(db: sqlite3.Connection, now: float) -> None:
    """Every transfer whose time has come arrives or does not, and the merchant is told.

    What arrived while the gateway is switched to it comes back a little later: the receiving bank sent it on its way.
    """
    return_at = now + RETURNED_AFTER if switches.is_on(db, "payouts_return") else None
    finished = db.execute(
        "UPDATE disbursement SET"
        " status = CASE WHEN account_number LIKE '%' || ?1 THEN 'failed' ELSE 'completed' END,"
        " failure = CASE WHEN account_number LIKE '%' || ?1 THEN 'account_not_found' ELSE '' END,"
        " return_at = CASE WHEN account_number LIKE '%' || ?1 THEN NULL ELSE ?3 END"
        " WHERE status = 'pending' AND finish_at <= ?2 RETURNING *",
        [FAILING_SUFFIX, now, return_at],
    ).fetchall()
    returned = db.execute(
        "UPDATE disbursement SET status = 'returned', failure = 'returned_by_bank', return_at = NULL"
        " WHERE return_at <= ? RETURNING *",
        [now],
    ).fetchall()
    for row in [*finished, *returned]:
        if row["status"] == "completed":
            move(db, now, "disbursement", row["reference"], -row["amount_idr"])
        if row["status"] == "returned":
            move(db, now, "disbursement_return", row["reference"], row["amount_idr"])
        outbox.announce(db, now, f"disbursement.{row['status']}", disbursement_as_json(row))


def disbursement_as_json(row: sqlite3.Row) -> dict[str, Any]:
    """The transfer as the API and its events write it."""
    return {
        "id": row["id"],
        "reference": row["reference"],
        "amount_idr": row["amount_idr"],
        "currency": "IDR",
        "status": row["status"],
        "failure": row["failure"],
        "created_at": written(row["created_at"]),
        "finished_at": None if row["status"] == "pending" else written(row["finish_at"]),
    }


def _new_id() -> str:
    return f"di{secrets.token_hex(10)}"
