"""How a payment moves, and whether what a provider reports is what was asked."""

from datetime import datetime, timedelta
from enum import Enum, StrEnum

from lapak.money.gateways.contract import ChargeStatus, DisputeStatus
from lapak.money.gateways.rules import ReportOutcome

Status = ChargeStatus
"""Where an attempt stands: the same words as for the charge that asks for it. The same values as `PaymentIntent.Status`."""


class Change(Enum):
    """What a reported step comes to. False only when nothing changes."""

    NOTHING = "nothing"
    MADE = "made"
    LATE = "late"
    """Money came after the payment had expired: it is owed back to the buyer, never lost (docs/concepts/money.md)."""

    def __bool__(self) -> bool:
        return self is not Change.NOTHING


CHANGES: dict[tuple[Status, Status], Change] = {
    (Status.PENDING, Status.PAID): Change.MADE,
    (Status.PENDING, Status.EXPIRED): Change.MADE,
    (Status.PENDING, Status.FAILED): Change.MADE,
    (Status.EXPIRED, Status.PAID): Change.LATE,
    (Status.FAILED, Status.PAID): Change.LATE,
}
"""Every step that changes something. The others are repeats or arrive out of order: a paid payment stays paid."""


def change_of(from_status: str, to_status: Status) -> Change:
    """What moving from one status to another comes to."""
    return CHANGES.get((Status(from_status), to_status), Change.NOTHING)


class Outcome(ReportOutcome):
    """What a report about a payment came to."""

    PAID = "paid"
    PAID_LATE = "paid late"
    EXPIRED = "expired"
    NOTHING_NEW = "ignored: nothing new"
    UNKNOWN_INTENT = "refused: unknown payment"
    PROVIDER_DIFFERS = "refused: another provider's payment"
    AMOUNT_UNEXPLAINED = "kept: amount differs"
    AMOUNT_DIFFERS = "refused: amount differs"
    FAILED = "failed"


GRACE = timedelta(minutes=3)
"""So long after its end an attempt may still be told as paid before its provider is asked, and its goods go free."""

WAITS_FOR_PROVIDER = timedelta(hours=1)
"""So long after its end a purchase keeps its goods while the provider does not answer. Then what was paid is refunded."""

ASKED_AGAIN = (timedelta(hours=1), timedelta(hours=23))
"""Pauses after the first time an ended attempt was asked about: 1 h and 24 h later its provider may know better."""

CLOCKS_DIFFER = timedelta(minutes=5)
"""So far a provider's clock may be off ours before its word on a moment is doubted."""


def believable_paid_at(said: datetime, asked_at: datetime, told_at: datetime) -> datetime | None:
    """The moment the provider says the buyer paid; None when that cannot be: before it was asked, or in the future."""
    return said if asked_at - CLOCKS_DIFFER <= said <= told_at + CLOCKS_DIFFER else None


def believable_fee_idr(said_idr: int, amount_idr: int) -> int:
    """What a provider keeps of a payment: never more than came, nor less than nothing, whatever it says. The rest of its word
    is a difference of its statement."""
    return max(0, min(said_idr, amount_idr))


def next_ask(times_asked: int, now: datetime) -> datetime | None:
    """When the provider is asked again about an attempt that is over; None when it was asked often enough."""
    return now + ASKED_AGAIN[times_asked - 1] if times_asked <= len(ASKED_AGAIN) else None


def is_from_another(from_provider: str, asked_of_provider: str) -> bool:
    """Whether a partner speaks of what another was asked for."""
    return from_provider != asked_of_provider


REFUND_ARRIVES_WITHIN = 3
"""Working days that the buyer's bank or wallet may take for a refund, as we tell the buyer."""


class RefundState(StrEnum):
    """Where a refund stands. The same values as `Refund.Status`."""

    OWED = "owed"
    SENT = "sent"
    ARRIVED = "arrived"
    FAILED = "failed"


REFUND_TRANSITIONS: dict[RefundState, frozenset[RefundState]] = {
    RefundState.OWED: frozenset({RefundState.SENT, RefundState.FAILED}),
    RefundState.SENT: frozenset({RefundState.ARRIVED, RefundState.FAILED, RefundState.OWED}),
    RefundState.ARRIVED: frozenset({RefundState.OWED}),
    RefundState.FAILED: frozenset(),
}
"""Every allowed step. Through the gateway a refund fails for good, and another by bank takes its place; by bank it is owed
again when its payout did not arrive, or was sent back."""


def may_refund_move(from_status: str, to_status: RefundState) -> bool:
    """Whether a refund may go from one status to another."""
    return to_status in REFUND_TRANSITIONS[RefundState(from_status)]


class RefundOutcome(ReportOutcome):
    """What a report about a refund came to."""

    SENT = "refund sent"
    ARRIVED = "refund arrived"
    FAILED = "refund failed"
    NOTHING_NEW = "ignored: nothing new"
    UNKNOWN_REFUND = "refused: unknown refund"
    PROVIDER_DIFFERS = "refused: another provider's refund"
    AMOUNT_DIFFERS = "refused: amount differs"
    ENDED_OTHERWISE = "refused: ended the other way"


DisputeState = DisputeStatus
"""Where a dispute stands: the partner's own words. The same values as `Dispute.Status`."""

DISPUTE_TRANSITIONS: dict[DisputeState, frozenset[DisputeState]] = {
    DisputeState.OPENED: frozenset({DisputeState.ANSWERED, DisputeState.WON, DisputeState.LOST}),
    DisputeState.ANSWERED: frozenset({DisputeState.WON, DisputeState.LOST}),
    DisputeState.WON: frozenset(),
    DisputeState.LOST: frozenset({DisputeState.WON}),
}
"""Every allowed step; others are repeats or arrive out of order. A bank that has taken the money for good may think better
of it (flows/win_back.py); one that wants it once more opens another dispute."""

UNDECIDED = (DisputeState.OPENED, DisputeState.ANSWERED)
"""States in which the money is with nobody, and moves no other way."""

DISPUTE_ASKED_AGAIN_AFTER = timedelta(days=1)
"""A bank takes weeks to decide, and what it decides may never be told: its partner is asked every day."""

LONGEST_TIME_TO_ANSWER = timedelta(days=120)
"""No bank gives more; a later moment is a slip, and would keep the operator waiting for ever."""


LONGEST_EVIDENCE = 4_000
"""Characters that partners take as our answer."""


def may_dispute_move(from_status: str, to_status: DisputeState) -> bool:
    """Whether a dispute may go from one status to another."""
    return to_status in DISPUTE_TRANSITIONS[DisputeState(from_status)]


class DisputeOutcome(ReportOutcome):
    """What a report about a dispute came to."""

    OPENED = "dispute opened"
    ANSWERED = "dispute answered"
    WON = "dispute won"
    LOST = "dispute lost"
    WON_AFTER_ALL = "dispute won after it was lost"
    CHARGED = "dispute charged for"
    NOTHING_NEW = "ignored: nothing new"
    UNKNOWN_INTENT = "refused: unknown payment"
    PROVIDER_DIFFERS = "refused: another provider's payment"
    DIFFERS = "refused: amount or payment differs"
    ENDED_OTHERWISE = "refused: ended the other way"
    WON_LATE = "dispute won late: a person decides"
