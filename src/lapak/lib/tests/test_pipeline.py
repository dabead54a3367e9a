"""Several statements in one round trip."""

import uuid
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.pq import TransactionStatus

from lapak.lib.pipeline import array, run

pytestmark = pytest.mark.django_db

texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=20)
arrays = st.one_of(
    st.tuples(st.just("text"), st.lists(texts | st.none(), max_size=5)),
    st.tuples(st.just("bigint"), st.lists(st.integers(-(2**63), 2**63 - 1), max_size=5)),
    st.tuples(st.just("uuid"), st.lists(st.uuids(), max_size=5)),
    st.tuples(st.just("timestamptz"), st.lists(st.datetimes(datetime(1, 1, 2), timezones=st.just(UTC)), max_size=5)),  # noqa: DTZ001
)


@pytest.fixture
def raw(db: None) -> psycopg.Connection[Any]:
    connection.ensure_connection()
    found: psycopg.Connection[Any] = connection.connection
    return found


@settings(suppress_health_check=list(HealthCheck))
@given(arrays)
def test_whatever_is_sent_comes_back(raw: psycopg.Connection[Any], given_: tuple[str, list[object]]) -> None:
    of_type, values = given_
    statement: Any = f"SELECT * FROM unnest(%(values)s::{of_type}[])"
    assert run(raw, [(statement, {"values": array(values)})]) == [[(value,) for value in values]]


def test_each_statement_has_its_rows(raw: psycopg.Connection[Any]) -> None:
    asked = [
        ("SELECT %(n)s::int, %(n)s::text", {"n": "1"}),
        ("SELECT 1 WHERE false", {}),
        ("SELECT %(m)s::int", {"m": "2"}),
    ]
    assert run(raw, asked) == [[(1, "1")], [], [(2,)]]


def test_one_that_fails_is_told_by_its_name_and_the_connection_lives(raw: psycopg.Connection[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        with pytest.raises(psycopg.errors.DivisionByZero):
            run(raw, [("SELECT 1", {}), ("SELECT 1 / 0", {}), ("SELECT 3", {})])
        cursor.execute("ROLLBACK TO before")
    assert run(raw, [("SELECT 4", {})]) == [[(4,)]]


def test_more_than_a_sockets_buffer_both_ways(raw: psycopg.Connection[Any]) -> None:
    long = "x" * 1_000_000
    assert run(raw, [("SELECT %(long)s::text", {"long": long})] * 5) == [[(long,)]] * 5


def test_an_id(raw: psycopg.Connection[Any]) -> None:
    some = uuid.uuid4()
    assert run(raw, [("SELECT %(some)s::uuid", {"some": some.hex})]) == [[(some,)]]


@pytest.mark.django_db(transaction=True)
def test_what_is_locked_first_stays_locked_until_the_transaction_ends() -> None:
    """Also when nothing has gone through psycopg yet, which begins a transaction with its own first statement only."""
    with transaction.atomic():
        assert run(connection.connection, [("SELECT 1", {})]) == [[(1,)]]
        assert connection.connection.info.transaction_status == TransactionStatus.INTRANS
    assert connection.connection.info.transaction_status == TransactionStatus.IDLE
