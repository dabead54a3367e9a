"""What is told of complaints: to whoever's turn it is, and to who made one what became of it."""

import uuid
from collections.abc import Collection, Iterator
from typing import Any

from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.lib.ids import number_of
from lapak.people.notices.commands import Telling
from lapak.trade.complaints.models import Complaint, ComplaintEvent
from lapak.trade.complaints.rules import ComplaintState

TOLD_AUTHOR = {
    ComplaintState.SHOP_ANSWERED: "complaint_shop_answered",
    ComplaintState.OVERDUE: "complaint_late",
    ComplaintState.ANSWERED: "complaint_answered",
}

TOLD_SHOP = {ComplaintState.WITH_SHOP: "complaint_to_answer", ComplaintState.WITH_LAPAK: "complaint_taken"}

TOLD_OPERATOR = {ComplaintState.WITH_LAPAK: "case_complaint", ComplaintState.OVERDUE: "case_complaint_late"}


def of_complaints(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """Who is to be told what of each step."""
    events = ComplaintEvent.objects.filter(id__in=event_ids).select_related("complaint")
    ordered = list(events.order_by("happened_at", "id"))
    readers = readers_of({event.complaint.shop_id for event in ordered if event.complaint.shop_id})
    for event in ordered:
        yield from _of(event, readers)


def about(complaint: Complaint) -> dict[str, Any]:
    """What sentences about it name."""
    of_order = number_of(complaint.order_id) if complaint.order_id else complaint.number
    return {"complaint_id": str(complaint.id), "complaint": complaint.number, "number": of_order}


def _of(event: ComplaintEvent, readers: Readers) -> Iterator[Telling]:
    complaint, state = event.complaint, ComplaintState(event.state)
    told = when(event.id, event.happened_at, complaint.act_by if complaint.state == event.state else None)
    if complaint.author_id and (fact := _fact_for_author(event)):
        yield Telling(fact=fact, reader_id=complaint.author_id, said=about(complaint), **told)
    if complaint.shop_id and (fact := TOLD_SHOP.get(state, "")):
        yield from readers.tell_sellers(complaint.shop_id, fact, about(complaint), **told)
    if fact := TOLD_OPERATOR.get(state, ""):
        yield from readers.tell_operators(fact, about(complaint), **told)


def _fact_for_author(event: ComplaintEvent) -> str:
    """That Lapak looks at it is news only where the shop's silence brought it there."""
    if event.state == ComplaintState.WITH_LAPAK and event.actor_id is None:
        return "complaint_with_lapak"
    return TOLD_AUTHOR.get(ComplaintState(event.state), "")
