"""The database as it is where tables have been in use for a while."""

from django.db import connection

from lapak.lib.owner import as_owner


def vacuum() -> None:
    """As autovacuum does."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
