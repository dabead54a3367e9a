"""Following an append-only table: whoever tells the outside (a search index, a person, another machine) what happened here
reads it from the record of it, and misses nothing.

A follower's position is a snapshot of the database: which transactions had ended. New is every row that it could not see
and a later one can. Ids would not do as a position: a slow transaction takes a low id and commits it behind our back,
after a higher one was read. Whoever follows keeps the position together with what they did (`take_next`, or the documents
of an index), so that the two cannot disagree, and whatever a crash interrupts is simply done again.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from threading import Event, Thread
from typing import Any, ClassVar, Self

import structlog
from django.db import connection, models, transaction
from django.db.models import Func
from django.db.models.functions import Cast

from lapak.lib.whole import WholeCharField

BATCH = 1_000
POLL_EVERY_S = 0.5
RETRY_AFTER_S = 1.0

Row = tuple[Any, ...]

log = structlog.get_logger()


def transaction_number() -> "models.BigIntegerField[int, int]":
    """The column `transaction_id` of a table that is followed: the number of the transaction that wrote the row.

    The database fills it in. The table has an index by which the newest are found: B-tree, or BRIN where each insert counts.
    """
    # PostgreSQL turns its 64-bit transaction number into a bigint only by way of text.
    number = Cast(Func(function="pg_current_xact_id"), models.TextField())
    return models.BigIntegerField(db_default=Cast(number, models.BigIntegerField()))


@dataclass(frozen=True, slots=True)
class Log:
    """A table that is followed, and which columns of a row its follower wants. It has an `id` and a `transaction_number`.

    Of a pruned one old rows are deleted, and its ids are whole numbers. Whoever prunes it leaves its newest row, however
    old; else the next one looks like a gap.
    """

    table: str
    columns: tuple[str, ...]
    is_pruned: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """How far someone has followed: they have every row of `database` that `snapshot` can see.

    `snapshot` is PostgreSQL's `pg_snapshot`: `xmin:xmax:running,…`. `oldest_id` was then the oldest row of a pruned log,
    else 0. Halfway on to a later snapshot `until` names it, and the last row that was read tells how far.
    """

    database: str
    snapshot: str
    oldest_id: int = 0
    until: str = ""
    last_transaction_id: int = 0
    last_id: str = ""

    @property
    def oldest_running(self) -> int:
        """Every transaction with a lower number had ended."""
        return int(self.snapshot.split(":")[0])

    def saw(self, transaction_id: int) -> bool:
        """Whether the transaction had ended, so that its rows were read."""
        _, next_one, running = self.snapshot.split(":")
        return transaction_id < int(next_one) and str(transaction_id) not in running.split(",")


@dataclass(frozen=True, slots=True)
class Standing:
    """A log as it is now: of which database, seen through which snapshot, and the oldest row kept of one that is pruned."""

    database: str
    snapshot: str
    oldest_id: int | None = None
    oldest_transaction_id: int | None = None

    @property
    def position(self) -> Position:
        """Where someone is who has everything of this log."""
        return Position(self.database, self.snapshot, self.oldest_id or 0)

    def continues(self, position: Position) -> bool:
        """Whether everything after the position is still in this log; if not, its follower has to begin anew.

        It is when the oldest row kept was read, when it was already the oldest then, or is the first ever made.
        """
        oldest = self.oldest_transaction_id
        is_whole = oldest is None or position.saw(oldest) or self.oldest_id in {1, position.oldest_id}
        return is_whole and position.database == self.database


def standing(of: Log) -> Standing:
    """Where the log stands; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_READ_STANDING.format(oldest=_OLDEST.format(table=of.table) if of.is_pruned else _NONE))
        return Standing(*cursor.fetchone())


def read_on(of: Log, position: Position, now: Standing, limit: int = BATCH) -> tuple[list[Row], Position]:
    """The next rows, at most so many, and the position after them, which has no `until` when these were all; one query.

    By transaction, and by id within one. Two transactions on the same thing may come in the other order than they took it
    in: the rows' own moments tell.
    """
    until = position.until or now.snapshot
    from_transaction, after = position.oldest_running, ""
    parameters: dict[str, str | int] = {"seen": position.snapshot, "until": until, "limit": limit}
    if position.until:
        from_transaction, after = position.last_transaction_id, _AFTER
        parameters["last_id"] = position.last_id
    columns = ", ".join(of.columns)
    with connection.cursor() as cursor:
        cursor.execute(
            _READ_ROWS.format(table=of.table, columns=columns, after=after), parameters | {"from": from_transaction}
        )
        rows = cursor.fetchall()
    if len(rows) < limit:
        return [row[2:] for row in rows], Position(position.database, until, now.oldest_id or 0)
    transaction_id, row_id = rows[-1][:2]
    halfway = Position(position.database, position.snapshot, position.oldest_id, until, transaction_id, str(row_id))
    return [row[2:] for row in rows], halfway


