"""Every change of a dispute: a payment that the buyer's bank takes back.

Whoever changes one holds its purchase's orders (flows/receive_dispute.py): they stand for the dispute's own lock.
"""

import uuid
from collections.abc import Sequence

from lapak.lib import clock
from lapak.lib.money import MAX_IDR, apportion
from lapak.lib.written import LONGEST_NOTE
from lapak.money.gateways.contract import DisputeReport
from lapak.money.payments.errors import (
    AnswerTooLate,
    DisputedAmountRefused,
    DisputeMoved,
    DisputeWordsRefused,
    EvidenceMissing,
)
from lapak.money.payments.models import Dispute, DisputeAmendment, DisputeShare, LateWin, PaymentIntent
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
        told_idr=report.amount_idr,
        amount_idr=report.amount_idr,
        reason=report.reason[:200],
        opened_at=now,
        answer_by=min(report.answer_by, now + LONGEST_TIME_TO_ANSWER),
        ask_at=now + DISPUTE_ASKED_AGAIN_AFTER,
    )


def share_dispute(dispute: Dispute, brought: Sequence[tuple[uuid.UUID, uuid.UUID, int]]) -> list[DisputeShare]:
    """Each order's part of the dispute, in proportion to what the payment brought it: (order, shop, IDR) of each.

    What is in dispute beyond all that was brought is nobody's part. Again after an amendment: the parts are cut anew.
    """
    weights = [brought_idr for _order, _shop, brought_idr in brought]
    parts_idr = apportion(min(dispute.amount_idr, sum(weights)), weights) if sum(weights) else [0] * len(weights)
    shares = [
        DisputeShare(dispute=dispute, order_id=order_id, shop_id=shop_id, amount_idr=part_idr)
        for (order_id, shop_id, _idr), part_idr in zip(brought, parts_idr, strict=True)
    ]
    return DisputeShare.objects.bulk_create(
        shares, update_conflicts=True, unique_fields=["dispute", "order_id"], update_fields=["amount_idr"]
    )


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


def mark_dispute_ended(dispute: Dispute, state: DisputeState) -> bool:
    """Who has the money is decided; False when that was known, or it was decided the other way."""
    if not may_dispute_move(dispute.status, state):
        return False
    dispute.status, dispute.ended_at, dispute.ask_at = state, clock.now(), None
    dispute.save(update_fields=["status", "ended_at", "ask_at"])
    return True


def mark_won_back(dispute: Dispute) -> None:
    """The lost dispute is won after all."""
    dispute.status, dispute.won_back_at = DisputeState.WON, clock.now()
    dispute.save(update_fields=["status", "won_back_at"])


def add_late_win(dispute: Dispute) -> None:
    """The lost dispute is won after all, and its orders have moved on: a person says whose the money is."""
    LateWin.objects.create(dispute=dispute, came_at=clock.now())


def mark_late_win_resolved(by: User, dispute: Dispute, resolution: str, words: str) -> LateWin:
    """It is the buyer's, the shop's or the platform's, says the operator, and why. Refuses no or long words
    (`DisputeWordsRefused`), and where no such money came or it is decided (`DisputeMoved`)."""
    words = _fit_words(words)
    won = LateWin.objects.filter(dispute=dispute, resolution="").first()
    if won is None:
        raise DisputeMoved
    won.resolution, won.words = LateWin.Resolution(resolution), words
    won.resolved_at, won.resolved_by = clock.now(), by
    won.save(update_fields=["resolution", "words", "resolved_at", "resolved_by"])
    return won


def note_charge(dispute: Dispute, fee_idr: int) -> int:
    """The provider has kept so much for it so far; answers how much of that is new. Less than before is old news."""
    more_idr = max(0, fee_idr - dispute.fee_idr)
    dispute.fee_idr += more_idr
    dispute.save(update_fields=["fee_idr"])
    return more_idr


