"""After each test the books are looked through, as `lapak check-books` does; and what a refusal must not have written."""

import re
from functools import cache

from django.apps import apps
from django.db import connection

from lapak.books.checks import all_checks
from lapak.books.findings import Findings, look_through_books

VIEWS = {"ledger_standing": "ledger_transfer"}
"""What checks read besides tables, and the table that it shows."""


def look_through_filled_books() -> Findings:
    """As `look_through_books`, without the checks that would read empty tables only: planning them is most of the work."""
    checks = all_checks()
    tables = sorted({table for check in checks for table in _tables_named_in(check.query)})
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables))  # noqa: S608 - names of models
        filled = {table for (table,) in cursor.fetchall()}
    return look_through_books([check for check in checks if _tables_named_in(check.query) & filled])


def broken_rules() -> list[str]:
    """Every difference in the books; empty when all is sound."""
    return [f"{each.says}: {each}" for each in look_through_filled_books().shown]


def check_books() -> None:
    """Raise with what is wrong, if anything is."""
    assert not (broken := broken_rules()), "; ".join(broken)


def rows_everywhere() -> dict[str, int]:
    """How many rows each business table has: a refusal compares before and after."""
    with connection.cursor() as cursor:
        tables = [
            table
            for table in connection.introspection.table_names(cursor)
            if not table.startswith(("django_", "auth_", "account_email"))
        ]
        counts = {}
        for table in sorted(tables):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - names from the database itself
            counts[table] = cursor.fetchone()[0]
    return counts


def contents_everywhere() -> dict[str, str]:
    """What each business table holds, as one fingerprint: a refusal changes no row either."""
    tables = rows_everywhere()
    prints = " UNION ALL ".join(
        f"SELECT '{table}', md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM \"{table}\" AS t"  # noqa: S608 - names from the database itself
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(prints)
        return dict(cursor.fetchall())


@cache
def _tables_named_in(query: str) -> frozenset[str]:
    """Any word of it that is a table's name: so none is overlooked."""
    words = {VIEWS.get(word, word) for word in re.findall(r"\w+", query)}
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}  # noqa: SLF001 - Django documents the name
    return frozenset(words & tables)
