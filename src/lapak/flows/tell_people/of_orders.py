"""What is told of an order's events."""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lapak.flows.receive_dispute import WON
from lapak.flows.share_dispute import CUT_AGAIN
from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.flows.win_back import WON_AFTER_ALL
from lapak.lib.ids import number_of
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import name_in_a_line, sentence_of_ours
from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.orders.rules import State, Word
from lapak.trade.shipping.models import Parcel

Kind = OrderEvent.Kind


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of an order, and those who may be told."""

    event: OrderEvent
    readers: Readers
    parcel: Parcel | None = None

    @property
    def order(self) -> Order:
        return self.event.order

    @property
    def said(self) -> dict[str, Any]:
        """What every sentence about an order may need."""
        return {
            "number": number_of(self.event.order_id),
            "order_id": str(self.event.order_id),
            "amount_idr": self.order.total_idr,
            "shop": self.readers.name_of(self.event.shop_id),
            "reason": sentence_of_ours(self.event.reason),
        }

    @property
    def when(self) -> dict[str, Any]:
        return when(self.event.id, self.event.happened_at, self.event.deadline)

    def tell_buyer(self, fact: str, **said: Any) -> Iterator[Telling]:
        yield Telling(fact=fact, reader_id=self.order.buyer_id, said=self.said | said, **self.when)

    def tell_shop(self, fact: str) -> Iterator[Telling]:
        return self.readers.tell_sellers(self.event.shop_id, fact, self.said, **self.when)

    def tell_operators(self, fact: str) -> Iterator[Telling]:
        return self.readers.tell_operators(fact, self.said, **self.when)


Tells = Callable[[Happened], Iterator[Telling]]


def _nobody(_happened: Happened) -> Iterator[Telling]:
    """Placing is seen by who does it; packing changes nothing for the buyer."""
    return iter(())


def _paid(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_buyer("order_paid")
    yield from happened.tell_shop("new_order")


def _shipped(happened: Happened) -> Iterator[Telling]:
    return _on_its_way(happened, "order_shipped")


def _number_corrected(happened: Happened) -> Iterator[Telling]:
    return _on_its_way(happened, "tracking_corrected")


def _on_its_way(happened: Happened, fact: str) -> Iterator[Telling]:
    if happened.parcel:
        courier, number = happened.parcel.service.name, happened.parcel.tracking_number
        yield from happened.tell_buyer(fact, courier=courier, tracking=name_in_a_line(number))


def _address_changed(happened: Happened) -> Iterator[Telling]:
    """The buyer too: a thief in their account would have it sent to himself. Of an order that is not paid the shop knows no
    address yet."""
    yield from happened.tell_buyer("order_redirected")
    if happened.event.to_state == State.TO_PACK:
        yield from happened.tell_shop("address_changed")


def _delivered(happened: Happened) -> Iterator[Telling]:
    if happened.order.delivered_by != Word.BUYER:  # who says so knows it
        yield from happened.tell_buyer("order_delivered")


def _completed(happened: Happened) -> Iterator[Telling]:
    """The buyer is asked how it is; what the shop gets is in its balance."""
    yield from happened.tell_buyer("review_asked")


def _refunded(happened: Happened) -> Iterator[Telling]:
    """Out of a return or a dispute the shop knows it by those; the buyer by their refund."""
    if happened.event.from_state == State.SHIPPED and happened.event.actor_id:
        yield from happened.tell_shop("parcel_lost")


def _cancelled(happened: Happened) -> Iterator[Telling]:
    by, buyer_id = happened.event.actor_id, happened.order.buyer_id
    if happened.event.from_state == State.AWAITING_PAYMENT:
        if by is None:
            yield from happened.tell_buyer("order_not_paid")
        return
    if by == buyer_id:
        yield from happened.tell_shop("buyer_cancelled")
        return
    yield from happened.tell_buyer("order_cancelled")
    if by is None:
        yield from happened.tell_shop("late_cancelled")


def _cancel_asked(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_shop("cancel_asked")


def _cancel_declined(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_buyer("cancel_declined")


def _goods_missing(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_buyer("goods_missing")


def _not_arrived(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_shop("not_arrived")
    yield from happened.tell_operators("case_parcel")


def _disputed(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_shop("dispute_opened")


def _dispute_over(happened: Happened) -> Iterator[Telling]:
    """Not that it is about another amount: it goes on."""
    if happened.event.reason != CUT_AGAIN:
        is_won = happened.event.reason in {WON, WON_AFTER_ALL}
        yield from happened.tell_shop("dispute_won" if is_won else "dispute_lost")


TOLD_OF_MOVES: dict[State, Tells] = {
    State.AWAITING_PAYMENT: _nobody,
    State.TO_PACK: _paid,
    State.PACKED: _nobody,
    State.SHIPPED: _shipped,
    State.DELIVERED: _delivered,
    State.COMPLETED: _completed,
    State.REFUNDED: _refunded,
    State.CANCELLED: _cancelled,
}
"""By the state that an order moved to."""

TOLD_OF_KINDS: dict[Kind, Tells] = {
    Kind.CANCEL_ASKED: _cancel_asked,
    Kind.CANCEL_DECLINED: _cancel_declined,
    Kind.GOODS_MISSING: _goods_missing,
    Kind.HANDED_OVER: _nobody,
    Kind.NUMBER_CORRECTED: _number_corrected,
    Kind.ADDRESS_CHANGED: _address_changed,
    Kind.NOT_ARRIVED: _not_arrived,
    Kind.DISPUTED: _disputed,
    Kind.DISPUTE_OVER: _dispute_over,
}
"""By the kind of what moved nothing."""

SILENT = [state for state, tells in TOLD_OF_MOVES.items() if tells is _nobody]


def of_orders(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """Who is to be told what of each event; those of which nobody is are not even read."""
    of_these = OrderEvent.objects.filter(id__in=event_ids).exclude(kind=Kind.MOVED, to_state__in=SILENT)
    of_these = of_these.exclude(
        kind=Kind.MOVED, from_state=State.REFUNDED
    )  # won after all: where it stood before is no news
    events = list(of_these.select_related("order").order_by("happened_at", "id"))
    readers = readers_of({event.shop_id for event in events})
    shipped = [event.order_id for event in events if event.to_state == State.SHIPPED]
    parcels: Mapping[uuid.UUID, Parcel] = Parcel.objects.select_related("service").in_bulk(shipped)
    for event in events:
        tells = TOLD_OF_MOVES[State(event.to_state)] if event.kind == Kind.MOVED else TOLD_OF_KINDS[Kind(event.kind)]
        yield from tells(Happened(event, readers, parcels.get(event.order_id)))
