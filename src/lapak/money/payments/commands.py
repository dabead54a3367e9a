"""Every change of a payment. What it means for the purchase and the books is a flow that calls these."""

import uuid
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.jobs import defer_once, is_being_done
from lapak.money.gateways.contract import AskedCharge
from lapak.money.gateways.errors import GatewayRefused
from lapak.money.gateways.registry import charges_at
from lapak.money.payments.errors import (
    IntentExpired,
    IntentFailed,
    IntentNotFound,
    IntentPaid,
    InvalidQris,
    ReceiptResolved,
)
from lapak.money.payments.models import PaymentIntent, UnexplainedReceipt
from lapak.money.payments.qris import check_qris
from lapak.money.payments.queries import attempts_to_pay
from lapak.money.payments.rules import GRACE, Change, Status, believable_paid_at, change_of, next_ask
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk

CODE_JOB = "payments.issue_code"
ASK_JOB = "payments.ask_now"
"""The jobs in `flows/tasks.py`, named here because tasks call commands and not the other way round."""


def ask_for_code(intent_id: uuid.UUID, *, description: str, return_url: str) -> None:
    """A job asks the provider how to pay this attempt (`issue_qris`): no page waits for a partner. Once until it is done."""
    lock = f"{CODE_JOB} {intent_id}"
    if not is_being_done(lock):
        job = app.configure_task(CODE_JOB, queueing_lock=lock)
        defer_once(job, intent_id=str(intent_id), description=description, return_url=return_url)


def ask_now(intent_id: uuid.UUID) -> None:
    """A job asks the provider what became of this attempt. Once while it waits."""
    defer_once(app.configure_task(ASK_JOB, queueing_lock=f"{ASK_JOB} {intent_id}"), intent_id=str(intent_id))


def issue_qris(intent_id: uuid.UUID, *, description: str = "", return_url: str = "") -> PaymentIntent:
    """The payment has a QRIS string to draw and a pay page, asked of its provider once; again, it answers the same.

    `description` and `return_url` are for the provider's pay page. Refuses a payment that is paid or over
    (`IntentPaid`, `IntentExpired`), a provider that does not answer or says no (`GatewayUnavailable`,
    `GatewayRefused`), and a string that does not ask for exactly this amount (`InvalidQris`). After the last two the
    attempt has failed, and a new one may be made.
    """
    # Durable: the provider is asked outside any transaction, so that no lock waits for the network.
    with transaction.atomic(durable=True):
        intent = _payable_intent(intent_id)
    if intent.instructions:
        return intent
    charges = charges_at(intent.provider)
    try:
        charge = charges.ask(
            AskedCharge(intent.id, intent.method, intent.amount_idr, intent.expires_at, description, return_url)
        )
        check_qris(charge.instructions["qris_payload"], intent.amount_idr)
    except (GatewayRefused, InvalidQris):
        mark_intent_failed(intent)
        raise
    # Two browsers may have asked at once. The provider answered both alike; the first one's answer is kept.
    PaymentIntent.objects.filter(id=intent_id, instructions={}).update(
        provider_reference=charge.provider_reference,
        instructions=dict(charge.instructions),
        ask_at=intent.expires_at + GRACE,
    )
    return _payable_intent(intent_id)


def lock_intent(intent_id: uuid.UUID) -> PaymentIntent:
    """The payment, held until the transaction ends. `IntentNotFound` if there is none."""
    intent = PaymentIntent.objects.select_for_update(no_key=True).filter(id=intent_id).first()
    if intent is None:
        raise IntentNotFound
    return intent


def mark_intent_paid(intent: PaymentIntent, said_paid_at: datetime) -> Change:
    """The payment is paid, once, whoever reports it how often. `LATE` when it had ended before.

    `said_paid_at` is the provider's word: where it cannot be, the moment we were told counts, and its word is kept.
    """
    return _move(intent, Status.PAID, said_paid_at)


def mark_intent_expired(intent: PaymentIntent) -> Change:
    """The payment's time is over, unless it was paid. A later payment still counts, as `LATE`."""
    return _move(intent, Status.EXPIRED)


def mark_intent_failed(intent: PaymentIntent) -> Change:
    """One cannot pay with this attempt, unless it was paid. A new one may be made while there is time."""
    return _move(intent, Status.FAILED)


