"""A refund goes back the way its money came, or, where that fails, to the buyer's bank account."""

import uuid

from django.db import transaction

from lapak.lib.acts import act
from lapak.money.gateways.contract import AskedRefund, RefundReport, Refunds, RefundStatus
from lapak.money.gateways.errors import GatewayRefused, UnknownGateway
from lapak.money.gateways.registry import refunds_at
from lapak.money.ledger.commands import post_transfers
from lapak.money.payments.errors import AnswerDiffers, RefundNotFound
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.money.payments.postings import refund_arrived, refund_failed, refund_sent
from lapak.money.payments.queries import waits_for_dispute
from lapak.money.payments.refunds import (
    ask_again_later,
    lock_refund,
    mark_refund_arrived,
    mark_refund_failed,
    mark_refund_sent,
    note_refund_asked,
    note_refund_unknown,
)
from lapak.money.payments.rules import RefundOutcome, RefundState, is_from_another


def send_refund(refund_id: uuid.UUID) -> RefundOutcome:
    """The gateway has the refund, or is asked what became of it; what it answers is true here. In no transaction.

    A gateway that says no, and knows of none, sends it to the bank's way. While its payment is in dispute it is not sent;
    but the gateway may have it, its answer to an earlier try lost: it is asked. `GatewayUnavailable`: it is tried again;
    `AnswerDiffers`: that too, and the operator sees that it is stuck.
    """
    with transaction.atomic(durable=True):
        refund = Refund.objects.select_related("intent").get(id=refund_id)
        waits = waits_for_dispute(refund_id)
    if refund.intent is None or refund.ask_at is None:
        return RefundOutcome.NOTHING_NEW
    report = _report(refund, refund.intent, waits=waits)
    outcome = receive_refund(report, refund.intent.provider) if report else RefundOutcome.NOTHING_NEW
    if outcome.is_refused:
        raise AnswerDiffers(outcome)
    if outcome is RefundOutcome.NOTHING_NEW:
        ask_again_later(refund_id)
    return outcome


@act
def receive_refund(report: RefundReport, from_provider: str) -> RefundOutcome:
    """What the gateway reports about a refund is true here, once, in whatever order it comes; says what came of it.

    Posts `refund_sent` when it has it, then `refund_arrived`; or `refund_failed`, and the money is owed by bank.
    """
    try:
        refund = lock_refund(report.refund_id)
    except RefundNotFound:
        return RefundOutcome.UNKNOWN_REFUND
    intent = refund.intent
    if intent is None or refund.route != Refund.Route.GATEWAY or is_from_another(from_provider, intent.provider):
        return RefundOutcome.PROVIDER_DIFFERS
    if report.amount_idr != refund.amount_idr:
        return RefundOutcome.AMOUNT_DIFFERS
    return (
        _fail(refund, intent, report.failure)
        if report.status is RefundStatus.FAILED
        else _go_on(refund, intent, report)
    )


def _go_on(refund: Refund, intent: PaymentIntent, report: RefundReport) -> RefundOutcome:
    if refund.status == RefundState.FAILED:
        return RefundOutcome.ENDED_OTHERWISE
    is_new = mark_refund_sent(refund)
    if is_new:
        post_transfers([refund_sent(refund.id, intent.provider, refund.buyer_id, refund.amount_idr)])
    if report.status is RefundStatus.ARRIVED and mark_refund_arrived(refund):
        post_transfers([refund_arrived(refund.id, intent.provider, refund.amount_idr)])
        return RefundOutcome.ARRIVED
    return RefundOutcome.SENT if is_new else RefundOutcome.NOTHING_NEW


def _report(refund: Refund, intent: PaymentIntent, *, waits: bool) -> RefundReport | None:
    """What the gateway says; None of one that waits, and that it knows nothing of."""
    face = refunds_at(intent.provider)
    if face is None:
        raise UnknownGateway
    asked = AskedRefund(refund.id, intent.id, intent.provider_reference, refund.amount_idr)
    if waits:
        try:
            return face.status(asked)
        except GatewayRefused:
            note_refund_unknown(refund.id)
            return None
    if refund.status != RefundState.OWED:
        return face.status(asked)
    note_refund_asked(refund.id)
    try:
        return face.ask(asked)
    except GatewayRefused as no:
        return _unless_taken_before(face, asked, no)


def _unless_taken_before(face: Refunds, asked: AskedRefund, no: GatewayRefused) -> RefundReport:
    """It may say no because it has it (the answer to an earlier try was lost): sent by bank too, it would be paid twice."""
    try:
        return face.status(asked)
    except GatewayRefused:
        return RefundReport(asked.refund_id, RefundStatus.FAILED, asked.amount_idr, no.reason)


def _fail(refund: Refund, intent: PaymentIntent, failure: str) -> RefundOutcome:
    if refund.status == RefundState.FAILED:
        return RefundOutcome.NOTHING_NEW
    if refund.status == RefundState.ARRIVED:
        return RefundOutcome.ENDED_OTHERWISE
    if refund.status == RefundState.SENT:
        post_transfers([refund_failed(refund.id, intent.provider, refund.buyer_id, refund.amount_idr)])
    mark_refund_failed(refund, failure)
    return RefundOutcome.FAILED
