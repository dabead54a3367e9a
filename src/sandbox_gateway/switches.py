"""What this gateway does on purpose to try its merchant: turned on and off on the pay page, for all that follows."""

import sqlite3

SWITCHES = ("silent", "refunds_fail", "payouts_return")
"""Tells the merchant nothing (it has to ask); refuses to carry refunds out; has transfers come back after they arrived."""


def is_on(db: sqlite3.Connection, name: str) -> bool:
    """Whether the switch is on; all are off at first."""
    return db.execute("SELECT 1 FROM switch WHERE name = ?", [name]).fetchone() is not None


def turn(db: sqlite3.Connection, name: str) -> None:
    """On becomes off, off becomes on."""
    if db.execute("DELETE FROM switch WHERE name = ?", [name]).rowcount == 0:
        db.execute("INSERT INTO switch (name) VALUES (?)", [name])
