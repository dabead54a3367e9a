"""Of what moves a shop's goods in or takes them back, one is at work at a time."""

import contextlib
from collections.abc import Iterator

from django.db import connection

from lapak.moving.errors import MoveInRunning
from lapak.people.shops.models import Shop


@contextlib.contextmanager
def alone(shop: Shop) -> Iterator[None]:
    """Holds the shop's lock in the database: it is free again when the connection ends, however it ends.

    Refuses `MoveInRunning` when another has it.
    """
    key = [int.from_bytes(b"move", "big"), shop.id.int % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        if not cursor.fetchone()[0]:
            raise MoveInRunning
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
