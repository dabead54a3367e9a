"""Charges: money asked of a payer by QRIS, paid or expired."""

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any

from sandbox_gateway import outbox
from sandbox_gateway.errors import conflict, invalid, not_found
from sandbox_gateway.moments import written
from sandbox_gateway.movements import move
from sandbox_gateway.qris import dynamic_qris

QRIS_LIMIT_IDR = 10_000_000
"""Bank Indonesia's limit for one QRIS payment."""

MDR_BP = 70
"""0.7 %, what a medium merchant pays for a QRIS payment; never charged to the payer."""

LONGEST_LIFE = 48 * 3600
"""A dynamic QRIS lives at most 48 hours."""


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


def pay_charge(db: sqlite3.Connection, now: float, charge_id: str, *, late: bool = False, short_idr: int = 0) -> Charge:
    """Paid once, and the merchant is told. `late`: the payer's bank took it before the end, we heard of it after.

    `short_idr`: so much less than asked, as happens where a payer types the amount; from then on it is the amount.
    """
    charge = charge_by_id(db, charge_id)
    if charge.status == "paid":
        return charge
    if not late and (charge.status == "expired" or charge.expires_at <= now):
        raise conflict("expired", "This code has expired.")
    paid_at = min(now, charge.expires_at - 1) if late else now
    amount_idr = max(1, charge.amount_idr - short_idr)
    fee_idr = mdr_idr(amount_idr)
    db.execute(
        "UPDATE charge SET status = 'paid', paid_at = ?, amount_idr = ?, fee_idr = ? WHERE id = ?",
        [paid_at, amount_idr, fee_idr, charge_id],
    )
    move(db, now, "payment", charge.reference, amount_idr)
    move(db, now, "fee", charge.reference, -fee_idr)
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


def _announced(db: sqlite3.Connection, now: float, kind: str, charge_id: str) -> Charge:
    charge = charge_by_id(db, charge_id)
    outbox.announce(db, now, kind, charge_as_json(charge))
    return charge
