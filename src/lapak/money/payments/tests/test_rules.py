"""How a payment moves, without a database."""

import pytest

from lapak.lib.ids import new_id
from lapak.money.gateways.contract import ChargeReport
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.rules import Change, Outcome, Status, change_of, problem_with_report


def test_the_statuses_are_those_of_the_table() -> None:
    assert {status.value for status in Status} == set(PaymentIntent.Status.values)


@pytest.mark.parametrize(
    ("from_status", "to_status", "change"),
    [
        ("pending", Status.PAID, Change.MADE),
        ("pending", Status.EXPIRED, Change.MADE),
        ("expired", Status.PAID, Change.LATE),
        ("expired", Status.EXPIRED, Change.NOTHING),
        ("paid", Status.PAID, Change.NOTHING),
        ("paid", Status.EXPIRED, Change.NOTHING),
    ],
)
def test_every_step(from_status: str, to_status: Status, change: Change) -> None:
    assert change_of(from_status, to_status) is change
    assert bool(change) == (change is not Change.NOTHING)


@pytest.mark.parametrize(
    ("provider", "amount_idr", "problem"),
    [
        ("sandbox", 115_000, None),
        ("sandbox", 114_999, Outcome.AMOUNT_DIFFERS),
        ("sandbox", 1_150_000, Outcome.AMOUNT_DIFFERS),
        ("other", 115_000, Outcome.PROVIDER_DIFFERS),
    ],
)
def test_a_report_must_speak_of_the_payment_as_asked(provider: str, amount_idr: int, problem: Outcome | None) -> None:
    report = ChargeReport(new_id(), Status.PAID, amount_idr, 0, None)
    found = problem_with_report(report, from_provider=provider, asked_of_provider="sandbox", asked_idr=115_000)
    assert found is problem
