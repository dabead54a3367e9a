"""Identifiers made by the application, so that rows can be made in bulk and on any node."""

import uuid
from datetime import UTC, datetime

import uuid_utils
import uuid_utils.compat

_LAPAK = uuid.UUID("6c617061-6b00-5000-8000-000000000000")


def new_id() -> uuid.UUID:
    """A UUIDv7: unique, and ordered by the millisecond it was made in."""
    return uuid_utils.compat.uuid7()


def new_id_bytes() -> bytes:
    """The sixteen bytes of a new id, for the one path (`/r/<code>`) on which even making a `UUID` object shows."""
    return uuid_utils.uuid7().bytes


def derived_id(*parts: object) -> uuid.UUID:
    """The same id for the same parts, always: a retry that derives its id cannot record a fact twice."""
    return uuid_utils.compat.uuid5(_LAPAK, "\x1f".join(map(str, parts)))


def time_of_id(identifier: uuid.UUID) -> datetime:
    """The moment (UTC, to the millisecond) at which a UUIDv7 was made."""
    if identifier.version != 7:
        raise ValueError(f"{identifier} is not a UUIDv7")
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)
