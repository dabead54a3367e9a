"""Findings of the big market: of the first creator many that were lifted, of others some that are to be decided."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from lapak.affiliates.integrity.models import AccountEvent, Finding, FindingLine
from lapak.affiliates.integrity.rules import FindingState, act_by
from lapak.affiliates.integrity.signs import RuleName
from lapak.affiliates.models import Commission
from lapak.affiliates.rules import State
from lapak.lib import clock
from lapak.people.users.models import User
from lapak.testing.seed.people import People

DAY = timedelta(days=1)
COMMISSIONS_A_FINDING = 200
LINES_OF_A_FINDING = 2
FOUND_AT_EVERY = 10
"""Creator something is seen that is not decided yet."""

Kind = AccountEvent.Kind
COUNTS = {"orders": 24, "all_orders": 38, "buyers": 12}


def bring_findings(people: People, operator: User) -> None:
    """Lines of what was lifted are in their balance again; what is not decided is frozen, before its order has settled."""
    _lifted(people.creators[0].id, operator)
    for n, creator in enumerate(people.creators[1::FOUND_AT_EVERY]):
        pending = Commission.objects.filter(creator=creator, state=State.PENDING, settled_at=None)
        if ids := list(pending.order_by("-created_at", "-id").values_list("id", flat=True)[:LINES_OF_A_FINDING]):
            _undecided(creator.id, ids, operator if n % 2 else None)


def _lifted(creator_id: uuid.UUID, operator: User) -> None:
    earned = Commission.objects.filter(creator=creator_id, credited_at__isnull=False).order_by("credited_at", "id")
    some = list(earned.values_list("id", flat=True))[::COMMISSIONS_A_FINDING]
    of_each = list(_in_pairs(list(Commission.objects.filter(id__in=some).order_by("credited_at", "id"))))
    findings = Finding.objects.bulk_create(
        Finding(
            creator_id=creator_id, rule=RuleName.SNIPING, counts=COUNTS, ids=_ids(lines), state=FindingState.LIFTED,
            found_at=_found_at(lines), lifted_at=_found_at(lines) + DAY,
        )
        for lines in of_each
    )  # fmt: skip
    FindingLine.objects.bulk_create(
        FindingLine(finding=finding, commission=line, frozen_at=finding.found_at)
        for finding, lines in zip(findings, of_each, strict=True)
        for line in lines
    )
    AccountEvent.objects.bulk_create(event for finding in findings for event in _told_of(finding, operator))


def _in_pairs(commissions: Sequence[Commission]) -> Iterator[Sequence[Commission]]:
    for start in range(0, len(commissions), LINES_OF_A_FINDING):
        yield commissions[start : start + LINES_OF_A_FINDING]


def _found_at(lines: Sequence[Commission]) -> datetime:
    """Two days before they were credited."""
    return min(line.credited_at for line in lines if line.credited_at) - 2 * DAY


def _ids(lines: Sequence[Commission]) -> dict[str, list[str]]:
    return {"orders": [str(line.order_id) for line in lines], "buyers": [], "links": []}


def _told_of(finding: Finding, operator: User) -> Iterator[AccountEvent]:
    of_finding = {"creator_id": finding.creator_id, "finding": finding}
    yield AccountEvent(**of_finding, kind=Kind.FOUND, happened_at=finding.found_at)
    yield AccountEvent(
        **of_finding, kind=Kind.LIFTED, actor=operator, words="Siaran langsung.", happened_at=finding.found_at + DAY
    )


def _undecided(creator_id: uuid.UUID, commission_ids: Sequence[uuid.UUID], upheld_by: User | None) -> None:
    """Seen an hour ago, and upheld by this operator at once, if any."""
    found_at = clock.now() - timedelta(hours=1)
    state = FindingState.UPHELD if upheld_by else FindingState.OPEN
    lines = list(Commission.objects.filter(id__in=commission_ids))
    finding = Finding.objects.create(
        creator_id=creator_id, rule=RuleName.SNIPING, counts=COUNTS, ids=_ids(lines), state=state, found_at=found_at,
        act_by=act_by(state, found_at.astimezone(clock.WIB)), upheld_by=upheld_by,
    )  # fmt: skip
    FindingLine.objects.bulk_create(FindingLine(finding=finding, commission=line, frozen_at=found_at) for line in lines)
    Commission.objects.filter(id__in=commission_ids).update(
        state=State.FROZEN, frozen_at=found_at, reason="Clicks at the moment of paying"
    )
    of_finding = {"creator_id": creator_id, "finding": finding, "happened_at": found_at}
    AccountEvent.objects.create(**of_finding, kind=Kind.FOUND)
    if upheld_by:
        AccountEvent.objects.create(**of_finding, kind=Kind.UPHELD, actor=upheld_by, words="Empat detik.")
