"""The gateway's memory: one SQLite file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

# Moments are seconds since 1970 in UTC, amounts whole rupiah.
SCHEMA = """
CREATE TABLE IF NOT EXISTS charge (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    amount_idr INTEGER NOT NULL,
    description TEXT NOT NULL,
    return_url TEXT NOT NULL,
    qris_payload TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at REAL NOT NULL,
    expires_at REAL NOT NULL,
    paid_at REAL,
    fee_idr INTEGER NOT NULL DEFAULT 0
) STRICT;
-- The sweep that expires overdue charges.
CREATE INDEX IF NOT EXISTS charge_pending ON charge (expires_at) WHERE status = 'pending';
CREATE TABLE IF NOT EXISTS refund (
    id TEXT PRIMARY KEY,
    refund_key TEXT NOT NULL UNIQUE,
    charge_id TEXT NOT NULL REFERENCES charge,
    amount_idr INTEGER NOT NULL,
    status TEXT NOT NULL,
    failure TEXT NOT NULL DEFAULT '',
    created_at REAL NOT NULL,
    finish_at REAL NOT NULL
) STRICT;
-- The sweep that carries refunds out.
CREATE INDEX IF NOT EXISTS refund_pending ON refund (finish_at) WHERE status = 'pending';
-- What of a charge was refunded already.
CREATE INDEX IF NOT EXISTS refund_of_charge ON refund (charge_id);
CREATE TABLE IF NOT EXISTS dispute (
    id TEXT PRIMARY KEY,
    charge_id TEXT NOT NULL REFERENCES charge,
    reference TEXT NOT NULL,
    amount_idr INTEGER NOT NULL,
    fee_idr INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL,
    status TEXT NOT NULL,
    evidence TEXT NOT NULL DEFAULT '',
    created_at REAL NOT NULL,
    answer_by REAL NOT NULL
) STRICT;
-- The sweep that ends what was not answered.
CREATE INDEX IF NOT EXISTS dispute_unanswered ON dispute (answer_by) WHERE status = 'opened';
-- What the pay page of a charge shows.
CREATE INDEX IF NOT EXISTS dispute_of_charge ON dispute (charge_id);
CREATE TABLE IF NOT EXISTS disbursement (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    amount_idr INTEGER NOT NULL,
    bank_code TEXT NOT NULL,
    account_number TEXT NOT NULL,
    account_holder TEXT NOT NULL,
    remark TEXT NOT NULL,
    status TEXT NOT NULL,
    failure TEXT NOT NULL DEFAULT '',
    created_at REAL NOT NULL,
    finish_at REAL NOT NULL,
    return_at REAL
) STRICT;
-- The sweep that finishes bank transfers.
CREATE INDEX IF NOT EXISTS disbursement_pending ON disbursement (finish_at) WHERE status = 'pending';
CREATE INDEX IF NOT EXISTS disbursement_returning ON disbursement (return_at) WHERE return_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS movement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    happened_at REAL NOT NULL,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount_idr INTEGER NOT NULL
) STRICT;
-- The statement of some days.
CREATE INDEX IF NOT EXISTS movement_by_time ON movement (happened_at);
CREATE TABLE IF NOT EXISTS switch (name TEXT PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS event (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    times_delivered INTEGER NOT NULL DEFAULT 0,
    due_at REAL
) STRICT;
-- The delivery thread: what to send next.
CREATE INDEX IF NOT EXISTS event_due ON event (due_at) WHERE due_at IS NOT NULL;
"""


def prepare(file: Path) -> None:
    """Make the file and its tables where they are missing. Only its owner may read it: it names people's bank accounts."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    for part in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        if part.exists():
            part.chmod(0o600)  # SQLite makes the others like the first, but for those a crash left behind
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(SCHEMA)


@contextmanager
def transaction(file: Path) -> Iterator[sqlite3.Connection]:
    """One writer at a time; everything in the block is kept, or nothing."""
    with closing(sqlite3.connect(file, timeout=10, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
