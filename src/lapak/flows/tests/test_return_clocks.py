"""What time alone does to a return, and to the order that waits for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.flows.clocks import run_due_clocks
from lapak.flows.refund_return import approve_return, approve_unanswered_return, refund_uninspected_return
from lapak.lib import clock
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast
from lapak.trade.orders.models import Order
from lapak.trade.returns.commands import (
    close_overdue_return,
    count_as_arrived,
    decline_return,
    escalate_return,
    receive_return,
    send_back,
)
from lapak.trade.returns.errors import ReturnMoved
from lapak.trade.returns.models import Return

pytestmark = pytest.mark.django_db

Ask = Callable[..., Return]


def clocks_after(**span: float) -> dict[str, int]:
    with clock.stopped_at(clock.now() + timedelta(**span)):
        return {what: count for what, count in run_due_clocks().items() if count}


def state_of(row: Order | Return) -> str:
    row.refresh_from_db()
    return row.state


def test_a_shop_silent_for_two_days_has_agreed(ask: Ask) -> None:
    return_ = ask()
    assert clocks_after(hours=47) == {}
    assert clocks_after(hours=49) == {"returns_unanswered": 1}
    assert state_of(return_) == "approved"
    event = return_.events.latest("id")
    assert (event.actor, event.words) == (None, "The shop did not answer in time, which counts as agreement.")


def test_and_when_no_goods_are_to_come_the_buyer_is_refunded(delivered: Order, ask: Ask) -> None:
    return_ = ask(2, "missing")
    assert clocks_after(hours=49) == {"returns_unanswered": 1}
    assert (state_of(return_), state_of(delivered)) == ("refunded", "refunded")


def test_an_order_waits_for_its_return_beyond_its_last_day(cast: Cast, delivered: Order, ask: Ask) -> None:
    return_ = ask()
    approve_return(return_.id, cast.seller)
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        send_back(return_.id, cast.buyer, "JNE", "JX0001234567")
    assert clocks_after(days=7) == {}
    assert state_of(delivered) == "delivered"


def test_a_refusal_not_contested_within_two_days_stands(cast: Cast, delivered: Order, ask: Ask) -> None:
    return_ = ask()
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        decline_return(return_.id, cast.seller, "It was worn.")
    assert clocks_after(days=2.9) == {}
    assert clocks_after(days=3.1) == {"returns_uncontested": 1}
    assert (state_of(return_), state_of(delivered)) == ("closed", "delivered")
    assert clocks_after(days=6.1) == {"completed": 1, "settled": 1, "credited": 1}


def test_when_a_return_ends_late_the_order_completes_in_the_same_sweep(cast: Cast, delivered: Order, ask: Ask) -> None:
    return_ = ask()
    decline_return(return_.id, cast.seller, "It was worn.")
    assert clocks_after(days=6.1) == {"returns_uncontested": 1, "completed": 1, "settled": 1, "credited": 1}
    assert state_of(delivered) == "completed"


def test_goods_not_sent_within_five_days(cast: Cast, ask: Ask) -> None:
    return_ = ask()
    approve_return(return_.id, cast.seller)
    assert clocks_after(days=4.9) == {}
    assert clocks_after(days=5.1) == {"returns_unsent": 1}
    assert state_of(return_) == "closed"


def test_a_parcel_the_shop_says_nothing_of_counts_as_arrived_and_then_as_inspected(cast: Cast, ask: Ask) -> None:
    return_ = ask()
    approve_return(return_.id, cast.seller)
    send_back(return_.id, cast.buyer, "JNE", "JX0001234567")
    assert clocks_after(days=9.9) == {}
    assert clocks_after(days=10.1) == {"returns_unreported": 1}
    assert clocks_after(days=10.2 + 6) == {"returns_uninspected": 1, "completed": 1, "settled": 1, "credited": 1}
    assert state_of(return_) == "refunded"


def test_goods_not_inspected_within_two_working_days_are_accepted(cast: Cast, ask: Ask) -> None:
    return_ = ask()
    approve_return(return_.id, cast.seller)
    send_back(return_.id, cast.buyer, "JNE", "JX0001234567")
    due = receive_return(return_.id, cast.seller).act_by
    assert due is not None
    with clock.stopped_at(due):
        assert run_due_clocks()["returns_uninspected"] == 0
    with clock.stopped_at(due + timedelta(seconds=1)):
        assert run_due_clocks()["returns_uninspected"] == 1
    assert state_of(return_) == "refunded"


def test_what_waits_for_the_operator_waits(cast: Cast, delivered: Order, ask: Ask) -> None:
    return_ = ask()
    decline_return(return_.id, cast.seller, "It was worn.")
    escalate_return(return_.id, cast.buyer, "It was not.")
    assert clocks_after(days=60) == {}
    assert state_of(delivered) == "delivered"


def test_no_clock_strikes_early_or_for_another_state(ask: Ask) -> None:
    return_ = ask()
    before = rows_everywhere()
    acts = (approve_unanswered_return, refund_uninspected_return, close_overdue_return, count_as_arrived)
    for act in acts:
        with pytest.raises(ReturnMoved):
            act(return_.id, "")
    with clock.stopped_at(clock.now() + timedelta(days=3)):
        for act in acts[1:]:
            with pytest.raises(ReturnMoved):
                act(return_.id, "")
    assert rows_everywhere() == before
    assert state_of(return_) == "asked"
