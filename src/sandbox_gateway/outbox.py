"""Events waiting to be told to the merchant: written with the change they report, sent by the worker."""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any

from sandbox_gateway import switches
from sandbox_gateway.moments import written

ATTEMPTS = 6
"""How often an event is tried before the gateway gives up on a merchant that never answers 2xx."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event as stored; `body` is the very text that is signed and sent each time."""

    id: str
    body: str
    failed_attempts: int
    times_delivered: int
    due_at: float | None


def announce(db: sqlite3.Connection, now: float, kind: str, data: dict[str, Any]) -> None:
    """The merchant will be told; unless the gateway is switched to keep silent."""
    if switches.is_on(db, "silent"):
        return
    body = json.dumps({"type": kind, "timestamp": written(now), "data": data})
    db.execute("INSERT INTO event (id, body, due_at) VALUES (?, ?, ?)", [f"msg_{secrets.token_hex(12)}", body, now])


def due_events(db: sqlite3.Connection, now: float) -> list[Event]:
    """What to send now, the longest waiting first."""
    rows = db.execute("SELECT * FROM event WHERE due_at <= ? ORDER BY due_at", [now]).fetchall()
    return [Event(**dict(row)) for row in rows]


def note_delivered(db: sqlite3.Connection, now: float, event: Event, *, duplicates: int, pause: float) -> None:
    """The merchant took it; it is sent again after `pause` until it was repeated `duplicates` times."""
    due_at = now + pause if event.times_delivered < duplicates else None
    db.execute("UPDATE event SET times_delivered = times_delivered + 1, due_at = ? WHERE id = ?", [due_at, event.id])


def note_failed(db: sqlite3.Connection, now: float, event: Event, *, pause: float) -> None:
    """The merchant did not take it; it is tried again after a pause four times as long each time, then given up."""
    failed = event.failed_attempts + 1
    due_at = now + pause * 4**event.failed_attempts if failed < ATTEMPTS else None
    db.execute("UPDATE event SET failed_attempts = ?, due_at = ? WHERE id = ?", [failed, due_at, event.id])