def answer(by: User, dispute: Dispute, evidence: str) -> None:
    """The operator's evidence goes to the provider; once. Refuses none or too much (`EvidenceMissing`), what is answered
    or decided (`DisputeMoved`), and too late (`AnswerTooLate`)."""
    evidence, now = evidence.strip(), clock.now()
    if not 1 <= len(evidence) <= LONGEST_EVIDENCE:
        raise EvidenceMissing
    _refuse_answered(dispute)
    if now > dispute.answer_by:
        raise AnswerTooLate
    dispute.evidence, dispute.answered_at, dispute.answered_by = evidence, now, by
    dispute.status = DisputeState.ANSWERED
    dispute.save(update_fields=["evidence", "answered_at", "answered_by", "status"])


def concede(by: User, dispute: Dispute, words: str) -> None:
    """The operator gives it up and says why: nothing is sent, and it waits for its end. Refuses no or long words
    (`DisputeWordsRefused`), and what is answered or decided (`DisputeMoved`)."""
    words = _fit_words(words)
    _refuse_answered(dispute)
    dispute.concession, dispute.answered_at, dispute.answered_by = words, clock.now(), by
    dispute.status = DisputeState.ANSWERED
    dispute.save(update_fields=["concession", "answered_at", "answered_by", "status"])


def amend(by: User, dispute: Dispute, amount_idr: int, words: str) -> DisputeAmendment:
    """It is about another amount than its provider told us first, says the operator, and why. Refuses no or long words
    (`DisputeWordsRefused`), what is decided (`DisputeMoved`), and no other amount (`DisputedAmountRefused`)."""
    words = _fit_words(words)
    if dispute.ended_at:
        raise DisputeMoved
    more_idr = amount_idr - dispute.amount_idr
    if not 0 < amount_idr <= MAX_IDR or not more_idr:
        raise DisputedAmountRefused
    dispute.amount_idr = amount_idr
    dispute.save(update_fields=["amount_idr"])
    return DisputeAmendment.objects.create(
        dispute=dispute, more_idr=more_idr, reason=words, by=by, amended_at=clock.now()
    )


def _refuse_answered(dispute: Dispute) -> None:
    if dispute.answered_at or dispute.ended_at:
        raise DisputeMoved


def _fit_words(words: str) -> str:
    words = words.strip()
    if not 1 <= len(words) <= LONGEST_NOTE:
        raise DisputeWordsRefused
    return words


def note_evidence_sent(dispute_id: uuid.UUID) -> None:
    """The provider has our answer."""
    Dispute.objects.filter(id=dispute_id, evidence_sent_at=None).update(evidence_sent_at=clock.now())


def note_dispute_asked(dispute_id: uuid.UUID) -> None:
    """The provider was asked what became of it; while it is not decided it is asked again in a day."""
    later = clock.now() + DISPUTE_ASKED_AGAIN_AFTER
    Dispute.objects.filter(id=dispute_id, ended_at=None).update(ask_at=later)


def note_lost(share: DisputeShare, goods_idr: int, shipping_idr: int, *, from_escrow: bool) -> None:
    """So much of its goods' and its shipping's money the share's order has lost, `from_escrow` if it was not settled yet."""
    share.lost_goods_idr, share.lost_shipping_idr, share.lost_from_escrow = goods_idr, shipping_idr, from_escrow
    share.save(update_fields=["lost_goods_idr", "lost_shipping_idr", "lost_from_escrow"])


def note_unexplained(dispute: Dispute, amount_idr: int) -> None:
    """So much of the lost dispute no order and no refund still had: a person says who bears it."""
    dispute.unexplained_idr = amount_idr
    dispute.save(update_fields=["unexplained_idr"])


def mark_rest_borne(by: User, dispute: Dispute, words: str) -> None:
    """The platform bears it, says the operator, and why. Refuses no or long words (`DisputeWordsRefused`), and what is decided or
    has no such rest (`DisputeMoved`)."""
    words = _fit_words(words)
    if not dispute.unexplained_idr or dispute.resolved_at:
        raise DisputeMoved
    dispute.resolution, dispute.resolved_at, dispute.resolved_by = words, clock.now(), by
    dispute.save(update_fields=["resolution", "resolved_at", "resolved_by"])
