"""How many rows a piece of work reads: what must not grow with the market, a shop or a past, only with what is shown."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def rows_read() -> Iterator[Counter[str]]:
    """Counts, by table, the rows that the block's SELECTs go through in tables or indexes, also those then passed over.

    Each runs twice, once only to be explained. `plan_as_in_service` first, else the database plans for tables it has
    never looked at.
    """
    read = Counter[str]()

    def explain(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        if _only_reads(sql):
            with connection.connection.cursor() as cursor:  # the driver's own: this is no query of the block's
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                read.update(_rows_of_plan(cursor.fetchone()[0][0]["Plan"]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield read


def _only_reads(sql: str) -> bool:
    return sql.lstrip().startswith(("SELECT", "WITH")) and not re.search(r"\b(INSERT|UPDATE|DELETE)\b", sql)


def plan_as_in_service() -> None:
    """The database knows how many rows its tables have, as it does where they have been in use for a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows_of_plan(node: Mapping[str, Any]) -> Counter[str]:
    read = Counter[str]()
    if "Relation Name" in node:
        each_time = sum(
            count for key, count in node.items() if key == "Actual Rows" or key.startswith("Rows Removed by")
        )
        read[node["Relation Name"]] = round(each_time * node["Actual Loops"])
    for below in node.get("Plans", ()):
        read += _rows_of_plan(below)
    return read


@contextmanager
def rows_touched() -> Iterator[Counter[str]]:
    """Counts, by table, all that the block's statements go through as the database itself counts it: of writes, triggers and
    foreign keys too, by the plans really taken, and in an act that is undone.

    By this connection alone, and known when the block is over. An index's entry of a row that is no more counts too, so it
    is for a database that was vacuumed; for a page's SELECTs alone `rows_read` is exact.
    """
    touched = Counter[str]()
    before = _touched_so_far()
    yield touched
    touched.update(_touched_so_far() - before)


def _touched_so_far() -> Counter[str]:
    """What the database has counted, and what this connection has not handed over to it yet."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED)
        return Counter({table: int(rows) for table, rows in cursor.fetchall()})


_TOUCHED = """
    SELECT relname, of_table + sum(coalesce(of_index, 0))
    FROM pg_class
    CROSS JOIN LATERAL (
        SELECT pg_stat_get_tuples_returned(oid) + pg_stat_get_xact_tuples_returned(oid) AS of_table
    ) AS in_order
    LEFT JOIN LATERAL (
        SELECT pg_stat_get_tuples_returned(indexrelid) + pg_stat_get_xact_tuples_returned(indexrelid) AS of_index
        FROM pg_index WHERE indrelid = oid
    ) AS by_index ON true
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    GROUP BY relname, of_table
"""
