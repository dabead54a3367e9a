"""What the gateway's answers and webhooks look like, as far as Lapak reads them, and what they say."""

import uuid
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from lapak.lib.money import MAX_IDR
from lapak.money.gateways.contract import (
    ChargeReport,
    ChargeStatus,
    DisbursementReport,
    DisbursementStatus,
    DisputeReport,
    DisputeStatus,
    RefundReport,
    RefundStatus,
)

Amount = Annotated[int, msgspec.Meta(ge=0, le=MAX_IDR)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Word = Annotated[str, msgspec.Meta(max_length=200)]

DISBURSEMENT_STATUSES = {
    "pending": DisbursementStatus.PENDING,
    "completed": DisbursementStatus.ARRIVED,
    "failed": DisbursementStatus.FAILED,
    "returned": DisbursementStatus.RETURNED,
}
REFUND_STATUSES = {
    "pending": RefundStatus.PENDING,
    "completed": RefundStatus.ARRIVED,
    "failed": RefundStatus.FAILED,
}


class ChargeData(msgspec.Struct):
    """A charge."""

    reference: uuid.UUID
    amount_idr: Amount
    fee_idr: Amount
    currency: Literal["IDR"]
    status: Literal["pending", "paid", "expired"]
    paid_at: Moment | None

    def __post_init__(self) -> None:
        if self.status == "paid" and self.paid_at is None:
            raise ValueError("paid, and no moment of it")  # msgspec makes a ValidationError of it

    def report(self) -> ChargeReport:
        status = ChargeStatus(self.status)
        return ChargeReport(self.reference, status, self.amount_idr, self.fee_idr, self.paid_at)


class RefundData(msgspec.Struct):
    """A refund: its key is our refund's id."""

    refund_key: uuid.UUID
    amount_idr: Amount
    currency: Literal["IDR"]
    status: Literal["pending", "completed", "failed"]
    failure: Word

    def report(self) -> RefundReport:
        return RefundReport(self.refund_key, REFUND_STATUSES[self.status], self.amount_idr, self.failure)


class DisputeData(msgspec.Struct):
    """A dispute of a charge, whose `reference` is ours."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    reference: uuid.UUID
    amount_idr: Amount
    fee_idr: Amount
    currency: Literal["IDR"]
    status: Literal["opened", "answered", "won", "lost"]
    reason: Word
    answer_by: Moment

    def report(self) -> DisputeReport:
        """It takes the money when a dispute is opened, and gives it back when it is won."""
        status = DisputeStatus(self.status)
        return DisputeReport(
            reference=self.id,
            intent_id=self.reference,
            status=status,
            amount_idr=self.amount_idr,
            answer_by=self.answer_by,
            is_taken=status is not DisputeStatus.WON,
            fee_idr=self.fee_idr,
            reason=self.reason,
        )


class DisbursementData(msgspec.Struct):
    """A transfer to a bank account."""

    reference: uuid.UUID
    amount_idr: Amount
    currency: Literal["IDR"]
    status: Literal["pending", "completed", "failed", "returned"]
    failure: Word

    def report(self) -> DisbursementReport:
        return DisbursementReport(self.reference, DISBURSEMENT_STATUSES[self.status], self.amount_idr, self.failure)
