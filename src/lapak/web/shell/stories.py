"""The stories of orders and returns as their timelines tell them: what happened, where it stands, what comes next by when.
Pure; the words are the audience's."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.orders.rules import State
from lapak.trade.returns.models import Return, ReturnEvent
from lapak.trade.returns.rules import ReturnState
from lapak.trade.shipping.models import Parcel

FOR_BUYER: dict[str, Promise] = {
    State.AWAITING_PAYMENT: _("Ordered"),
    State.TO_PACK: _("Paid"),
    State.PACKED: _("Packed by the shop"),
    State.SHIPPED: _("With the courier"),
    State.DELIVERED: _("Arrived"),
    State.COMPLETED: _("Completed"),
    State.REFUNDED: _("Refund granted"),  # whether it is sent, or has arrived, each refund says
    State.CANCELLED: _("Cancelled"),
    OrderEvent.Kind.CANCEL_ASKED: _("You asked to cancel"),
    OrderEvent.Kind.CANCEL_DECLINED: _("The shop sends it all the same"),
    OrderEvent.Kind.GOODS_MISSING: _("The shop does not have some of the goods"),
    OrderEvent.Kind.HANDED_OVER: _("The courier has it, the number follows"),
    OrderEvent.Kind.NUMBER_CORRECTED: _("The shop corrected the tracking number"),
    OrderEvent.Kind.ADDRESS_CHANGED: _("You changed the address"),
    OrderEvent.Kind.NOT_ARRIVED: _("You said that it has not arrived"),
    OrderEvent.Kind.DISPUTED: _("The payment is in dispute"),
    OrderEvent.Kind.DISPUTE_OVER: _("The dispute is decided"),
}

FOR_SELLER: dict[str, Promise] = FOR_BUYER | {
    State.PACKED: _("Packed"),
    State.SHIPPED: _("Handed to the courier"),
    State.DELIVERED: _("Arrived at the buyer"),
    State.REFUNDED: _("Refunded"),
    OrderEvent.Kind.CANCEL_ASKED: _("The buyer asked to cancel"),
    OrderEvent.Kind.CANCEL_DECLINED: _("You declined to cancel"),
    OrderEvent.Kind.GOODS_MISSING: _("You took goods out that you do not have"),
    OrderEvent.Kind.HANDED_OVER: _("You showed that the courier has it"),
    OrderEvent.Kind.NUMBER_CORRECTED: _("You corrected the tracking number"),
    OrderEvent.Kind.ADDRESS_CHANGED: _("The buyer changed the address"),
    OrderEvent.Kind.NOT_ARRIVED: _("The buyer says that it has not arrived"),
}

FOR_OPERATOR: dict[str, Promise] = FOR_BUYER | {
    State.SHIPPED: FOR_SELLER[State.SHIPPED],
    State.DELIVERED: FOR_SELLER[State.DELIVERED],
    State.REFUNDED: FOR_SELLER[State.REFUNDED],
    OrderEvent.Kind.CANCEL_ASKED: FOR_SELLER[OrderEvent.Kind.CANCEL_ASKED],
    OrderEvent.Kind.NOT_ARRIVED: FOR_SELLER[OrderEvent.Kind.NOT_ARRIVED],
    OrderEvent.Kind.ADDRESS_CHANGED: FOR_SELLER[OrderEvent.Kind.ADDRESS_CHANGED],
}

WAY = [State.AWAITING_PAYMENT, State.TO_PACK, State.PACKED, State.SHIPPED, State.DELIVERED, State.COMPLETED]

OVERRULED = "overruled"
"""The operator decided for the buyer: the shop never agreed."""

RETURN_FOR_BUYER: dict[str, Promise] = {
    ReturnState.ASKED: _("Return asked for"),
    ReturnState.DECLINED: _("Declined by the shop"),
    ReturnState.ESCALATED: _("Taken to Lapak"),
    ReturnState.APPROVED: _("Agreed"),
    ReturnState.SENT_BACK: _("Sent back"),
    ReturnState.ARRIVED: _("Back at the shop"),
    ReturnState.REFUNDED: _("Refund granted"),
    ReturnState.SEND_AGAIN: _("To be sent to you again"),
    ReturnState.SENT_AGAIN: _("On its way to you again"),
    ReturnState.CLOSED: _("Closed without a refund"),
    OVERRULED: _("Lapak decided for you"),
}

RETURN_FOR_SELLER: dict[str, Promise] = RETURN_FOR_BUYER | {
    ReturnState.DECLINED: _("You declined"),
    ReturnState.SENT_BACK: _("Sent back by the buyer"),
    ReturnState.ARRIVED: _("Back with you"),
    ReturnState.REFUNDED: _("Refunded"),
    ReturnState.SEND_AGAIN: _("To be sent to the buyer again"),
    ReturnState.SENT_AGAIN: _("On its way to the buyer again"),
    OVERRULED: _("Lapak decided for the buyer"),
}

WAY_OF_RETURN = [
    ReturnState.ASKED,
    ReturnState.APPROVED,
    ReturnState.SENT_BACK,
    ReturnState.ARRIVED,
    ReturnState.REFUNDED,
]

WITHOUT_GOODS = [ReturnState.ASKED, ReturnState.APPROVED, ReturnState.REFUNDED]


@dataclass(frozen=True, slots=True)
class Step:
    """A row of `shell/components/timeline.html`; a step ahead has a moment when a clock runs towards it."""

    title: Promise
    phase: str
    moment: datetime | None = None
    note: str = ""


class OnItsWay(Protocol):
    """What has a state, and a moment at which a clock ends it."""

    @property
    def state(self) -> Any: ...

    @property
    def act_by(self) -> Any: ...


class Entered(Protocol):
    """That it came into a state, and when."""

    @property
    def state(self) -> Any: ...

    @property
    def happened_at(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Way:
    """The states that a thing goes through when all is well, in order; what every state is called; and which went wrong."""

    titles: Mapping[str, Promise]
    states: Sequence[str]
    bad: Collection[str]

    def story_of(self, thing: OnItsWay, events: Iterable[Entered]) -> list[Step]:
        """Every step so far, then the steps ahead; the next one by when the clock says."""
        taken = [Step(self.titles[each.state], self._phase(thing, each), each.happened_at) for each in events]
        if thing.state not in self.states:
            return taken
        ahead = self.states[self.states.index(thing.state) + 1 :]
        return taken + [Step(self.titles[state], "next", None if n else thing.act_by) for n, state in enumerate(ahead)]

    def _phase(self, thing: OnItsWay, event: Entered) -> str:
        if event.state in self.bad:
            return "bad"
        return "now" if event.state == thing.state and thing.act_by else "done"


def story_of_order(
    order: Order, events: Iterable[OrderEvent], titles: Mapping[str, Promise], parcel: Parcel | None = None
) -> list[Step]:
    """Every step and wish so far, then the steps ahead; a cancelled or refunded order has none ahead."""
    events = list(events)
    here = max(n for n, event in enumerate(events) if event.kind == OrderEvent.Kind.MOVED)
    is_over = order.state in {State.COMPLETED, State.REFUNDED}
    taken = [
        Step(
            _title(event, titles),
            _phase(event, is_now=n == here and not is_over),
            event.happened_at,
            _note(event, parcel),
        )
        for n, event in enumerate(events)
    ]
    if order.state in {State.CANCELLED, State.REFUNDED}:
        return taken
    ahead = WAY[WAY.index(State(order.state)) + 1 :]
    return taken + [_ahead(order, state, titles) for state in ahead]


def _title(event: OrderEvent, titles: Mapping[str, Promise]) -> Promise:
    return titles[event.to_state if event.kind == OrderEvent.Kind.MOVED else event.kind]


def _phase(event: OrderEvent, *, is_now: bool) -> str:
    if event.to_state == State.CANCELLED:
        return "bad"
    return "now" if is_now else "done"


def _note(event: OrderEvent, parcel: Parcel | None) -> str:
    """A reason of ours in the reader's language; a person's own words as they are."""
    if event.to_state == State.SHIPPED and event.kind == OrderEvent.Kind.MOVED and parcel:
        return f"{parcel.service.name} {parcel.tracking_number}"
    return gettext(event.reason) if event.reason else ""


def _ahead(order: Order, state: State, titles: Mapping[str, Promise]) -> Step:
    if order.disputed_at or order.open_return_id:  # its clocks stand still
        return Step(titles[state], "next", note=_waits_for(order) if state == State.COMPLETED else "")
    moment = {
        State.TO_PACK: order.pay_by if order.paid_at is None else None,
        State.PACKED: order.pack_by,
        State.SHIPPED: order.ship_by,
        State.COMPLETED: order.complete_at,
    }.get(state)
    note = gettext("at the latest") if moment else ""
    if state == State.COMPLETED:
        is_buyer = titles is FOR_BUYER
        note = gettext("by itself, unless you object") if is_buyer else gettext("by itself, unless the buyer objects")
    return Step(titles[state], "next", moment, note)


def _waits_for(order: Order) -> str:
    return gettext("when the dispute is decided") if order.disputed_at else gettext("when the return is over")


def story_of_return(return_: Return, events: Iterable[ReturnEvent], titles: Mapping[str, Promise]) -> list[Step]:
    """Every step taken, then those ahead; what happens after a refusal is not foretold."""
    taken = [
        Step(titles[_title_of_return(e)], _phase_of(return_, e), e.happened_at, _words(return_, e)) for e in events
    ]
    way = WAY_OF_RETURN if return_.goods_come_back else WITHOUT_GOODS
    if return_.state not in way:
        return taken
    ahead = [Step(titles[state], "next") for state in way[way.index(ReturnState(return_.state)) + 1 :]]
    if ahead and return_.act_by:
        ahead[0] = Step(ahead[0].title, "next", return_.act_by, gettext("at the latest"))
    return taken + ahead


def _title_of_return(event: ReturnEvent) -> str:
    is_overruled = event.to_state == ReturnState.APPROVED and event.actor is not None and event.actor.is_staff
    return OVERRULED if is_overruled else event.to_state


def _phase_of(return_: Return, event: ReturnEvent) -> str:
    if event.to_state in {ReturnState.DECLINED, ReturnState.CLOSED}:
        return "bad"
    return "now" if event.to_state == return_.state and return_.is_open else "done"


def _words(return_: Return, event: ReturnEvent) -> str:
    """A clock's reason is one of our own sentences, in the reader's language; a person's words stay as they are."""
    if event.to_state == ReturnState.SENT_BACK:
        return f"{return_.courier} {return_.tracking_number}"
    if event.to_state == ReturnState.SENT_AGAIN:
        return f"{return_.again_courier} {return_.again_tracking_number}"
    return gettext(event.words) if event.words and event.actor is None else event.words
