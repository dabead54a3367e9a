"""What is told of a return's events: to the side that did not take the step, with what it has to do by when."""

import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.lib.ids import number_of
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import sentence_of_ours
from lapak.trade.returns.models import Return, ReturnEvent
from lapak.trade.returns.rules import ReturnState


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a return, and those who may be told."""

    event: ReturnEvent
    readers: Readers

    @property
    def return_(self) -> Return:
        return self.event.of_return

    @property
    def buyer_id(self) -> uuid.UUID:
        buyer_id: uuid.UUID = self.return_.order.buyer_id
        return buyer_id

    @property
    def is_the_shops(self) -> bool:
        """Whether someone of the shop took the step."""
        return self.event.actor_id in self.readers.sellers.get(self.event.shop_id, [])

    @property
    def said(self) -> dict[str, Any]:
        return {
            "number": number_of(self.return_.order_id),
            "return_id": str(self.return_.id),
            "amount_idr": self.return_.refunded_idr,
            "reason": sentence_of_ours(self.event.words),
        }

    @property
    def when(self) -> dict[str, Any]:
        return when(self.event.id, self.event.happened_at, self.event.deadline)

    def tell_buyer(self, fact: str) -> Iterator[Telling]:
        yield Telling(fact=fact, reader_id=self.buyer_id, said=self.said, **self.when)

    def tell_shop(self, fact: str) -> Iterator[Telling]:
        return self.readers.tell_sellers(self.event.shop_id, fact, self.said, **self.when)


Tells = Callable[[Happened], Iterator[Telling]]


def _asked(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_shop("return_asked")


def _declined(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_buyer("return_declined")


def _approved(happened: Happened) -> Iterator[Telling]:
    """Where no goods come back the refund follows at once, and tells it."""
    if happened.return_.waits_for_goods:
        yield from happened.tell_buyer("return_approved")
    if not happened.is_the_shops:
        yield from happened.tell_shop("return_agreed_for_you")


def _sent_back(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_shop("return_sent_back")


def _arrived(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_buyer("return_at_shop")
    if not happened.is_the_shops:
        yield from happened.tell_shop("return_counts_as_arrived")


def _refunded(happened: Happened) -> Iterator[Telling]:
    """The buyer is told of the money (of_money.py)."""
    if not happened.is_the_shops:
        yield from happened.tell_shop("return_refunded")


def _send_again(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_shop("return_send_again")
    yield from happened.tell_buyer("return_comes_again")


def _sent_again(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_buyer("return_sent_again")


def _escalated(happened: Happened) -> Iterator[Telling]:
    if happened.event.actor_id is None:
        yield from happened.tell_buyer("return_with_lapak")
    yield from happened.tell_shop("return_escalated")
    yield from happened.readers.tell_operators("case_return", happened.said, **happened.when)


def _closed(happened: Happened) -> Iterator[Telling]:
    if happened.event.actor_id != happened.buyer_id:
        yield from happened.tell_buyer("return_closed")
    if not happened.is_the_shops:
        yield from happened.tell_shop("return_over")


TOLD_OF_RETURNS: dict[ReturnState, Tells] = {
    ReturnState.ASKED: _asked,
    ReturnState.DECLINED: _declined,
    ReturnState.ESCALATED: _escalated,
    ReturnState.APPROVED: _approved,
    ReturnState.SENT_BACK: _sent_back,
    ReturnState.ARRIVED: _arrived,
    ReturnState.REFUNDED: _refunded,
    ReturnState.SEND_AGAIN: _send_again,
    ReturnState.SENT_AGAIN: _sent_again,
    ReturnState.CLOSED: _closed,
}
"""By the state that a return moved to."""


def of_returns(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """Who is to be told what of each event."""
    of_these = ReturnEvent.objects.filter(id__in=event_ids)
    events = list(of_these.select_related("of_return__order").order_by("happened_at", "id"))
    readers = readers_of({event.shop_id for event in events})
    for event in events:
        yield from TOLD_OF_RETURNS[ReturnState(event.to_state)](Happened(event, readers))
