"""Going through the books: every check over the whole running database, and what differs."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import psycopg
from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from lapak.books.checks import all_checks
from lapak.books.checks.check import Check
from lapak.books.records import missing_guards
from lapak.lib import pipeline
from lapak.lib.ids import derived_id
from lapak.people.audit import chain

SHOWN = 50
"""Differences of one check that are kept: who has more has one cause, not many."""

AT_ONCE = 5_000
"""Rows read at a time where the database cannot work out the check by itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it must be, and the references whose transfers explain it."""

    check: str
    says: str
    subject: str
    expected: str
    found: str
    references: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """How many rows were gone through, how many differences there are, and the first of each check."""

    checked: int
    differences: int
    shown: tuple[Difference, ...]


def look_through_books(checks: Sequence[Check] | None = None) -> Findings:
    """Every check, or those given, and what no query can say, over one and the same moment of the database. Changes nothing."""
    with transaction.atomic():
        _stand_still()
        found = _answers_of(all_checks() if checks is None else checks)
        others = (*_unguarded(), *_accounts_of_another_id(), *_breaks_of_the_chain())
    return Findings(found.checked, found.differences + len(others), (*found.shown, *others))


def look_at(checks: Sequence[Check]) -> Findings:
    """These checks alone, over one moment: for whoever asks about some of the books, and often."""
    with transaction.atomic():
        _stand_still()
        return _answers_of(checks)


def _answers_of(checks: Sequence[Check]) -> Findings:
    ((checked,),), *answers = _ask(checks)
    found, shown = 0, list[Difference]()
    for check, rows in zip(checks, answers, strict=True):
        found += rows[0][0] if rows else 0
        shown += [
            Difference(check.name, check.says, subject, str(expected), str(differs), tuple(refs[:SHOWN]))
            for _count, subject, expected, differs, refs in rows
        ]
    return Findings(checked, found, tuple(shown))


def _stand_still() -> None:
    """What is booked meanwhile belongs to the next time. Within a larger transaction, a test's, there is nobody else."""
    with connection.cursor() as cursor:
        if not connection.savepoint_ids:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _ask(checks: Sequence[Check]) -> list[pipeline.Rows]:
    """How many rows there are, then what each check answers; in one round trip, as it is asked after every test."""
    counts = " + ".join(["0", *(f"(SELECT count(*) FROM {table})" for table in sorted({check.of for check in checks}))])  # noqa: S608 - the checks' own words
    binding = psycopg.ClientCursor(connection.connection)
    queries = [
        binding.mogrify(
            f"SELECT count(*) OVER (), subject, expected, found, refs FROM ({check.query}) AS q LIMIT {SHOWN}",  # noqa: S608
            check.params,
        )
        for check in checks
    ]
    return pipeline.run(connection.connection, [(query, {}) for query in [f"SELECT {counts}", *queries]])


def _unguarded() -> Iterator[Difference]:
    for guard in missing_guards():
        yield Difference("records", _("what is recorded can be changed"), guard.table, guard.name, "–")


def _accounts_of_another_id() -> Iterator[Difference]:
    """An account's id follows from its kind and owner: otherwise the same money would have two."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, kind, owner FROM ledger_account ORDER BY id")
        while rows := cursor.fetchmany(AT_ONCE):
            for id_, kind, owner in rows:
                expected = derived_id("account", kind, owner)
                if id_ != expected:
                    yield Difference(
                        "account_id", _("an account's id is not the one of its kind and owner"), f"{kind}:{owner}",
                        str(expected), str(id_),
                    )  # fmt: skip


def _breaks_of_the_chain() -> Iterator[Difference]:
    for each in chain.breaks():
        yield Difference(
            "audit_chain", _("the record of changes is not what it was"), each.at, each.expected, each.found
        )
