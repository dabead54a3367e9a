"""What is told of the reviews of creators' accounts: each step to the creator, and to the operator what waits for them."""

import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lapak.affiliates.integrity.models import AccountEvent, Closing, Finding
from lapak.affiliates.integrity.queries import frozen_sum
from lapak.affiliates.integrity.rules import UNDECIDED, FindingState
from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.lib.ids import derived_id
from lapak.people.notices.commands import Telling

Kind = AccountEvent.Kind

SOON = timedelta(hours=24)
"""As of every deadline by which someone would lose by silence."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, and those who may be told."""

    event: AccountEvent
    readers: Readers

    @property
    def finding(self) -> Finding:
        assert self.event.finding is not None  # noqa: S101 - each kind is of one or of the other
        return self.event.finding

    @property
    def closing(self) -> Closing:
        assert self.event.closing is not None  # noqa: S101 - as above
        return self.event.closing

    def tell_creator(self, fact: str, said: dict[str, Any], deadline: datetime | None = None) -> Iterator[Telling]:
        told = when(self.event.id, self.event.happened_at, deadline)
        yield Telling(fact=fact, reader_id=self.event.creator.user_id, said=said, **told)

    def tell_operators(self, fact: str, said: dict[str, Any], deadline: datetime | None) -> Iterator[Telling]:
        return self.readers.tell_operators(fact, said, **when(self.event.id, self.event.happened_at, deadline))


OF_SHOWCASES = {
    "account_upheld": "showcase_hidden",
    "account_objection_soon": "showcase_objection_soon",
    "account_appealed": "showcase_appealed",
    "account_lifted": "showcase_lifted",
    "account_final": "showcase_final",
    "case_objection": "case_showcase",
    "case_finding_soon": "case_showcase_soon",
}
"""What is told in place of a fact about money, where a page or a picture is hidden."""

Tells = Callable[[Happened], Iterator[Telling]]


def _step(fact: str, to_operators: str = "") -> Tells:
    """A finding has come so far; who has to act by when is told until when."""

    def tells(happened: Happened) -> Iterator[Telling]:
        finding, deadline = happened.finding, happened.finding.act_by
        said = _said_of(finding)
        yield from happened.tell_creator(_fact_of(finding, fact), said, deadline)
        if to_operators:
            yield from happened.tell_operators(_fact_of(finding, to_operators), said, deadline)

    return tells


def _proposed(happened: Happened) -> Iterator[Telling]:
    answered_by = happened.closing.answered_by
    yield from happened.tell_creator("account_closing_proposed", {}, answered_by)
    yield from happened.tell_operators("case_account", {"closing_id": str(happened.closing.id)}, answered_by)


def _agreed(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_creator("account_closing_agreed", {}, happened.closing.closes_from)


def _declined(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_creator("account_closing_declined", {})


def _reopened(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_creator("account_reopened", {})


TOLD_OF_ACCOUNTS: dict[Kind, Tells] = {
    Kind.FOUND: _step("account_found", "case_finding"),
    Kind.UPHELD: _step("account_upheld"),
    Kind.APPEALED: _step("account_appealed", "case_objection"),
    Kind.LIFTED: _step("account_lifted"),
    Kind.FINAL: _step("account_final"),
    Kind.PROPOSED: _proposed,
    Kind.AGREED: _agreed,
    Kind.DECLINED: _declined,
    Kind.REOPENED: _reopened,
}
"""By what happened."""


def of_accounts(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """Who is to be told what of each event."""
    of_these = AccountEvent.objects.filter(id__in=event_ids)
    events = of_these.select_related("creator", "finding", "closing").order_by("happened_at", "id")
    readers = readers_of([])
    for event in events:
        yield from TOLD_OF_ACCOUNTS[Kind(event.kind)](Happened(event, readers))


def of_findings_due(since: datetime, until: datetime) -> Iterator[Telling]:
    """Whose state ends then: creators who may still object, and what the operator has not decided."""
    ending = Finding.objects.filter(act_by__gt=since, act_by__lte=until, state__in=[*UNDECIDED, FindingState.UPHELD])
    readers = readers_of([])
    for finding in ending.select_related("creator").order_by("act_by", "id"):
        about = derived_id(finding.id, finding.state, "due")
        told = when(about, until - SOON, finding.act_by)
        if finding.state == FindingState.UPHELD:
            yield Telling(
                fact=_fact_of(finding, "account_objection_soon"),
                reader_id=finding.creator.user_id,
                said=_said_of(finding),
                **told,
            )
        else:
            yield from readers.tell_operators(_fact_of(finding, "case_finding_soon"), _said_of(finding), **told)


def _fact_of(finding: Finding, fact: str) -> str:
    return OF_SHOWCASES[fact] if finding.is_of_showcase else fact


def _said_of(finding: Finding) -> dict[str, Any]:
    if finding.is_of_showcase:
        return {"finding_id": str(finding.id)}
    _lines, amount_idr = frozen_sum(finding)
    return {"finding_id": str(finding.id), "amount_idr": amount_idr}
