"""What is told of what was reported: to the operator, to those who did, and to the shop once it is decided."""

import uuid
from collections.abc import Collection, Iterator
from typing import Any

from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.moderation.models import CaseEvent
from lapak.moderation.rules import CaseState
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import name_in_a_line

TOLD_REPORTERS = {
    CaseState.DISMISSED: "page_report_dismissed",
    CaseState.UPHELD: "page_report_heeded",
    CaseState.HIDDEN: "page_report_heeded",
}

TOLD_OPERATORS = {CaseState.OPEN: "case_moderation", CaseState.APPEALED: "case_moderation_objection"}

TOLD_OWNERS_OF_GOODS = {
    CaseState.UPHELD: "goods_taken_down",
    CaseState.LIFTED: "goods_allowed_again",
    CaseState.FINAL: "decision_final",
}

TOLD_OWNERS_OF_SHOP = {
    CaseState.UPHELD: "shop_suspended",
    CaseState.LIFTED: "shop_sells_again",
    CaseState.ENDED: "shop_sells_again",
    CaseState.FINAL: "decision_final",
}


def of_moderation(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """Who is to be told what of each event. Of a creator's page that is hidden its finding tells (of_accounts.py)."""
    events = CaseEvent.objects.filter(id__in=event_ids).select_related("case").prefetch_related("case__reports")
    ordered = list(events.order_by("happened_at", "id"))
    readers = readers_of({event.case.shop_id for event in ordered if event.case.shop_id})
    for event in ordered:
        yield from _of(event, readers)


def _of(event: CaseEvent, readers: Readers) -> Iterator[Telling]:
    case, state = event.case, CaseState(event.state)
    said: dict[str, Any] = {"case_id": str(case.id), "goods": name_in_a_line(case.title)}
    told = when(event.id, event.happened_at, case.act_by if case.state == state else None)
    if fact := TOLD_OPERATORS.get(state, ""):
        yield from readers.tell_operators(fact, said, **told)
    if fact := TOLD_REPORTERS.get(state, ""):
        yield from _reporters(event, fact, said)
    told_owners = TOLD_OWNERS_OF_GOODS if case.is_of_goods else TOLD_OWNERS_OF_SHOP
    if case.shop_id and (fact := told_owners.get(state, "")):
        yield from readers.tell_owners(case.shop_id, fact, said, **told)


def _reporters(event: CaseEvent, fact: str, said: dict[str, Any]) -> Iterator[Telling]:
    """Those with an account here; a visitor is mailed by whoever decides (moderation/answering.py)."""
    for report in event.case.reports.all():
        if report.reporter_id:
            yield Telling(fact=fact, reader_id=report.reporter_id, said=said, **when(event.id, event.happened_at))
