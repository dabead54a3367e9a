"""Two roles of the database: the owner makes tables and rules, and migrates; the plain one runs everything else.

The plain role reads and writes rows and can do nothing more: not change a table, not put a trigger to rest. So what the
database refuses (books/records.py) it refuses to the whole application, whatever is wrong in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.utils import load_backend
from psycopg import sql


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside this block this thread's `connection` is the owner's, to the same database."""
    plain = connections[DEFAULT_DB_ALIAS]
    database = connections.configure_settings({DEFAULT_DB_ALIAS: deepcopy(settings.OWNER_DATABASE)})[DEFAULT_DB_ALIAS]
    database |= {"NAME": plain.settings_dict["NAME"], "TEST": plain.settings_dict["TEST"]}
    owner = load_backend(database["ENGINE"]).DatabaseWrapper(database, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = owner
    try:
        yield
    finally:
        owner.close()
        connections[DEFAULT_DB_ALIAS] = plain


def let_plain_role_in() -> None:
    """The role of `DATABASES` may read and write every row; inside `as_owner` only. Nothing to do where it is the owner."""
    plain = settings.DATABASES[DEFAULT_DB_ALIAS].get("USER")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if plain in {None, "", cursor.fetchone()[0]}:
            return
        for statement in _GRANTS:
            cursor.execute(sql.SQL(statement).format(sql.Identifier(plain)).as_string(cursor.connection))


_GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {}",
    "GRANT SELECT, INSERT, UPDATE, DELETE, MAINTAIN ON ALL TABLES IN SCHEMA public TO {}",  # MAINTAIN: statistics
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
)


def may_do_too_much() -> bool:
    """Whether the connection's role owns tables or may do anything: then only its own good behaviour protects them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT rolsuper OR EXISTS (
                SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
                    AND pg_has_role(c.relowner, 'USAGE')
            ) FROM pg_roles WHERE rolname = current_user
            """
        )
        return bool(cursor.fetchone()[0])
