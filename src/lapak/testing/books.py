"""After each test the books are looked through, as `lapak check-books` does; and what a refusal must not have written."""

from django.db import connection

from lapak.books.findings import look_through_books


def broken_rules() -> list[str]:
    """Every difference in the books; empty when all is sound."""
    return [f"{each.says}: {each}" for each in look_through_books().shown]


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
