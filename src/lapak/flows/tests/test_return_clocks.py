"""What time alone does to a return, and to the order that waits for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.flows.clocks import run_due_clocks
from lapak.flows.refund_return import (
    accept_return,
    approve_return,
    approve_unanswered_return,
    refund_uninspected_return,
    uphold_return,
)
from lapak.lib import clock
from lapak.lib.calendar import after_working_days
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import escalate_return, withdraw_return
from lapak.trade.returns.deciding import close_overdue_return, decline_return, dismiss_return
from lapak.trade.returns.errors import ReturnLate, ReturnMoved
from lapak.trade.returns.models import Return
from lapak.trade.returns.queries import escalated_returns
from lapak.trade.returns.sending import count_as_arrived, receive_return, send_again, send_back

pytestmark = pytest.mark.django_db

Ask = Callable[..., Return]


def sent_again(cast: Cast, declined: Return) -> Return:
    escalate_return(cast.buyer, declined.id, "It was not.")
    dismiss_return(cast.operator, declined.id, "The picture shows wear.")
    return send_again(cast.seller, declined.id, "JNE", "JX0009876543")


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


class TestTheDaysOfTheOrder:
    """Another fault may show while a first return takes its weeks; only one is open at a time."""

    def left(self, order: Order) -> timedelta:
        order.refresh_from_db()
        assert order.complete_at
        return order.complete_at - clock.now()

    def test_after_a_refund_the_days_to_ask_for_the_rest_are_as_many_as_before(
        self, cast: Cast, delivered: Order, ask: Ask
    ) -> None:
        now = clock.now()
        with clock.stopped_at(now + timedelta(days=2)):
            return_, before = ask(1), self.left(delivered)
        with clock.stopped_at(now + timedelta(days=3)):
            approve_return(cast.seller, return_.id)
        with clock.stopped_at(now + timedelta(days=8)):
            send_back(cast.buyer, return_.id, "JNE", "JX0001234568")
        with clock.stopped_at(now + timedelta(days=14)):
            receive_return(cast.seller, return_.id)
            accept_return(cast.seller, return_.id)
            run_due_clocks()
            assert self.left(delivered) == before
            assert ask(1).is_open

    def test_after_one_withdrawn_they_are_what_they_were(self, cast: Cast, delivered: Order, ask: Ask) -> None:
        """Else whoever asks and withdraws again and again would keep the shop from its money."""
        return_, last_day = ask(1), delivered.complete_at
        with clock.stopped_at(clock.now() + timedelta(days=1)):
            withdraw_return(cast.buyer, return_.id)
        delivered.refresh_from_db()
        assert delivered.complete_at == last_day


def test_an_order_waits_for_its_return_beyond_its_last_day(cast: Cast, delivered: Order, ask: Ask) -> None:
    return_ = ask()
    approve_return(cast.seller, return_.id)
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        send_back(cast.buyer, return_.id, "JNE", "JX0001234567")
    assert clocks_after(days=7) == {}
    assert state_of(delivered) == "delivered"


def test_a_refusal_not_contested_within_two_days_stands(cast: Cast, delivered: Order, ask: Ask) -> None:
    return_ = ask()
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        decline_return(cast.seller, return_.id, "It was worn.")
    assert clocks_after(days=2.9) == {}
    assert clocks_after(days=3.1) == {"returns_uncontested": 1}
    assert (state_of(return_), state_of(delivered)) == ("closed", "delivered")
    assert clocks_after(days=6.1) == {"completed": 1, "settled": 1, "credited": 1}


def test_when_a_return_ends_late_the_order_completes_in_the_same_sweep(cast: Cast, delivered: Order, ask: Ask) -> None:
    return_ = ask()
    decline_return(cast.seller, return_.id, "It was worn.")
    assert clocks_after(days=6.1) == {"returns_uncontested": 1, "completed": 1, "settled": 1, "credited": 1}
    assert state_of(delivered) == "completed"


def test_goods_not_sent_within_five_days(cast: Cast, ask: Ask) -> None:
    return_ = ask()
    approve_return(cast.seller, return_.id)
    assert clocks_after(days=4.9) == {}
    assert clocks_after(days=5.1) == {"returns_unsent": 1}
    assert state_of(return_) == "closed"


def test_a_parcel_the_shop_says_nothing_of_counts_as_arrived_and_then_as_inspected(cast: Cast, ask: Ask) -> None:
    return_ = ask()
    approve_return(cast.seller, return_.id)
    send_back(cast.buyer, return_.id, "JNE", "JX0001234567")
    assert clocks_after(days=9.9) == {}
    assert clocks_after(days=10.1) == {"returns_unreported": 1}
    assert clocks_after(days=10.2 + 6) == {"returns_uninspected": 1}
    assert clocks_after(days=10.2 + 6 + 6.1) == {"completed": 1, "settled": 1, "credited": 1}
    assert state_of(return_) == "refunded"


def test_goods_not_inspected_within_two_working_days_are_accepted(cast: Cast, ask: Ask) -> None:
    return_ = ask()
    approve_return(cast.seller, return_.id)
    send_back(cast.buyer, return_.id, "JNE", "JX0001234567")
    due = receive_return(cast.seller, return_.id).act_by
    assert due is not None
    with clock.stopped_at(due):
        assert run_due_clocks()["returns_uninspected"] == 0
    with clock.stopped_at(due + timedelta(seconds=1)):
        assert run_due_clocks()["returns_uninspected"] == 1
    assert state_of(return_) == "refunded"


def test_what_waits_for_the_operator_waits_and_is_late_after_five_working_days(
    cast: Cast, delivered: Order, ask: Ask
) -> None:
    return_ = ask()
    decline_return(cast.seller, return_.id, "It was worn.")
    escalated = escalate_return(cast.buyer, return_.id, "It was not.")
    assert escalated.act_by == after_working_days(clock.now(), 5, "Asia/Jakarta")
    assert clocks_after(days=60) == {}
    assert state_of(delivered) == "delivered"
    assert list(escalated_returns()) == [return_]


class TestAfterTheGoodsWereSent:
    """Whoever is without goods and money is not closed against."""

    @pytest.fixture
    def declined(self, cast: Cast, ask: Ask) -> Return:
        return_ = ask()
        approve_return(cast.seller, return_.id)
        send_back(cast.buyer, return_.id, "JNE", "JX0001234567")
        receive_return(cast.seller, return_.id)
        return decline_return(cast.seller, return_.id, "It was worn.")

    def test_a_silent_buyer_is_with_the_operator(self, declined: Return) -> None:
        assert clocks_after(days=1.9) == {}
        assert clocks_after(days=2.1) == {"returns_silent": 1}
        assert state_of(declined) == "escalated"

    def test_no_clock_closes_it(self, declined: Return) -> None:
        with clock.stopped_at(clock.now() + timedelta(days=3)), refused(ReturnMoved):
            close_overdue_return(declined.id, "")
        assert state_of(declined) == "declined"

    def test_decided_for_the_shop_the_goods_are_sent_again(self, cast: Cast, declined: Return) -> None:
        escalate_return(cast.buyer, declined.id, "It was not.")
        assert dismiss_return(cast.operator, declined.id, "The picture shows wear.").state == "send_again"
        with refused(ReturnMoved):
            withdraw_return(cast.buyer, declined.id)
        sent = send_again(cast.seller, declined.id, "JNE", "JX0009876543")
        assert (sent.state, sent.again_courier, sent.again_tracking_number) == ("sent_again", "JNE", "JX0009876543")
        assert withdraw_return(cast.buyer, declined.id).state == "closed"  # they have come

    def test_sent_again_the_money_waits_until_they_have_come(self, cast: Cast, declined: Return) -> None:
        """A number is written in a second: whoever has neither goods nor money may still say so."""
        order_id = declined.order_id
        sent = sent_again(cast, declined)
        assert clocks_after(days=9) == {}
        assert sent.act_by
        with clock.stopped_at(sent.act_by + timedelta(seconds=1)):
            with refused(ReturnLate):
                escalate_return(cast.buyer, declined.id, "Nothing came.")
            assert {"returns_sent_again", "settled"} <= {what for what, count in run_due_clocks().items() if count}
        assert state_of(declined) == "closed"
        assert Order.objects.get(id=order_id).settled_at

    def test_what_did_not_come_again_lapak_decides(self, cast: Cast, declined: Return) -> None:
        sent_again(cast, declined)
        with refused(ReturnMoved):
            send_again(cast.seller, declined.id, "JNE", "JX0009876544")
        with refused(ReturnMoved):
            accept_return(cast.seller, declined.id)
        assert escalate_return(cast.buyer, declined.id, "Nothing came.") in escalated_returns()
        assert uphold_return(cast.operator, declined.id, "Its courier knows of nothing.").state == "refunded"

    def test_what_did_come_again_is_not_sent_a_third_time(self, cast: Cast, declined: Return) -> None:
        sent_again(cast, declined)
        escalate_return(cast.buyer, declined.id, "Nothing came.")
        assert dismiss_return(cast.operator, declined.id, "The courier shows who took it.").state == "closed"

    def test_or_the_buyer_is_refunded(self, cast: Cast, declined: Return) -> None:
        escalate_return(cast.buyer, declined.id, "It was not.")
        due = dismiss_return(cast.operator, declined.id, "The picture shows wear.").act_by
        assert due == after_working_days(clock.now(), 3, "Asia/Jakarta")
        with clock.stopped_at(due + timedelta(seconds=1)):
            with refused(ReturnLate):
                send_again(cast.seller, declined.id, "JNE", "JX0009876543")
            assert run_due_clocks()["returns_unsent_again"] == 1
        assert state_of(declined) == "refunded"

    def test_at_once_if_the_shop_likes(self, cast: Cast, declined: Return) -> None:
        escalate_return(cast.buyer, declined.id, "It was not.")
        dismiss_return(cast.operator, declined.id, "The picture shows wear.")
        assert accept_return(cast.seller, declined.id).state == "refunded"


class TestDeadlinesHoldHoweverLateTheSweep:
    def test_the_shop_may_not_decline_after_its_two_days(self, cast: Cast, ask: Ask) -> None:
        return_ = ask()
        assert return_.act_by is not None
        with clock.stopped_at(return_.act_by + timedelta(seconds=1)):
            self.is_late(return_, lambda: decline_return(cast.seller, return_.id, "No."))
            assert run_due_clocks()["returns_unanswered"] == 1
        assert state_of(return_) == "approved"

    def test_what_the_shop_declined_in_its_last_second_is_not_approved(self, cast: Cast, ask: Ask) -> None:
        return_ = ask()
        assert return_.act_by is not None
        with clock.stopped_at(return_.act_by):
            decline_return(cast.seller, return_.id, "No.")
        with clock.stopped_at(return_.act_by + timedelta(seconds=1)), refused(ReturnMoved):
            approve_unanswered_return(return_.id, "")
        assert state_of(return_) == "declined"

    def test_nor_after_its_two_working_days_to_inspect(self, cast: Cast, ask: Ask) -> None:
        return_ = ask()
        approve_return(cast.seller, return_.id)
        send_back(cast.buyer, return_.id, "JNE", "JX0001234567")
        due = receive_return(cast.seller, return_.id).act_by
        assert due is not None
        with clock.stopped_at(due + timedelta(seconds=1)):
            self.is_late(return_, lambda: decline_return(cast.seller, return_.id, "No."))

    def test_nor_does_the_buyer_send_or_object_late(self, cast: Cast, ask: Ask) -> None:
        return_ = ask()
        due = decline_return(cast.seller, return_.id, "No.").act_by
        assert due is not None
        with clock.stopped_at(due + timedelta(seconds=1)):
            self.is_late(return_, lambda: escalate_return(cast.buyer, return_.id, "Please."))
            due = approve_return(cast.seller, return_.id).act_by
        assert due is not None
        with clock.stopped_at(due + timedelta(seconds=1)):
            self.is_late(return_, lambda: send_back(cast.buyer, return_.id, "JNE", "JX0001234567"))

    def is_late(self, return_: Return, act: Callable[[], object]) -> None:
        before, state = rows_everywhere(), state_of(return_)
        with refused(ReturnLate):
            act()
        assert (rows_everywhere(), state_of(return_)) == (before, state)


def test_no_clock_strikes_early_or_for_another_state(ask: Ask) -> None:
    return_ = ask()
    before = rows_everywhere()
    acts = (approve_unanswered_return, refund_uninspected_return, close_overdue_return, count_as_arrived)
    for act in acts:
        with refused(ReturnMoved):
            act(return_.id, "")
    with clock.stopped_at(clock.now() + timedelta(days=3)):
        for act in acts[1:]:
            with refused(ReturnMoved):
                act(return_.id, "")
    assert rows_everywhere() == before
    assert state_of(return_) == "asked"
