"""What may be paid out and how a payout moves, without a database."""

from itertools import product

import pytest

from lapak.lib.ids import new_id
from lapak.money.gateways.contract import DisbursementReport, DisbursementStatus
from lapak.money.ledger.models import AccountKind
from lapak.money.payouts.errors import AmountAboveBalance, AmountTooSmall
from lapak.money.payouts.models import Payout
from lapak.money.payouts.payable import SMALLEST_PAYOUT_IDR
from lapak.money.payouts.rules import Outcome, Status, may_move, payout_idr, problem_with_report


def test_the_statuses_are_those_of_the_table() -> None:
    assert {status.value for status in Status} == set(Payout.Status.values)


def test_every_step() -> None:
    allowed = {(source, target) for source, target in product(Status, Status) if may_move(source, target)}
    assert allowed == {
        (Status.SENT, Status.CONFIRMED), (Status.SENT, Status.FAILED), (Status.CONFIRMED, Status.RETURNED),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("balance_idr", "asked_idr", "sent_idr"),
    [(87_780, None, 87_780), (87_780, 10_000, 10_000), (87_780, 87_780, 87_780), (10_000, None, 10_000)],
)
def test_what_was_asked_or_everything(balance_idr: int, asked_idr: int | None, sent_idr: int) -> None:
    assert payout_idr(balance_idr, asked_idr, 10_000) == sent_idr


@pytest.mark.parametrize("asked_idr", [87_781, 10**15])
def test_never_more_than_the_balance(asked_idr: int) -> None:
    with pytest.raises(AmountAboveBalance, match=r"Rp87\.780"):
        payout_idr(87_780, asked_idr, 10_000)


@pytest.mark.parametrize(
    ("balance_idr", "asked_idr"),
    [(87_780, 9_999), (87_780, 0), (87_780, -87_780), (9_999, None), (0, None), (-5, None)],
)
def test_never_less_than_the_smallest(balance_idr: int, asked_idr: int | None) -> None:
    with pytest.raises(AmountTooSmall, match=r"Rp10\.000"):
        payout_idr(balance_idr, asked_idr, 10_000)


def test_a_buyers_refund_is_paid_however_small() -> None:
    assert payout_idr(1, None, SMALLEST_PAYOUT_IDR[AccountKind.BUYER_REFUND_PAYABLE]) == 1


@pytest.mark.parametrize(
    ("provider", "amount_idr", "problem"),
    [
        ("sandbox", 87_780, None),
        ("sandbox", 87_779, Outcome.AMOUNT_DIFFERS),
        ("bank_file", 87_780, Outcome.PROVIDER_DIFFERS),
    ],
)
def test_a_report_must_speak_of_the_payout_as_sent(provider: str, amount_idr: int, problem: Outcome | None) -> None:
    report = DisbursementReport(new_id(), DisbursementStatus.ARRIVED, amount_idr, "")
    assert problem_with_report(report, from_provider=provider, sent_through="sandbox", sent_idr=87_780) is problem
