"""Charges: money asked of a payer by QRIS, paid or expired, and given back."""

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any

from sandbox_gateway import outbox
from sandbox_gateway.errors import conflict, invalid, not_found
from sandbox_gateway.moments import written
from sandbox_gateway.qris import dynamic_qris

QRIS_LIMIT_IDR = 10_000_000
"""Bank Indonesia's limit for one QRIS payment."""

MDR_BP = 70
"""0.7 %, what a medium merchant pays for a QRIS payment; never charged to the payer."""

LONGEST_LIFE = 48 * 3600
"""A dynamic QRIS lives at most 48 hours."""

REFUNDABLE_FOR = 7 * 24 * 3600
"""QRIS payments can be sent back for seven days."""


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge as stored. `status` is pending, paid or expired."""

    id: str
    reference: str
    amount_idr: int
    description: str
    return_url: str
    qris_payload: str
    status: str
    created_at: float
    expires_at: float
    paid_at: float | None
    fee_idr: int


def create_charge(
    db: sqlite3.Connection,
    now: float,
    *,
    reference: str,
    amount_idr: int,
    expires_at: float,
    description: str,
    return_url: str,
) -> Charge:
    """A charge under the merchant's reference: the same reference and amount again answers the same charge.

    Refuses a reference used for another amount, an amount above the QRIS limit, and an end that is past or too far.
    """
    if row := db.execute("SELECT * FROM charge WHERE reference = ?", [reference]).fetchone():
        found = Charge(**dict(row))
        if found.amount_idr != amount_idr:
            raise conflict("reference_used", f"{reference} was used for Rp {found.amount_idr}.")
        return found
    if not 0 < amount_idr <= QRIS_LIMIT_IDR:
        raise invalid(f"A QRIS payment is between Rp 1 and Rp {QRIS_LIMIT_IDR}.")
    if not now < expires_at <= now + LONGEST_LIFE:
        raise invalid("A QRIS code expires in the future, within 48 hours.")
    charge = Charge(
        id=(identifier := f"ch{secrets.token_hex(10)}"),
        reference=reference,
        amount_idr=amount_idr,
        description=description,
        return_url=return_url,
        qris_payload=dynamic_qris(amount_idr, identifier),
        status="pending",
        created_at=now,
        expires_at=expires_at,
        paid_at=None,
        fee_idr=0,
    )
    db.execute(
        "INSERT INTO charge (id, reference, amount_idr, description, return_url, qris_payload, status, created_at,"
        " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [identifier, reference, amount_idr, description, return_url, charge.qris_payload, "pending", now, expires_at],
    )
    return charge


def charge_by_id(db: sqlite3.Connection, charge_id: str) -> Charge:
    """The charge; refuses one this gateway never made."""
    row = db.execute("SELECT * FROM charge WHERE id = ?", [charge_id]).fetchone()
    if row is None:
        raise not_found("charge")
    return Charge(**dict(row))


def pay_charge(db: sqlite3.Connection, now: float, charge_id: str, *, late: bool = False) -> Charge:
    """Paid once, and the merchant is told. `late`: the payer's bank took it before the end, we heard of it after."""
    charge = charge_by_id(db, charge_id)
    if charge.status == "paid":
        return charge
    if not late and (charge.status == "expired" or charge.expires_at <= now):
        raise conflict("expired", "This code has expired.")
    db.execute(
        "UPDATE charge SET status = 'paid', paid_at = ?, fee_idr = ? WHERE id = ?",
        [now, mdr_idr(charge.amount_idr), charge_id],
    )
    return _announced(db, now, "charge.paid", charge_id)


def expire_charge(db: sqlite3.Connection, now: float, charge_id: str) -> Charge:
    """Nobody can pay it any more, and the merchant is told. Refuses one that was paid."""
    charge = charge_by_id(db, charge_id)
    if charge.status == "paid":
        raise conflict("already_paid", "This charge was paid; refund it instead.")
    if charge.status == "expired":
        return charge
    db.execute("UPDATE charge SET status = 'expired' WHERE id = ?", [charge_id])
    return _announced(db, now, "charge.expired", charge_id)


def expire_overdue_charges(db: sqlite3.Connection, now: float) -> None:
    """Every charge whose time is over expires."""
    overdue = db.execute("SELECT id FROM charge WHERE status = 'pending' AND expires_at <= ?", [now]).fetchall()
    for row in overdue:
        expire_charge(db, now, row["id"])


def refund_charge(
    db: sqlite3.Connection, now: float, charge_id: str, *, refund_key: str, amount_idr: int
) -> dict[str, Any]:
    """Money sent back to the payer, and the merchant is told. The same key and amount again is the same refund.

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
    refunded_idr = db.execute(
        "SELECT coalesce(sum(amount_idr), 0) FROM refund WHERE charge_id = ?", [charge_id]
    ).fetchone()[0]
    if not 0 < amount_idr <= charge.amount_idr - refunded_idr:
        raise conflict("too_much", f"Rp {charge.amount_idr - refunded_idr} of this charge can be refunded.")
    row = db.execute(
        "INSERT INTO refund (id, refund_key, charge_id, amount_idr, created_at) VALUES (?, ?, ?, ?, ?) RETURNING *",
        [f"re{secrets.token_hex(10)}", refund_key, charge_id, amount_idr, now],
    ).fetchone()
    refund = refund_as_json(row)
    outbox.announce(db, now, "refund.completed", refund)
    return refund


def mdr_idr(amount_idr: int) -> int:
    """The merchant discount: 0.7 %, rounded half up to a whole rupiah."""
    return (amount_idr * MDR_BP + 5_000) // 10_000


def charge_as_json(charge: Charge, public_url: str = "") -> dict[str, Any]:
    """The charge as the API and the events write it; with the pay page when it is for the merchant who asked."""
    facts: dict[str, Any] = {
        "id": charge.id,
        "reference": charge.reference,
        "amount_idr": charge.amount_idr,
        "fee_idr": charge.fee_idr,
        "currency": "IDR",
        "status": charge.status,
        "created_at": written(charge.created_at),
        "expires_at": written(charge.expires_at),
        "paid_at": None if charge.paid_at is None else written(charge.paid_at),
    }
    if public_url:
        facts |= {"qris_payload": charge.qris_payload, "pay_url": f"{public_url}/pay/{charge.id}"}
    return facts


def refund_as_json(row: sqlite3.Row) -> dict[str, Any]:
    """The refund as the API and its event write it."""
    return {
        "id": row["id"],
        "refund_key": row["refund_key"],
        "charge_id": row["charge_id"],
        "amount_idr": row["amount_idr"],
        "created_at": written(row["created_at"]),
    }


def _announced(db: sqlite3.Connection, now: float, kind: str, charge_id: str) -> Charge:
    charge = charge_by_id(db, charge_id)
    outbox.announce(db, now, kind, charge_as_json(charge))
    return charge
