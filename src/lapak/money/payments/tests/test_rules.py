"""How a payment moves, without a database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from lapak.money.payments.models import PaymentIntent, Refund
from lapak.money.payments.rules import (
    REFUND_TRANSITIONS,
    Change,
    RefundState,
    Status,
    believable_paid_at,
    change_of,
    may_refund_move,
    next_ask,
)


def test_the_statuses_are_those_of_the_table() -> None:
    assert {status.value for status in Status} == set(PaymentIntent.Status.values)


@pytest.mark.parametrize(
    ("from_status", "to_status", "change"),
    [
        ("pending", Status.PAID, Change.MADE),
        ("pending", Status.EXPIRED, Change.MADE),
        ("pending", Status.FAILED, Change.MADE),
        ("expired", Status.PAID, Change.LATE),
        ("failed", Status.PAID, Change.LATE),
        ("expired", Status.EXPIRED, Change.NOTHING),
        ("paid", Status.PAID, Change.NOTHING),
        ("paid", Status.EXPIRED, Change.NOTHING),
    ],
)
def test_every_step(from_status: str, to_status: Status, change: Change) -> None:
    assert change_of(from_status, to_status) is change
    assert bool(change) == (change is not Change.NOTHING)


NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "is_believed"),
    [
        (NOON, True),
        (NOON - timedelta(minutes=4), True),
        (NOON - timedelta(minutes=6), False),
        (NOON + timedelta(minutes=34), True),
        (NOON + timedelta(minutes=36), False),
        (datetime.max.replace(tzinfo=UTC), False),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), False),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=12))), False),
    ],
)
def test_a_clock_that_cannot_be_right_is_not_believed(said: datetime, is_believed: bool) -> None:
    found = believable_paid_at(said, asked_at=NOON, told_at=NOON + timedelta(minutes=30))
    assert found == (said if is_believed else None)


def test_asked_again_after_an_hour_and_after_a_day() -> None:
    assert [next_ask(times, NOON) for times in (1, 2, 3)] == [
        NOON + timedelta(hours=1), NOON + timedelta(hours=23), None,
    ]  # fmt: skip


def test_the_states_of_a_refund_are_those_of_its_table() -> None:
    assert {state.value for state in RefundState} == set(Refund.Status.values)
    assert set(REFUND_TRANSITIONS) == set(RefundState)


@pytest.mark.parametrize("to", RefundState)
@pytest.mark.parametrize("start", RefundState)
def test_every_step_of_a_refund(start: RefundState, to: RefundState) -> None:
    allowed = {
        ("owed", "sent"), ("owed", "failed"), ("sent", "arrived"), ("sent", "failed"), ("sent", "owed"),
        ("arrived", "owed"),
    }  # fmt: skip
    assert may_refund_move(start, to) == ((start, to) in allowed)
