"""The lane of a web process: purchases that wait are placed together, as a database commits in groups.

The first that finds the lane free leads: it takes along all that wait, in one transaction of two round trips (read; write
and commit), decides in the order they came and hands each its answer. While one leads, the next ones gather; before it
leaves, whatever has arrived already is read. No timer is needed. All of it happens in the event loop, on a connection of
its own: nobody waits in a thread.

The stock is looked at and not held, so that two lanes never wait for each other while they decide; whether it is still
there the database says with the last statement. If it is not, all is undone and decided anew with the stock held.
"""

import asyncio
import select
from collections import deque
from collections.abc import Sequence
from typing import Any, LiteralString

import psycopg
import structlog
from django.db import connection as django_connection

from lapak.flows.place_purchase import current_terms, read, write
from lapak.flows.place_purchase.facts import Waiting
from lapak.flows.place_purchase.rules import Accepted, Outcome, decide
from lapak.lib import pipeline
from lapak.lib.pipeline import Asked, Connection, Rows
from lapak.trade.orders.errors import PurchaseRefused

AT_ONCE = 32
"""Larger groups hardly save more, and the last of them waits for the decisions about all before it."""

PATIENCE_S = 10
"""For a group; a database that has not answered by then is away."""

LOCKS_WITHIN_S = 2
"""Others wait behind: what is locked for longer is left to the page, which waits on a connection of its own."""

BEGIN: LiteralString = "BEGIN"
COMMIT: LiteralString = "COMMIT"
ROLLBACK: LiteralString = "ROLLBACK"

log = structlog.get_logger(__name__)


class DatabaseAway(Exception):  # noqa: N818 - what happened
    """The database did not answer: it is not known whether anything was placed, and the same key asks again."""


class Lane:
    """One event loop's way to the database for purchases."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Waiting, asyncio.Future[Outcome]]] = deque()
        self._leader: asyncio.Task[None] | None = None
        self._connection: Connection | None = None
        self._prepared: set[bytes] = set()

    async def place(self, waiting: Waiting) -> Outcome:
        """What became of it, once that is committed. Raises what hindered it: `psycopg.Error`, or `DatabaseAway`."""
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((waiting, answer))
        if self._leader is None:
            self._leader = asyncio.create_task(self._lead())
        return await answer

    async def close(self) -> None:
        """All that wait have their answer, and the connection is closed."""
        while self._leader is not None:
            await asyncio.wait([self._leader])
        self._disconnect()

    async def _lead(self) -> None:
        try:
            while self._waiting:
                await self._until_all_are_read()
                group = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
                outcomes = await self._outcomes([waiting for waiting, _ in group])
                for (_, answer), outcome in zip(group, outcomes, strict=True):
                    _tell(answer, outcome)
        finally:
            self._leader = None

    async def _until_all_are_read(self) -> None:
        """Until a turn of the event loop reads no further request: those that have arrived already come along."""
        known = 0
        while known < len(self._waiting) < AT_ONCE:
            known = len(self._waiting)
            await asyncio.sleep(0)

    async def _outcomes(self, waiting: Sequence[Waiting]) -> Sequence[Outcome | Exception]:
        """Of all at once; when that fails, of one after the other, so that none spoils another.

        Unless it is the database that is away: then all are tried together once more, on a new connection.
        """
        try:
            return await self._placed(waiting)
        except DatabaseAway as error:
            log.warning("purchases_without_database", count=len(waiting), error=str(error))
            return await self._each(waiting)
        except Exception as error:  # noqa: BLE001 - whatever it is, each gets an answer of its own
            log.warning("purchases_failed_together", count=len(waiting), error=str(error))
        return [outcome for each in waiting for outcome in await self._each([each])]

    async def _each(self, waiting: Sequence[Waiting]) -> Sequence[Outcome | Exception]:
        """Their outcomes, or the same error for each."""
        try:
            return await self._placed(waiting)
        except Exception as error:  # noqa: BLE001 - an answer too
            log.warning("purchases_failed", count=len(waiting), error=str(error))
            return [error] * len(waiting)

    async def _placed(self, waiting: Sequence[Waiting]) -> list[Outcome]:
        try:
            async with asyncio.timeout(PATIENCE_S):
                connection = await self._connected()
                try:
                    return await self._transaction(connection, waiting, holds_stock=False)
                except psycopg.errors.CheckViolation:  # the last pieces, or the rest of a budget, went meanwhile
                    await self._exchange(connection, [(ROLLBACK, {})])
                    return await self._transaction(connection, waiting, holds_stock=True)
        except Exception as error:
            is_away = self._connection is None or self._connection.broken or isinstance(error, TimeoutError)
            if is_away:
                raise DatabaseAway(str(error)) from error
            raise
        finally:
            if self._is_in_transaction():
                self._disconnect()  # and whatever was begun is undone

    async def _transaction(
        self, connection: Connection, waiting: Sequence[Waiting], *, holds_stock: bool
    ) -> list[Outcome]:
        terms = current_terms()
        questions = read.questions(waiting, terms.at, holds_stock=holds_stock)
        _, *answers = await self._exchange(connection, [(BEGIN, {}), *questions])
        facts = read.facts_of(answers, terms.at)
        outcomes = decide(waiting, facts, terms)
        accepted = [outcome for outcome in outcomes if isinstance(outcome, Accepted)]
        end = COMMIT if accepted else ROLLBACK
        await self._exchange(connection, [*write.statements(accepted, terms), (end, {})])
        return outcomes

    async def _exchange(self, connection: Connection, statements: Sequence[Asked]) -> list[Rows]:
        """`pipeline.run`, with everybody else served meanwhile."""
        exchange = pipeline.exchanged(connection, statements, self._prepared)
        try:
            while True:
                await _ready(connection.pgconn.socket, next(exchange))
        except StopIteration as done:
            rows: list[Rows] = done.value
            return rows

    async def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = await asyncio.to_thread(_connect)
        return self._connection

    def _is_in_transaction(self) -> bool:
        is_idle = psycopg.pq.TransactionStatus.IDLE
        return self._connection is not None and self._connection.pgconn.transaction_status != is_idle

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._prepared.clear()


def _connect() -> Connection:
    """With all of Django's own settings, but outside its pool: a purchase never waits for a page."""
    parameters: dict[str, Any] = django_connection.get_connection_params()
    connection = psycopg.connect(**parameters, autocommit=True)
    connection.execute(f"SET lock_timeout = '{LOCKS_WITHIN_S}s'")
    return connection


async def _ready(socket: int, events: int) -> None:
    loop = asyncio.get_running_loop()
    is_ready: asyncio.Future[None] = loop.create_future()
    loop.add_reader(socket, _wake, is_ready)
    if events & select.POLLOUT:
        loop.add_writer(socket, _wake, is_ready)
    try:
        await is_ready
    finally:
        loop.remove_reader(socket)
        if events & select.POLLOUT:
            loop.remove_writer(socket)


def _wake(is_ready: "asyncio.Future[None]") -> None:
    if not is_ready.done():
        is_ready.set_result(None)


def _tell(answer: "asyncio.Future[Outcome]", outcome: Outcome | Exception) -> None:
    if answer.done():
        return  # who asked is gone
    if isinstance(outcome, Exception) and not isinstance(outcome, PurchaseRefused):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
