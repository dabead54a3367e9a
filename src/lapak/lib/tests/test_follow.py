"""An append-only table is followed: nothing is missed, nothing taken twice, and one who fails tries again."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from threading import Event
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.apps.registry import Apps
from django.db import DatabaseError, connection

from lapak.goods.catalogue.models import ProductChange
from lapak.lib import follow
from lapak.lib.follow import (
    Bookmark,
    Follower,
    Log,
    Position,
    Row,
    Standing,
    all_since,
    begin,
    read_on,
    standing,
    take_next,
)
from lapak.lib.ids import new_id

CHANGES = Log("catalogue_productchange", ("product_id",), is_pruned=True)
EVENTS = Log("orders_orderevent", ("order_id",))

real_transactions = pytest.mark.django_db(transaction=True)


class Mark(Bookmark):
    """Bookmarks of the test's own, in a table that ends with it; no model of the house (`apps`)."""

    class Meta:
        app_label = "catalogue"
        apps = Apps()
        managed = False


class Told:
    """A follower that remembers what it was given, and fails when it is told to."""

    def __init__(self) -> None:
        self.ids: list[UUID] = []
        self.fails = False

    def __call__(self, rows: list[Row]) -> None:
        self.ids += [product_id for (product_id,) in rows]
        if self.fails:
            raise OSError("the reader is not there")


@pytest.fixture
def told(transactional_db: None) -> Iterator[Told]:
    """Following from now on, what `take_next(Mark, …)` is given."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE catalogue_mark (log text PRIMARY KEY, position jsonb NOT NULL)")
        changed()  # a log that is pruned keeps its newest row: one without any is new, and its first id is 1
        begin(Mark, CHANGES)
        yield Told()
        cursor.execute("DROP TABLE catalogue_mark")


@pytest.fixture
def other_connection(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """A writer of its own, whose transaction ends when the test says so."""
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        yield other


def changed(on: psycopg.Connection[Any] | None = None) -> UUID:
    """A row of the log, by Django or in another connection's transaction."""
    product_id = new_id()
    if on is None:
        ProductChange.objects.create(product_id=product_id)
    else:
        on.execute("INSERT INTO catalogue_productchange (product_id, changed_at) VALUES (%s, now())", [product_id])
    return product_id


def position() -> Position:
    return Position(**Mark.objects.get().position)


class TestPosition:
    def test_saw_what_had_ended(self) -> None:
        position = Position("none", "900:905:900,903", 0)
        assert [number for number in (1, 899, 900, 901, 902, 903, 904, 905, 906) if position.saw(number)] == [
            1, 899, 901, 902, 904,
        ]  # fmt: skip
        assert position.oldest_running == 900
        assert Position("none", "900:900:", 0).saw(899)

    @pytest.mark.parametrize(
        ("now", "position", "continues"),
        [
            (Standing("a", "900:900:", 7, 100), Position("a", "101:101:", 5), True),
            (Standing("a", "900:900:", 7, 100), Position("a", "100:100:", 5), False),  # pruned up to here or further
            (Standing("a", "900:900:", 7, 100), Position("a", "99:200:99,100", 5), False),  # had not ended then
            (Standing("a", "900:900:", 7, 100), Position("a", "100:100:", 7), True),  # not pruned since
            (Standing("a", "900:900:", 1, 100), Position("a", "50:50:", 0), True),  # never pruned
            (
                Standing("a", "900:900:"),
                Position("a", "50:50:", 0),
                True,
            ),  # nothing was ever written, or is never pruned
            (Standing("a", "900:900:", 7, 100), Position("b", "101:101:", 7), False),  # another database
        ],
    )
    def test_is_continued(self, now: Standing, position: Position, *, continues: bool) -> None:
        assert now.continues(position) is continues


