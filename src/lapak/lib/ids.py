"""Identifiers made by the application, so that rows can be made in bulk and on any node."""

import re
import uuid
from datetime import UTC, datetime
from typing import Any

import uuid_utils
import uuid_utils.compat
from django.db.models import BigIntegerField, Func

_NAMESPACE = uuid_utils.UUID("6c617061-6b00-5000-8000-000000000000")


def new_id() -> uuid.UUID:
    """A UUIDv7: unique, and ordered by the millisecond it was made in."""
    return uuid_utils.compat.uuid7()


def new_id_bytes() -> bytes:
    """The sixteen bytes of a new id, for the one path (`/r/<code>`) on which even making a `UUID` object shows."""
    return uuid_utils.uuid7().bytes


def derived_id(*parts: object) -> uuid.UUID:
    """The same id for the same parts, always: a retry that derives its id cannot record a fact twice."""
    return uuid.UUID(derived_hex(*parts))


def derived_hex(*parts: object) -> str:
    """The 32 digits of `derived_id`, for where thousands are derived: making the `UUID` takes as long as deriving it."""
    return uuid_utils.uuid5(_NAMESPACE, "\x1f".join(map(str, parts))).hex


def time_of_id(identifier: uuid.UUID) -> datetime:
    """The moment (UTC, to the millisecond) at which a UUIDv7 was made."""
    if identifier.version != 7:
        raise ValueError(f"{identifier} is not a UUIDv7")
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)


def first_id_at(moment: datetime) -> uuid.UUID:
    """No UUIDv7 made at the moment or later is smaller: rows of the last days are found by their ids alone."""
    return uuid.UUID(int=int(moment.timestamp() * 1000) << 80)


_NUMBER_BITS, _NUMBERS = 48, 10**12
"""What a number is made of: the end of the id, which is random. Among a million ids two share a number with even odds."""


def number_of(identifier: uuid.UUID) -> str:
    """How people name what has this id: twelve digits in fours (`0482-7391-5026`), to be said on the phone and typed."""
    digits = f"{identifier.int % 2**_NUMBER_BITS % _NUMBERS:012d}"
    return "-".join(re.findall("....", digits))


def number_in(text: str) -> int | None:
    """The number that somebody typed or pasted, with whatever stands between its digits; None if it is none."""
    digits = re.sub(r"[\s.\-\u2010-\u2015]", "", text)
    return int(digits) if re.fullmatch(r"[0-9]{12}", digits) else None


class NumberOf(Func):
    """`number_in(number_of(id))` in SQL: `NumberOf("id")`. No index: for the operator, who asks about one."""

    template = f"mod(('x' || right(%(expressions)s::text, 12))::bit({_NUMBER_BITS})::bigint, {_NUMBERS})"
    output_field: Any = BigIntegerField()
