"""Every change of a dispute: a payment that the buyer's bank takes back.

Whoever changes one holds its purchase's orders (flows/receive_dispute.py): they stand for the dispute's own lock.
"""

import uuid
from collections.abc import Sequence

from lapak.lib import clock
from lapak.lib.money import apportion
from lapak.lib.written import LONGEST_NOTE
from lapak.money.gateways.contract import DisputeReport
from lapak.money.payments.errors import AnswerTooLate, BearingUnexplained, DisputeMoved, EvidenceMissing
from lapak.money.payments.models import Dispute, DisputeShare, PaymentIntent
from lapak.money.payments.rules import (
    DISPUTE_ASKED_AGAIN_AFTER,
    LONGEST_EVIDENCE,
    LONGEST_TIME_TO_ANSWER,
    DisputeState,
    may_dispute_move,
)
from lapak.people.users.models import User


def dispute_named(provider: str, reference: str) -> Dispute | None:
    """The dispute under the provider's own id; None when we have not heard of it."""
    return Dispute.objects.filter(provider=provider, provider_reference=reference).first()


def open_dispute(report: DisputeReport, intent: PaymentIntent) -> Dispute:
    """The payment is in dispute; its provider is asked every day what became of it, whatever it tells by itself."""
    now = clock.now()
    return Dispute.objects.create(
        intent=intent,
        provider=intent.provider,
        provider_reference=report.reference,
        amount_idr=report.amount_idr,
        reason=report.reason[:200],
        opened_at=now,
        answer_by=min(report.answer_by, now + LONGEST_TIME_TO_ANSWER),
        ask_at=now + DISPUTE_ASKED_AGAIN_AFTER,
    )


def share_dispute(dispute: Dispute, brought: Sequence[tuple[uuid.UUID, uuid.UUID, int]]) -> list[DisputeShare]:
    """Each order's part of the dispute, in proportion to what the payment brought it: (order, shop, IDR) of each.

    What is in dispute beyond all that was brought is nobody's part.
    """
    weights = [brought_idr for _order, _shop, brought_idr in brought]
    parts_idr = apportion(min(dispute.amount_idr, sum(weights)), weights) if sum(weights) else [0] * len(weights)
    shares = [
        DisputeShare(dispute=dispute, order_id=order_id, shop_id=shop_id, amount_idr=part_idr)
        for (order_id, shop_id, _idr), part_idr in zip(brought, parts_idr, strict=True)
        if part_idr
    ]
    return DisputeShare.objects.bulk_create(shares)


def mark_taken(dispute: Dispute) -> bool:
    """The money has left the gateway; False when that was known."""
    if dispute.taken_at:
        return False
    dispute.taken_at = clock.now()
    dispute.save(update_fields=["taken_at"])
    return True


def mark_dispute_answered(dispute: Dispute) -> bool:
    """The provider has an answer of ours; False when that was known, or it is decided."""
    if not may_dispute_move(dispute.status, DisputeState.ANSWERED):
        return False
    dispute.status = DisputeState.ANSWERED
    dispute.save(update_fields=["status"])
    return True


def mark_dispute_ended(dispute: Dispute, state: DisputeState, *, fee_idr: int = 0) -> bool:
    """Who has the money is decided; False when that was known, or it was decided the other way."""
    if not may_dispute_move(dispute.status, state):
        return False
    dispute.status, dispute.ended_at, dispute.ask_at, dispute.fee_idr = state, clock.now(), None, fee_idr
    dispute.save(update_fields=["status", "ended_at", "ask_at", "fee_idr"])
    return True


def answer(by: User, dispute: Dispute, evidence: str) -> None:
    """The operator's evidence goes to the provider; once. Refuses none or too much (`EvidenceMissing`), what is answered
    or decided (`DisputeMoved`), and too late (`AnswerTooLate`)."""
    evidence, now = evidence.strip(), clock.now()
    if not 1 <= len(evidence) <= LONGEST_EVIDENCE:
        raise EvidenceMissing
    if dispute.answered_at or dispute.status != DisputeState.OPENED:
        raise DisputeMoved
    if now > dispute.answer_by:
        raise AnswerTooLate
    dispute.evidence, dispute.answered_at, dispute.answered_by = evidence, now, by
    dispute.status = DisputeState.ANSWERED
    dispute.save(update_fields=["evidence", "answered_at", "answered_by", "status"])


def note_evidence_sent(dispute_id: uuid.UUID) -> None:
    """The provider has our answer."""
    Dispute.objects.filter(id=dispute_id, evidence_sent_at=None).update(evidence_sent_at=clock.now())


def note_dispute_asked(dispute_id: uuid.UUID) -> None:
    """The provider was asked what became of it; while it is not decided it is asked again in a day."""
    later = clock.now() + DISPUTE_ASKED_AGAIN_AFTER
    Dispute.objects.filter(id=dispute_id, ended_at=None).update(ask_at=later)


def note_lost(share: DisputeShare, goods_idr: int, shipping_idr: int) -> None:
    """So much of its goods' and its shipping's money the share's order has lost."""
    share.lost_goods_idr, share.lost_shipping_idr = goods_idr, shipping_idr
    share.save(update_fields=["lost_goods_idr", "lost_shipping_idr"])


def note_unexplained(dispute: Dispute, amount_idr: int) -> None:
    """So much of the lost dispute no order and no refund still had: a person says who bears it."""
    dispute.unexplained_idr = amount_idr
    dispute.save(update_fields=["unexplained_idr"])


def mark_rest_borne(by: User, dispute: Dispute, words: str) -> None:
    """The platform bears it, says the operator, and why. Refuses no or long words (`BearingUnexplained`), and what is decided or
    has no such rest (`DisputeMoved`)."""
    words = words.strip()
    if not 1 <= len(words) <= LONGEST_NOTE:
        raise BearingUnexplained
    if not dispute.unexplained_idr or dispute.resolved_at:
        raise DisputeMoved
    dispute.resolution, dispute.resolved_at, dispute.resolved_by = words, clock.now(), by
    dispute.save(update_fields=["resolution", "resolved_at", "resolved_by"])