def all_since(of: Log, position: Position, now: Standing, limit: int = BATCH) -> Iterator[list[Row]]:
    """What the log has more than the position, up to where it stands now, in batches."""
    while True:
        rows, position = read_on(of, position, now, limit)
        if rows:
            yield rows
        if not position.until:
            return


class Bookmark(models.Model):
    """Where a follower is in a log, for those whose work is in this database too. Each app that follows has its own table."""

    log = WholeCharField(max_length=63, primary_key=True, help_text="The followed table.")
    position = models.JSONField(help_text="A `Position`.")

    objects: ClassVar["models.Manager[Self]"] = models.Manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.log


def begin(bookmarks: type[Bookmark], of: Log) -> None:
    """From now on what is added to the log is followed; where it is already, nothing changes."""
    mark = bookmarks(log=of.table, position=asdict(standing(of).position))
    bookmarks.objects.bulk_create([mark], ignore_conflicts=True)


def take_next(bookmarks: type[Bookmark], of: Log, take: Callable[[list[Row]], None], limit: int = BATCH) -> int:
    """Give the follower what comes next and move its bookmark on, both or neither; answers how many rows that were.

    0 when there is nothing new, when another process is at it, and before `begin`. What `take` raises is raised, and the
    same rows come again: it takes care itself that one row it cannot take does not hold up the rest. A bookmark of another
    database (this one is a copy, which counts its transactions anew) or before a gap is moved to now, and logged.
    """
    with transaction.atomic():
        mark = bookmarks.objects.filter(log=of.table).first() if _is_our_turn(bookmarks, of) else None
        if mark is None:
            return 0
        position, now = Position(**mark.position), standing(of)
        rows: list[Row] = []
        if now.continues(position):
            rows, after = read_on(of, position, now, limit)
            if rows:
                take(rows)
            elif not position.until:
                return 0  # nothing is written where nothing happened
        else:
            log.warning("log_not_continued", log=of.table, position=position)
            after = now.position
        mark.position = asdict(after)
        mark.save(update_fields=["position"])
    return len(rows)


def _is_our_turn(bookmarks: type[Bookmark], of: Log) -> bool:
    """Whether nobody else follows this log into these bookmarks; until the transaction ends nobody else will."""
    with connection.cursor() as cursor:  # a row's lock would be a write, twice a second
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"{bookmarks.__module__}/{of.table}"]
        )
        return bool(cursor.fetchone()[0])


class Follower:
    """A thread that follows until it is told to stop; whatever goes wrong is logged and tried again.

    `follow` is given the word to stop, and returns when it hears it or wants to begin anew; it may raise `Stopped` then,
    and `BlockingIOError` when another process follows already: should that one die, this one is next.
    """

    def __init__(self, name: str, follow: Callable[[Event], None]) -> None:
        self._stop = Event()
        self._thread = Thread(target=follow_forever, args=[follow, self._stop], name=name, daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 15) -> None:
        """Ask the thread to end, and wait for it: it finishes what it is at, or gives it up."""
        self._stop.set()
        self._thread.join(timeout_s)


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """A follower was told to stop in the middle of something long."""


def follow_forever(follow: Callable[[Event], None], stop: Event) -> None:
    """What the thread of a `Follower` does."""
    while not stop.is_set():
        try:
            follow(stop)
        except BlockingIOError:
            pass
        except Stopped:
            return
        except Exception:  # the thread must outlive a restarted database, a full disk, a broken index
            log.exception("following_failed")
        finally:
            connection.close()
        stop.wait(RETRY_AFTER_S)


# The database goes by its own number, not its name: a restored copy counts its transactions anew.
_READ_STANDING = """
    SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || d.oid,
        pg_current_snapshot()::text, oldest.id, oldest.transaction_id
    FROM pg_database d LEFT JOIN ({oldest}) oldest ON true
    WHERE d.datname = current_database()
"""
_OLDEST = "SELECT id, transaction_id FROM {table} ORDER BY id LIMIT 1"
_NONE = "SELECT NULL::bigint AS id, NULL::bigint AS transaction_id"

# Batch by batch up to one snapshot: what is committed while we read is left for the next time.
_READ_ROWS = """
    SELECT transaction_id, id, {columns} FROM {table}
    WHERE transaction_id >= %(from)s {after}
        AND NOT pg_visible_in_snapshot(transaction_id::text::xid8, %(seen)s::pg_snapshot)
        AND pg_visible_in_snapshot(transaction_id::text::xid8, %(until)s::pg_snapshot)
    ORDER BY transaction_id, id LIMIT %(limit)s
"""
_AFTER = "AND (transaction_id, id) > (%(from)s, %(last_id)s)"
