"""A throw-away place to try the whole in: a fresh database and an empty data folder."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from lapak.books.records import secure_database
from lapak.lib.owner import as_owner


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
    connection.settings_dict["TEST"]["NAME"] = name
    _forget_connections()
    with as_owner():
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        secure_database()
    try:
        yield
    finally:
        _forget_connections()
        with as_owner():
            connection.creation.destroy_test_db(real_name, verbosity=0)


def empty_as_owner(statements: list[str]) -> None:
    """What ends a test with real transactions: records refuse the TRUNCATE, unless their guards rest."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in [*statements, "TRUNCATE procrastinate_jobs CASCADE"]:  # which Django does not manage
            cursor.execute(statement)


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
