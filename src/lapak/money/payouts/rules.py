"""What may be paid out, and how a payout moves."""

from enum import StrEnum

from lapak.money.gateways.contract import DisbursementReport
from lapak.money.gateways.rules import ReportOutcome
from lapak.money.payouts.errors import AmountAboveBalance, AmountTooSmall


class Status(StrEnum):
    """Where a payout stands. The same values as `Payout.Status`."""

    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    RETURNED = "returned"


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.SENT: frozenset({Status.CONFIRMED, Status.FAILED}),
    Status.CONFIRMED: frozenset({Status.RETURNED}),
    Status.FAILED: frozenset(),
    Status.RETURNED: frozenset(),
}
"""Every allowed step. A bank may send back what had arrived. What came back stays ended: the money is in the balance
again, and may be on its way anew."""


def may_move(from_status: str, to_status: Status) -> bool:
    """Whether a payout may go from one status to another."""
    return to_status in TRANSITIONS[Status(from_status)]


def payout_idr(balance_idr: int, asked_idr: int | None, smallest_idr: int) -> int:
    """How much is sent: what was asked, else the whole balance.

    Refuses more than the balance (`AmountAboveBalance`), and less than the smallest payout of this kind of money
    (`AmountTooSmall`): zero and negative amounts among them.
    """
    amount_idr = balance_idr if asked_idr is None else asked_idr
    if amount_idr > balance_idr:
        raise AmountAboveBalance(balance_idr)
    if amount_idr < smallest_idr:
        raise AmountTooSmall(smallest_idr)
    return amount_idr


class Outcome(ReportOutcome):
    """What processing a provider's report came to."""

    CONFIRMED = "confirmed"
    FAILED = "failed"
    RETURNED = "returned"
    NOTHING_NEW = "ignored: nothing new"
    UNKNOWN_PAYOUT = "refused: unknown payout"
    PROVIDER_DIFFERS = "refused: another provider's payout"
    AMOUNT_DIFFERS = "refused: amount differs"
    ENDED_OTHERWISE = "refused: ended the other way"


def problem_with_report(
    report: DisbursementReport, *, from_provider: str, sent_through: str, sent_idr: int
) -> Outcome | None:
    """Why the report must not be acted on; None when it speaks of the payout as it was sent."""
    if from_provider != sent_through:
        return Outcome.PROVIDER_DIFFERS
    if report.amount_idr != sent_idr:
        return Outcome.AMOUNT_DIFFERS
    return None
