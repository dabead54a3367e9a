"""Many rows at once, by PostgreSQL's COPY: several times faster than INSERT, in the same transaction."""

from collections.abc import Iterable, Sequence
from typing import Any, LiteralString

from django.db import connection
from psycopg import sql


def copy_rows(table: LiteralString, columns: Sequence[LiteralString], rows: Iterable[Sequence[Any]]) -> None:
    """Append the rows to the table, values in the order of `columns`; JSON columns take their text.

    Columns not named get the database's default, not Django's. Constraints hold as for INSERT.
    """
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
