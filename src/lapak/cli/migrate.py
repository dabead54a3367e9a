"""`lapak migrate`: the database's tables as this version of Lapak needs them."""

from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import connection

from lapak.cli.screen import err

_ONE_AT_A_TIME = 0x6C617061_6B  # "lapak": any number that no other advisory lock uses


def migrate() -> None:
    """Bring the database's tables up to date. `lapak serve` does this by itself."""
    if not migrate_if_needed():
        err.print("The database is up to date.")


def migrate_if_needed() -> bool:
    """Apply the migrations that are missing; say whether there were any. Two at once take turns."""
    django.setup()
    from django.core.management import call_command
    from django.db.migrations.executor import MigrationExecutor

    with _alone():
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            err.print(f"Preparing the database: {len(missing)} steps …")
            call_command("migrate", verbosity=0)
    return bool(missing)


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        # A step may take as long as it takes, and so may the process whose turn it is.
        cursor.execute("SET lock_timeout = 0; SET transaction_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])
            cursor.execute("RESET lock_timeout; RESET transaction_timeout")
