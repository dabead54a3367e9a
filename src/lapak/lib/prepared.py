"""Prepared, server-side bound statements for the few hot paths; everything else uses the ORM."""

import re
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import cache, partial
from typing import Any, LiteralString

import psycopg
from django.db import connection, transaction
from psycopg.rows import dict_row

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def fetch_all(statement: LiteralString, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Run one statement, with `%(name)s` for its parameters, on Django's own connection and return its rows.

    Django binds on the client, so the server would plan a long statement anew each time; here it is prepared once a
    connection. Errors are psycopg's own (`psycopg.errors.CheckViolation` …), not Django's.
    Alone, the statement is its own transaction; inside a larger one what writes gets a savepoint, so that a refusal undoes it
    only.
    """
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    numbered, names = _numbered(statement)
    is_refusable = connection.in_atomic_block and not statement.lstrip().startswith("SELECT")
    undo_alone = transaction.atomic() if is_refusable else nullcontext()
    with undo_alone, psycopg.RawCursor(raw, row_factory=dict_row) as cursor:
        run = partial(cursor.execute, numbered, [params[name] for name in names], prepare=True)
        _as_seen(run, statement, params)
        answers = (
            cursor.pgresult is not None and cursor.pgresult.nfields > 0
        )  # its `description` takes longer than its rows
        return cursor.fetchall() if answers else []


def _as_seen(run: Callable[[], object], statement: str, params: Mapping[str, Any]) -> None:
    """Whoever looks at Django's statements, or counts them, sees this one as well."""

    def as_django_calls_it(*_: object) -> object:
        return run()  # which has its statement and parameters

    seen: Callable[..., object] = as_django_calls_it
    for wrapper in reversed(connection.execute_wrappers):
        seen = partial(wrapper, seen)
    seen(statement, params, False, {"connection": connection})
    if connection.queries_logged:
        connection.queries_log.append({"sql": statement, "time": ""})


@cache
def _numbered(statement: str) -> tuple[bytes, list[str]]:
    """The statement with the server's own `$1` for its names, in order: psycopg would work that out at every call."""
    names = list(dict.fromkeys(_PLACEHOLDER.findall(statement)))
    return _PLACEHOLDER.sub(lambda match: f"${names.index(match[1]) + 1}", statement).encode(), names
