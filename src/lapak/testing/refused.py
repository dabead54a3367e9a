"""How a test says that an act is refused: so, and with nothing written."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TypeVar

import pytest
from django.db import connection

from lapak.lib.refusal import Refusal

Refused = TypeVar("Refused", bound=Refusal)


@contextmanager
def refused(
    kind: type[Refused], *, match: str | None = None, of_this_family: bool = False
) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """The act inside is refused by exactly this kind (or one `of_this_family`), with words that fit `match`, and every
    table is as it was: no row more, none less, none changed, no job waiting."""
    before = contents_of_tables()
    with pytest.raises(kind, match=match) as refusal:
        yield refusal
    assert of_this_family or type(refusal.value) is kind, f"{type(refusal.value).__name__}, not {kind.__name__}"
    changed = [table for table, contents in contents_of_tables().items() if before[table] != contents]
    assert changed == [], f"{kind.__name__} was raised, and something written"


def contents_of_tables() -> dict[str, int]:
    """Of each table a number that any change of its rows changes, whatever their order."""
    with connection.cursor() as cursor:
        cursor.execute(_sums(tuple(sorted(connection.introspection.table_names(cursor)))))
        return {table: int(contents) for table, contents in cursor.fetchall()}


@cache
def _sums(tables: tuple[str, ...]) -> str:
    return " UNION ALL ".join(
        f"SELECT '{table}', count(*) + coalesce(sum(hashtextextended(each::text, 0)), 0) FROM \"{table}\" AS each"  # noqa: S608 - names from the database itself
        for table in tables
    )