def end_attempts(purchase_id: uuid.UUID) -> None:
    """No attempt to pay for the purchase is open any more; what was paid stays paid. Soon their charges are ended too."""
    for intent in attempts_to_pay(purchase_id).filter(status=Status.PENDING).order_by("id"):
        mark_intent_expired(intent)


def try_again(purchase_id: uuid.UUID, pay_by: datetime) -> PaymentIntent:
    """A new attempt like the last one, until `pay_by`; while one is open, that one.

    Refuses what was paid (`IntentPaid`) and what is over (`IntentExpired`). The purchase's orders must be locked.
    """
    last = attempts_to_pay(purchase_id)[0]
    if attempts_to_pay(purchase_id).filter(status=Status.PAID).exists():
        raise IntentPaid
    if pay_by <= clock.now():
        raise IntentExpired
    if last.status == Status.PENDING and last.expires_at > clock.now():
        return last
    return PaymentIntent.objects.create(
        pays_for=purchase_id,
        buyer_id=last.buyer_id,
        provider=last.provider,
        method=last.method,
        amount_idr=last.amount_idr,
        created_at=clock.now(),
        expires_at=pay_by,
    )


@act
def note_asked(intent_id: uuid.UUID) -> None:
    """The provider has answered what became of the attempt; while it is not paid it is asked again, later each time."""
    intent = lock_intent(intent_id)
    if intent.status == Status.PAID:
        intent.ask_at = None
    elif intent.status != Status.PENDING:
        intent.times_asked += 1
        intent.ask_at = next_ask(intent.times_asked, clock.now())
    intent.save(update_fields=["ask_at", "times_asked"])


def keep_unexplained(intent: PaymentIntent, amount_idr: int) -> None:
    """So much came for the (locked) attempt, which asked for another amount, and of which nothing had come before."""
    UnexplainedReceipt.objects.create(intent=intent, amount_idr=amount_idr, received_at=clock.now())


def lock_receipt_for_operator(by: User, intent_id: uuid.UUID) -> UnexplainedReceipt:
    """The receipt, held until the transaction ends; `IntentNotFound` for anyone but the operator, `ReceiptResolved`."""
    require_desk(by, Desk.MONEY, IntentNotFound)
    receipts = UnexplainedReceipt.objects.select_for_update(of=("self",), no_key=True)
    receipt = receipts.filter(pk=intent_id).select_related("intent").first()
    if receipt is None:
        raise IntentNotFound
    if receipt.resolution:
        raise ReceiptResolved
    return receipt


def mark_receipt_resolved(by: User, receipt: UnexplainedReceipt, resolution: str) -> None:
    """A person has said what becomes of the (locked) receipt."""
    receipt.resolution, receipt.resolved_at, receipt.resolved_by = resolution, clock.now(), by
    receipt.save(update_fields=["resolution", "resolved_at", "resolved_by"])


@act
def _move(intent: PaymentIntent, to_status: Status, said_paid_at: datetime | None = None) -> Change:
    # The caller's copy may be older than another worker's step: only the locked row says where it stands.
    standing = lock_intent(intent.id)
    change = change_of(standing.status, to_status)
    if change:
        now = clock.now()
        standing.status, standing.ask_at = to_status, None
        if said_paid_at:
            standing.told_at = now
            standing.paid_at = believable_paid_at(said_paid_at, standing.created_at, now) or now
            standing.doubted_paid_at = "" if standing.paid_at == said_paid_at else said_paid_at.isoformat()[:40]
        elif standing.provider_reference:
            standing.ask_at = now
        standing.save(update_fields=["status", "ask_at", "paid_at", "told_at", "doubted_paid_at"])
    for field in ("status", "ask_at", "paid_at", "told_at", "doubted_paid_at"):
        setattr(intent, field, getattr(standing, field))
    return change


def _payable_intent(intent_id: uuid.UUID) -> PaymentIntent:
    intent = PaymentIntent.objects.filter(id=intent_id).first()
    if intent is None:
        raise IntentNotFound
    if intent.status == Status.PAID:
        raise IntentPaid
    if intent.status == Status.FAILED:
        raise IntentFailed
    if intent.status == Status.EXPIRED or intent.expires_at <= clock.now():
        raise IntentExpired
    return intent