@real_transactions
class TestReading:
    def test_a_log_is_named_by_the_database_itself(self) -> None:
        now = standing(CHANGES)
        with connection.cursor() as cursor:
            cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
            assert now.database.endswith(f"/{cursor.fetchone()[0]}")
        assert len(now.database) > 10

    def test_the_oldest_row_is_asked_only_of_a_log_that_is_pruned(self) -> None:
        changed()
        assert standing(CHANGES).oldest_id == ProductChange.objects.get().id
        assert standing(replace(CHANGES, is_pruned=False)).oldest_id is None

    @pytest.mark.parametrize("limit", [1, 2, 3, 5, 6, 100])
    def test_batches_together_are_everything_once(self, limit: int) -> None:
        before = standing(CHANGES).position
        ids = [changed() for _ in range(5)]
        batches = list(all_since(CHANGES, before, standing(CHANGES), limit))
        assert [product_id for rows in batches for (product_id,) in rows] == ids
        assert all(len(rows) <= limit for rows in batches)

    def test_halfway_what_is_committed_meanwhile_waits_for_the_next_time(
        self, other_connection: psycopg.Connection[Any]
    ) -> None:
        before = standing(CHANGES).position
        slow = changed(other_connection)
        first, second = changed(), changed()
        rows, halfway = read_on(CHANGES, before, standing(CHANGES), limit=1)
        assert rows == [(first,)]
        other_connection.commit()
        last = changed()
        rows, done = read_on(CHANGES, Position(**asdict(halfway)), standing(CHANGES), limit=9)
        assert rows == [(second,)]
        assert not done.until
        rows, _ = read_on(CHANGES, done, standing(CHANGES))
        assert rows == [(slow,), (last,)]

    def test_a_log_whose_ids_are_uuids(self) -> None:
        now = standing(EVENTS)
        halfway = Position(now.database, "3:3:", 0, now.snapshot, 3, str(new_id()))
        assert read_on(EVENTS, halfway, now) == ([], now.position)


@real_transactions
class TestTakingNext:
    def test_begins_now_and_once(self, told: Told) -> None:
        first = changed()
        begin(Mark, CHANGES)
        assert take_next(Mark, CHANGES, told) == 1
        assert told.ids == [first]

    def test_takes_nothing_twice_and_writes_nothing_where_nothing_happened(self, told: Told) -> None:
        changed()
        take_next(Mark, CHANGES, told)
        before = position()
        assert take_next(Mark, CHANGES, told) == 0
        assert len(told.ids) == 1
        assert position() == before

    def test_goes_on_in_the_middle_of_what_it_found(self, told: Told) -> None:
        ids = [changed() for _ in range(5)]
        assert [take_next(Mark, CHANGES, told, limit=2) for _ in range(4)] == [2, 2, 1, 0]
        assert told.ids == ids

    def test_ends_what_it_found_when_the_last_batch_was_full(self, told: Told) -> None:
        changed(), changed()
        assert [take_next(Mark, CHANGES, told, limit=2) for _ in range(2)] == [2, 0]
        assert not position().until
        third = changed()
        take_next(Mark, CHANGES, told)
        assert told.ids[2:] == [third]

    def test_a_slow_transaction_is_neither_waited_for_nor_lost(
        self, told: Told, other_connection: psycopg.Connection[Any]
    ) -> None:
        slow, quick = changed(other_connection), changed()
        take_next(Mark, CHANGES, told)
        other_connection.commit()
        take_next(Mark, CHANGES, told)
        assert told.ids == [quick, slow]

    def test_what_it_could_not_take_comes_again(self, told: Told) -> None:
        only, before = changed(), position()
        told.fails = True
        with pytest.raises(OSError, match="not there"):
            take_next(Mark, CHANGES, told)
        assert position() == before
        told.fails = False
        assert take_next(Mark, CHANGES, told) == 1
        assert told.ids == [only, only]

    def test_two_at_once_do_not_take_the_same(self, told: Told, other_connection: psycopg.Connection[Any]) -> None:
        changed()
        other_connection.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{__name__}/{CHANGES.table}"]
        )
        assert take_next(Mark, CHANGES, told) == 0
        other_connection.rollback()
        assert take_next(Mark, CHANGES, told) == 1

    def test_a_copy_of_the_database_is_followed_from_now_on(self, told: Told) -> None:
        changed()
        Mark.objects.update(position=asdict(replace(position(), database="another/1")))
        assert take_next(Mark, CHANGES, told) == 0
        after = changed()
        assert take_next(Mark, CHANGES, told) == 1
        assert told.ids == [after]

    def test_before_it_begins_nothing_is_taken(self, told: Told) -> None:
        Mark.objects.all().delete()
        changed()
        assert take_next(Mark, CHANGES, told) == 0
        assert told.ids == []


@real_transactions
def test_the_thread_tries_again_whatever_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "RETRY_AFTER_S", 0.01)
    goes_wrong: list[Exception] = [DatabaseError("restarted"), BlockingIOError(), ValueError("a bad row")]
    reached = Event()

    def try_it(stop: Event) -> None:
        if goes_wrong:
            raise goes_wrong.pop(0)
        reached.set()
        stop.wait()

    follower = Follower("test-follower", try_it)
    assert reached.wait(30)
    follower.stop()
    assert goes_wrong == []
