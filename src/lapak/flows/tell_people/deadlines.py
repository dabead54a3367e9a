"""Deadlines that come near: whoever would lose by silence hears of it in time."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.db.models.expressions import Combinable

from lapak.flows.tell_people.of_complaints import about
from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.lib.ids import derived_id, number_of
from lapak.people.notices.commands import Telling
from lapak.people.notices.facts import FACTS
from lapak.people.notices.rules import Reader
from lapak.trade.complaints.models import Complaint
from lapak.trade.complaints.rules import ComplaintState
from lapak.trade.orders.clocks import CANCEL_ANSWER_BY
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State
from lapak.trade.returns.models import Return
from lapak.trade.returns.rules import ReturnState

DAY_BEFORE, HOURS_BEFORE, AT_ONCE = timedelta(hours=24), timedelta(hours=6), timedelta()
"""Ours: time enough to act the same day, and a last word. A shop has at least a night between them."""


@dataclass(frozen=True, slots=True)
class NearOrder:
    """Orders in a state that ends at `ends_at`, and does so soon, are told as `fact`."""

    fact: str
    state: State
    ends_at: Combinable
    before: timedelta
    only: Mapping[str, Any] = field(default_factory=dict)

    def tellings(self, since: datetime, until: datetime) -> Iterator[Telling]:
        running = Order.objects.filter(state=self.state, disputed_at=None, **self.only)
        near = running.annotate(ends_at=self.ends_at).filter(ends_at__gt=since, ends_at__lte=until)
        orders = list(near.order_by("ends_at", "id"))
        readers = readers_of({order.shop_id for order in orders})
        for order in orders:
            said = {"number": number_of(order.id), "order_id": str(order.id)}
            yield from _told(self.fact, readers, order, said, _about(self, order.id, until, order.ends_at))


@dataclass(frozen=True, slots=True)
class NearReturn:
    """Returns whose state ends so soon are told as `fact`."""

    fact: str
    state: ReturnState
    before: timedelta
    only: Mapping[str, Any] = field(default_factory=dict)

    def tellings(self, since: datetime, until: datetime) -> Iterator[Telling]:
        near = Return.objects.filter(
            state=self.state, act_by__gt=since, act_by__lte=until, order__disputed_at=None, **self.only
        )
        returns = list(near.select_related("order").order_by("act_by", "id"))
        readers = readers_of({return_.shop_id for return_ in returns})
        for return_ in returns:
            said = {"number": number_of(return_.order_id), "return_id": str(return_.id)}
            told = _about(self, return_.id, until, return_.act_by)
            yield from _told(self.fact, readers, return_.order, said, told)


@dataclass(frozen=True, slots=True)
class NearComplaint:
    """Complaints whose state ends so soon are told as `fact`."""

    fact: str
    state: ComplaintState
    before: timedelta

    def tellings(self, since: datetime, until: datetime) -> Iterator[Telling]:
        near = Complaint.objects.filter(state=self.state, act_by__gt=since, act_by__lte=until)
        readers = readers_of([])
        for complaint in near.order_by("act_by", "id"):
            told = _about(self, complaint.id, until, complaint.act_by)
            if FACTS[self.fact].read_as is Reader.OPERATOR:
                yield from readers.tell_operators(self.fact, about(complaint), **told)
            elif complaint.author_id:
                yield Telling(fact=self.fact, reader_id=complaint.author_id, said=about(complaint), **told)


NEAR_COMPLAINTS = (
    NearComplaint("complaint_soon_settled", ComplaintState.SHOP_ANSWERED, DAY_BEFORE),
    NearComplaint("case_complaint_soon", ComplaintState.WITH_LAPAK, DAY_BEFORE),
)

NEAR_ORDERS = (
    NearOrder("pack_soon", State.TO_PACK, F("pack_by"), HOURS_BEFORE),
    NearOrder("ship_soon", State.PACKED, F("ship_by"), HOURS_BEFORE),
    NearOrder("cancel_answer_soon", State.PACKED, CANCEL_ANSWER_BY, HOURS_BEFORE, {"cancel_asked_at__isnull": False}),
    NearOrder("has_it_arrived", State.SHIPPED, F("arrive_by"), AT_ONCE, {"not_arrived_at": None}),
    NearOrder("last_day_to_return", State.DELIVERED, F("complete_at"), DAY_BEFORE, {"open_return_id": None}),
    NearOrder("case_soon", State.SHIPPED, F("decide_by"), DAY_BEFORE, {"not_arrived_at__isnull": False}),
)

NEAR_RETURNS = tuple(
    NearReturn(fact, state, before, only)
    for fact, state, only in (
        ("return_answer_soon", ReturnState.ASKED, {}),
        ("return_object_soon", ReturnState.DECLINED, {"tracking_number": ""}),
        ("return_send_soon", ReturnState.APPROVED, {}),
        ("return_inspect_soon", ReturnState.ARRIVED, {}),
        ("return_send_again_soon", ReturnState.SEND_AGAIN, {}),
        ("return_came_again_soon", ReturnState.SENT_AGAIN, {}),
        ("case_soon", ReturnState.ESCALATED, {}),
    )
    for before in (DAY_BEFORE, HOURS_BEFORE)
)


def _about(
    near: NearOrder | NearReturn | NearComplaint, id_: uuid.UUID, until: datetime, deadline: Any
) -> dict[str, Any]:
    """Another deadline of the same thing, as of one that stood still, is told again."""
    about = derived_id(id_, near.fact, near.before, deadline)
    return when(about, until - near.before, deadline)


def _told(
    fact: str, readers: Readers, order: Order, said: dict[str, Any], told: Mapping[str, Any]
) -> Iterator[Telling]:
    read_as = FACTS[fact].read_as
    if read_as is Reader.BUYER:
        yield Telling(fact=fact, reader_id=order.buyer_id, said=said, **told)
    elif read_as is Reader.SHOP:
        yield from readers.tell_sellers(order.shop_id, fact, said, **told)
    else:
        yield from readers.tell_operators(fact, said, **told)
