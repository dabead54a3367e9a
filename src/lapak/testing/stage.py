"""A throw-away place to try the whole in: a fresh database and an empty data folder."""

import importlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.conninfo import make_conninfo

from lapak.books.records import secure_database
from lapak.lib.owner import as_owner

PATTERN = "LAPAK_TEST_PATTERN"
"""In the environment of tests: the database of which all theirs are copies."""

FIRST_ROWS = (
    "lapak.trade.shipping.migrations.0002_price_list",
    "lapak.goods.catalogue.migrations.0002_categories",
    "lapak.money.fees.migrations.0002_first_schedule",
)
"""The migrations that bring a new marketplace its first rows."""

STAY = {"django_migrations", "django_content_type", "auth_permission"}
"""Tables that say what the database is, not what was done in it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A fresh, migrated database and an empty data folder; `env` lets another process work in them."""

    database_url: str
    owner_url: str
    home: Path

    @property
    def env(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.database_url,
            "LAPAK_OWNER_DATABASE_URL": self.owner_url,
            "LAPAK_HOME": str(self.home),
            "LAPAK_SECRET_KEY": settings.SECRET_KEY,
            "LAPAK_TAXABLE_SINCE": settings.TAXABLE_SINCE.isoformat() if settings.TAXABLE_SINCE else "",
            "DJANGO_SETTINGS_MODULE": "lapak.config.settings",
            "PYTHONPATH": os.pathsep.join([str(settings.ROOT / "src"), str(settings.ROOT)]),
        }


@contextmanager
def throwaway_stage() -> Iterator[Stage]:
    """A stage on the database server that the settings name; inside, this process's Django works in it too."""
    with fresh_database(f"stage_{secrets.token_hex(4)}"), tempfile.TemporaryDirectory(prefix="lapak-stage-") as home:
        with as_owner():
            owner_url = database_url()
        yield Stage(database_url(), owner_url, Path(home))


@contextmanager
def fresh_database(name: str) -> Iterator[None]:
    """A migrated and guarded database, made by the owner; this process's Django works in it as the plain role."""
    real_name = connection.settings_dict["NAME"]
    _forget_connections()
    with as_owner():
        if pattern := os.environ.get(PATTERN):
            _copy_of_pattern(pattern, name)
        else:
            _make(name)
    _work_in(name)
    try:
        yield
    finally:
        _forget_connections()
        with as_owner():
            connection.creation.destroy_test_db(real_name, verbosity=0)


def drop_pattern(name: str) -> None:
    """When the tests are over."""
    with as_owner(), connection._nodb_cursor() as cursor:  # noqa: SLF001 - the one way to where databases are made
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")


def _copy_of_pattern(pattern: str, name: str) -> None:
    """Whoever comes first makes the pattern; migrating takes seconds, copying a moment."""
    os.environ[f"{PATTERN}_COPIED"] = "by this process"
    real_name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - as above
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [pattern])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [pattern])
        if not cursor.fetchone():
            _make(pattern)
            connection.close()
            _work_in(real_name)
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {pattern}")


def _make(name: str) -> None:
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    secure_database()


def _work_in(name: str) -> None:
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


def empty_as_owner(statements: list[str]) -> None:  # noqa: ARG001 - they empty hundreds of tables, of which few hold anything
    """What ends a test with real transactions: the database is a new marketplace's again.

    Records refuse it, unless their guards rest. Deleting a handful of rows takes a fraction of the time of a TRUNCATE.
    """
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in _filled_tables(cursor):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names from the database itself
        cursor.execute("SET session_replication_role = DEFAULT")
        for migration in FIRST_ROWS:
            importlib.import_module(migration).load(apps, None)


def _filled_tables(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
        """
    )
    tables = sorted({table for (table,) in cursor.fetchall()} - STAY)
    looks = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables]  # noqa: S608 - as above
    cursor.execute(" UNION ALL ".join(looks))
    return [table for (table,) in cursor.fetchall()]


def _forget_connections() -> None:
    """Those in the pool lead to the database that was current when they were made."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's backend has it


def database_url() -> str:
    """How another process reaches the database this one is connected to, whichever way it was configured."""
    connection.ensure_connection()
    info = connection.connection.info
    password = {"password": info.password} if info.password else {}
    return make_conninfo(host=info.host, port=info.port, user=info.user, dbname=info.dbname, **password)
