"""The record of changes as a chain of digests: a line that is altered, removed or slipped in afterwards breaks it.

The database refuses to change what is recorded, but to its owner (books/records.py); the chain shows what an owner did.
A change gets its link a minute later at most, never in the act itself: acts would wait for one another at the chain's end.
Who rewrote the chain from some link to its end would still have to know which head somebody noted elsewhere (`Head`).
"""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC
from itertools import islice
from typing import Self, TypeVar

from django.db.models import BooleanField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from lapak.lib.acts import act
from lapak.lib.follow import BATCH, Log, Position, Row, standing, take_next
from lapak.people.audit.models import ChainedUpTo, ChainLink, Change

CHANGES = Log("audit_change", ("id",))

BEGINNING = "0" * 64
"""What stands in place of a digest before the first link."""


Each = TypeVar("Each")


@dataclass(frozen=True, slots=True)
class Head:
    """A link as people note it, outside of this database: its number and its digest."""

    number: int
    digest: str

    @classmethod
    def read(cls, noted: str) -> Self:
        """From `12:9f…`; `ValueError`: it is not written so."""
        number, _, digest = noted.partition(":")
        if len(digest) != len(BEGINNING):
            raise ValueError(noted)
        return cls(int(number), digest.lower())

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: at which link or change, what follows from the record, and what stands there."""

    at: str
    expected: str
    found: str


def chain_changes() -> int:
    """The changes that came since have their links; answers how many. 0 too while another process is at it."""
    if _position() is None:
        return _chain_whole_record()
    return take_next(ChainedUpTo, CHANGES, _chain_rows)


def _position() -> Position | None:
    """How far the record is chained; none before the first time, and where the place was noted in another database."""
    mark = ChainedUpTo.objects.filter(log=CHANGES.table).first()
    position = Position(**mark.position) if mark else None
    return position if position and position.database == standing(CHANGES).database else None


@act
def _chain_whole_record() -> int:
    """At the first start, and in a database that was restored elsewhere and counts its transactions anew."""
    now = standing(CHANGES).position
    ChainedUpTo.objects.update_or_create(log=CHANGES.table, defaults={"position": asdict(now)})
    left = _without_link().order_by("happened_at", "id").values_list("id", flat=True).iterator(BATCH)
    return sum(_chain(ids) for ids in _batches(left))


def _chain_rows(rows: list[Row]) -> None:
    _chain([row[0] for row in rows])


def _chain(change_ids: list[uuid.UUID]) -> int:
    """Each of the changes that has no link yet has one, in this order."""
    changes = _without_link().in_bulk(change_ids)
    head = newest_head()
    number, digest = head.number, head.digest
    links = []
    for id_ in change_ids:
        if change := changes.get(id_):
            number, digest = number + 1, digest_of(change, digest)
            links.append(ChainLink(number=number, change_id=id_, digest=digest))
    ChainLink.objects.bulk_create(links)
    return len(links)


def digest_of(change: Change, before: str) -> str:
    """SHA-256 of all that the record says of a change, after the digest of the link before, in hexadecimal."""
    said = [
        str(change.id), change.kind, change.subject_id, change.name, str(change.shop_id or ""), change.field,
        change.old, change.new, str(change.by_id or ""), change.happened_at.astimezone(UTC).isoformat(),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps([before, *said]).encode()).hexdigest()


def newest_head() -> Head:
    """The last link, for somebody to note; number 0 before the first."""
    last = ChainLink.objects.order_by("-number").first()
    return Head(last.number, last.digest) if last else Head(0, BEGINNING)


def breaks() -> Iterator[Break]:
    """Walks the whole chain: each place where a link is missing or is not its change's, and each change left out."""
    expected_number, before = 1, BEGINNING
    for links in _batches(ChainLink.objects.order_by("number").iterator(BATCH)):
        changes = Change.objects.in_bulk([link.change_id for link in links])
        for link in links:
            if link.number != expected_number:
                yield Break(f"link {expected_number}", "a link", f"the next is {link.number}")
            elif link.change_id not in changes:
                yield Break(f"link {link.number}", f"change {link.change_id}", "no such change")
            elif (due := digest_of(changes[link.change_id], before)) != link.digest:
                yield Break(f"link {link.number}, change {link.change_id}", due, link.digest)
            expected_number, before = link.number + 1, link.digest
    for id_ in _left_out().values_list("id", flat=True):
        yield Break(f"change {id_}", "a link", "none")


def holds(noted: Head) -> bool:
    """Whether the link that somebody noted is still the one with this number."""
    return noted == Head(0, BEGINNING) or ChainLink.objects.filter(**asdict(noted)).exists()


def _batches(rows: Iterator[Each]) -> Iterator[list[Each]]:
    return iter(lambda: list(islice(rows, BATCH)), [])


def _without_link() -> "QuerySet[Change]":
    return Change.objects.filter(~Exists(ChainLink.objects.filter(change_id=OuterRef("id"))))


def _left_out() -> "QuerySet[Change]":
    """Changes without a link that had one if they had come when they say."""
    position = _position()
    if position is None:
        return Change.objects.none()
    return _without_link().filter(
        RawSQL(
            "pg_visible_in_snapshot(transaction_id::text::xid8, %s::pg_snapshot)", [position.snapshot], BooleanField()
        )
    )
