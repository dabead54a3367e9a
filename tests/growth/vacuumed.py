"""The database as it is where tables have been in use for a while."""

import time

from django.db import connection

from lapak.lib.owner import as_owner
from lapak.money.ledger.commands import take_snapshots

PATIENCE_S = 300
"""For a test of another process that runs in one transaction."""


def vacuum() -> None:
    """As autovacuum does, and the hour that takes the sums of accounts: up to now.

    They go no further than the oldest transaction that runs on the server, in whatever database: beside another process's test
    they ended before all that was made here, and whoever asked for a balance read the account's whole life.
    """
    _wait_for_those_that_run()
    take_snapshots()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _wait_for_those_that_run() -> None:
    deadline = time.monotonic() + PATIENCE_S
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        newest = cursor.fetchone()[0]
        while time.monotonic() < deadline:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] > newest:
                return
            time.sleep(0.1)
