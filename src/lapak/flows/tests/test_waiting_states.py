"""Nobody waits for ever: every state that is not final has a clock or is on the operator's list, and every party a way on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.clocks import run_due_clocks
from lapak.flows.refund_return import accept_return, approve_return, uphold_return
from lapak.flows.ship_order import decide_fate, deliver_order
from lapak.flows.tests.every_state import ORDER_IN, RETURN_IN
from lapak.lib import clock
from lapak.lib.refusal import Refusal
from lapak.testing.cast import Cast
from lapak.testing.histories import asked_return, tracking_number
from lapak.testing.refused import refused
from lapak.trade.orders.cancelling import ask_to_cancel
from lapak.trade.orders.commands import claim_not_arrived, show_handed_over
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import orders_not_arrived
from lapak.trade.orders.rules import TRANSITIONS, State
from lapak.trade.returns import asking, deciding, sending
from lapak.trade.returns.queries import escalated_returns
from lapak.trade.returns.rules import OPEN, ReturnState

pytestmark = pytest.mark.django_db

Act = Callable[[Any, Cast], object]


ORDER_EXITS: dict[State, dict[str, Act]] = {
    State.AWAITING_PAYMENT: {"buyer": lambda o, c: cancel_unpaid_purchase(c.buyer, o.purchase_id, "")},
    State.TO_PACK: {
        "buyer": lambda o, c: cancel_paid_order(c.buyer, o.id, ""),
        "seller": lambda o, c: cancel_paid_order(c.seller, o.id, "Broken."),
    },
    State.PACKED: {
        "buyer": lambda o, c: ask_to_cancel(c.buyer, o.id),
        "seller": lambda o, c: show_handed_over(c.seller, o.id, "Manifest 0815"),
    },
    State.SHIPPED: {
        "buyer": lambda o, c: after(o.arrive_by, claim_not_arrived, c.buyer, o.id),
        "seller": lambda o, c: after(o.arrive_by, deliver_order, c.seller, o.id),
        "operator": lambda o, c: after(o.arrive_by, decide_fate, c.operator, o.id, "lost", "The courier says so."),
    },
    State.DELIVERED: {
        "buyer": lambda o, c: asked_return(c, o),
        "seller": lambda o, _c: after(o.complete_at, run_due_clocks),
    },
    State.COMPLETED: {
        "buyer": lambda o, c: asked_return(c, o, reason="faulty"),
        "seller": lambda _o, _c: run_due_clocks(),
    },
}
"""Per state, what each party who has something to lose in it can do by themselves. Before it is paid a shop has nothing
to lose but time, which the clock gives back; after it arrived only its money is open, which the clocks bring."""


def after(deadline: Any, act: Callable[..., object], *args: object) -> object:
    with clock.stopped_at(deadline + timedelta(seconds=1)):
        return act(*args)


RETURN_EXITS: dict[str, dict[str, Act]] = {
    "asked": {
        "buyer": lambda r, c: asking.withdraw_return(c.buyer, r.id),
        "seller": lambda r, c: deciding.decline_return(c.seller, r.id, "No."),
    },
    "declined": {
        "buyer": lambda r, c: asking.escalate_return(c.buyer, r.id, "Please."),
        "seller": lambda r, c: approve_return(c.seller, r.id),
    },
    "declined, goods at the shop": {
        "buyer": lambda r, c: asking.escalate_return(c.buyer, r.id, "Please."),
        "seller": lambda r, c: approve_return(c.seller, r.id),
    },
    "escalated": {
        "buyer": lambda r, c: asking.withdraw_return(c.buyer, r.id),
        "seller": lambda r, c: approve_return(c.seller, r.id),
        "operator": lambda r, c: uphold_return(c.operator, r.id, "Yes."),
    },
    "approved": {
        "buyer": lambda r, c: sending.send_back(c.buyer, r.id, "JNE", tracking_number()),
        "seller": lambda r, _c: after(r.act_by, run_due_clocks),
    },
    "sent_back": {
        "buyer": lambda r, _c: after(r.act_by, run_due_clocks),
        "seller": lambda r, c: deciding.decline_return(c.seller, r.id, "Nothing came."),
    },
    "arrived": {
        "buyer": lambda r, _c: after(r.act_by, run_due_clocks),
        "seller": lambda r, c: accept_return(c.seller, r.id),
    },
    "send_again": {
        "buyer": lambda r, _c: after(r.act_by, run_due_clocks),
        "seller": lambda r, c: sending.send_again(c.seller, r.id, "JNE", "JP210987654321"),
    },
    "sent_again": {
        "buyer": lambda r, c: asking.escalate_return(c.buyer, r.id, "Nothing came."),
        "seller": lambda r, _c: after(r.act_by, run_due_clocks),
    },
}
"""Where a party can only wait, the clock is its way on."""


def let_days_pass(days: int) -> None:
    """With the sweeps as punctual as once a day."""
    start = clock.now()
    for day in range(1, days + 1):
        with clock.stopped_at(start + timedelta(days=day)):
            run_due_clocks()


def test_no_state_is_left_out() -> None:
    assert set(ORDER_IN) == set(ORDER_EXITS) == {state for state in State if TRANSITIONS[state]}
    assert {name.partition(",")[0] for name in RETURN_IN} == {state.value for state in OPEN}
    assert set(RETURN_EXITS) == set(RETURN_IN)


@pytest.mark.parametrize("state", ORDER_IN)
def test_an_order_left_alone_moves_on_or_is_on_the_operator_s_list(cast: Cast, state: State) -> None:
    order = ORDER_IN[state](cast)
    assert order.state == state
    let_days_pass(40)
    with clock.stopped_at(clock.now() + timedelta(days=40)):
        is_on_list = order in orders_not_arrived()
    order.refresh_from_db()
    assert is_on_list == (state == State.SHIPPED)
    assert is_on_list or order.settled_at or order.state == State.CANCELLED


@pytest.mark.parametrize("name", RETURN_IN)
def test_a_return_left_alone_ends_or_is_on_the_operator_s_list(cast: Cast, name: str) -> None:
    return_ = RETURN_IN[name](cast)
    assert return_.state == name.partition(",")[0]
    let_days_pass(40)
    return_.refresh_from_db()
    assert return_.state in {ReturnState.REFUNDED, ReturnState.CLOSED} or return_ in escalated_returns()
    if return_.has_left_buyer and return_.state == ReturnState.CLOSED:
        raise AssertionError("closed against a buyer who has neither goods nor money")


@pytest.mark.parametrize(("state", "party"), [(state, who) for state, exits in ORDER_EXITS.items() for who in exits])
def test_every_party_of_an_order_has_a_way_on(cast: Cast, state: State, party: str) -> None:
    order = ORDER_IN[state](cast)
    before = trace(order)
    ORDER_EXITS[state][party](order, cast)
    assert trace(order) != before


@pytest.mark.parametrize(("name", "party"), [(name, who) for name, exits in RETURN_EXITS.items() for who in exits])
def test_every_party_of_a_return_has_a_way_on(cast: Cast, name: str, party: str) -> None:
    return_ = RETURN_IN[name](cast)
    before = return_.events.count()
    RETURN_EXITS[name][party](return_, cast)
    assert return_.events.count() > before


def trace(order: Order) -> tuple[str, int, object, object]:
    """What an act leaves on an order: its state, its events, its return, its settlement."""
    order = Order.objects.get(id=order.id)
    return order.state, order.events.count(), order.open_return_id, order.settled_at


def test_what_a_buyer_cannot_take_back_they_are_told(cast: Cast) -> None:
    """Withdrawing after the goods were sent would lose both: refused, in every state after that."""
    for name in ("declined, goods at the shop", "sent_back", "arrived", "send_again"):
        return_ = RETURN_IN[name](cast)
        with refused(Refusal, of_this_family=True):
            asking.withdraw_return(cast.buyer, return_.id)
