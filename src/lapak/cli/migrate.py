"""`lapak migrate`: the database's tables as this version of Lapak needs them."""

from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import connection

from lapak.cli.screen import err

_ONE_AT_A_TIME = 0x6C617061_6B  # "lapak": any number that no other advisory lock uses


def migrate() -> None:
    """Bring the database's tables up to date, and guard its records. `lapak serve` does this by itself."""
    if not migrate_if_needed():
        err.print("The database is up to date.")


def migrate_if_needed() -> bool:
    """Apply the migrations that are missing; say whether there were any. Two at once take turns.

    As the owner of the tables; afterwards the records are guarded and the plain role is let in. Says so when the
    marketplace would run as somebody who may do too much.
    """
    django.setup()
    from django.core.management import call_command
    from django.db.migrations.executor import MigrationExecutor

    from lapak.books.records import secure_database
    from lapak.lib.owner import as_owner, may_do_too_much

    with as_owner(), _alone():
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            err.print(f"Preparing the database: {len(missing)} steps …")
            call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        secure_database()
    if may_do_too_much():
        err.print(
            "[yellow]The role in DATABASE_URL owns the tables or is a superuser: what is recorded is then guarded against "
            "mistakes only. Give it a role of its own, and name the owner in LAPAK_OWNER_DATABASE_URL.[/]"
        )
    return bool(missing)


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])
