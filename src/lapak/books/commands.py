"""Looking through the books, and keeping what was found."""

from dataclasses import asdict

import structlog

from lapak.books.findings import Findings, look_through_books
from lapak.books.models import BooksCheck
from lapak.lib import clock
from lapak.people.users.errors import NotTheOperator
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk

KEPT = 100
"""Looks that are kept: a quarter of a year of nights."""

log = structlog.get_logger(__name__)


def check_books(by: User | None) -> BooksCheck:
    """Look through the books and keep what was found, for the operator's desk. Posts and changes nothing else; `by` is
    empty when it was time to. Refuses others than the operator (`NotTheOperator`)."""
    if by:
        require_desk(by, Desk.BOOKS, NotTheOperator)
    started_at = clock.now()
    findings = look_through_books()
    if findings.differences:
        log.error("books_differ", differences=findings.differences, first=as_json(findings)[0])
    check = BooksCheck.objects.create(
        started_at=started_at,
        ended_at=clock.now(),
        asked_by=by,
        checked=findings.checked,
        differences=findings.differences,
        found=as_json(findings),
    )
    BooksCheck.objects.filter(id__lte=check.id - KEPT).delete()
    return check


def as_json(findings: Findings) -> list[dict[str, object]]:
    """The differences as plain words and lists, for a file or a column."""
    return [{**asdict(each), "references": [str(id_) for id_ in each.references]} for each in findings.shown]
