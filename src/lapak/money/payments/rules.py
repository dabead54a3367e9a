"""How a payment moves, and whether what a provider reports is what was asked."""

from enum import Enum, StrEnum

from lapak.money.gateways.contract import ChargeReport, ChargeStatus

Status = ChargeStatus
"""Where an attempt stands: the same words as for the charge that asks for it. The same values as `PaymentIntent.Status`."""


class Change(Enum):
    """What a reported step comes to. False only when nothing changes."""

    NOTHING = "nothing"
    MADE = "made"
    LATE = "late"
    """Money came after the payment had expired: it is owed back to the buyer, never lost (domain.md §2)."""

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


class Outcome(StrEnum):
    """What a report about a payment came to."""

    PAID = "paid"
    PAID_LATE = "paid late"
    EXPIRED = "expired"
    NOTHING_NEW = "ignored: nothing new"
    UNKNOWN_INTENT = "refused: unknown payment"
    PROVIDER_DIFFERS = "refused: another provider's payment"
    AMOUNT_DIFFERS = "refused: amount differs"


def problem_with_report(
    report: ChargeReport, *, from_provider: str, asked_of_provider: str, asked_idr: int
) -> Outcome | None:
    """Why the report must not be acted on; None when it speaks of the payment as it was asked.

    A wrong amount is for a person to look at: neither may the goods go out nor the money be lost sight of.
    """
    if from_provider != asked_of_provider:
        return Outcome.PROVIDER_DIFFERS
    if report.amount_idr != asked_idr:
        return Outcome.AMOUNT_DIFFERS
    return None
