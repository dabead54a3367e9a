"""Every change of a payment. What it means for the purchase and the books is a flow that calls these."""

import uuid
from datetime import datetime

from django.db import transaction

from lapak.lib import clock
from lapak.money.gateways.contract import AskedCharge
from lapak.money.gateways.registry import charges_at
from lapak.money.payments.errors import IntentExpired, IntentNotFound, IntentPaid
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.qris import check_qris
from lapak.money.payments.queries import attempts_to_pay
from lapak.money.payments.rules import Change, Status, change_of


def issue_qris(intent_id: uuid.UUID, *, description: str = "", return_url: str = "") -> PaymentIntent:
    """The payment has a QRIS string to draw and a pay page, asked of its provider once; again, it answers the same.

    `description` and `return_url` are for the provider's pay page. Refuses a payment that is paid or over
    (`IntentPaid`, `IntentExpired`), a provider that does not answer or says no (`GatewayUnavailable`,
    `GatewayRefused`), and a string that does not ask for exactly this amount (`InvalidQris`).
    """
    # Durable: the provider is asked outside any transaction, so that no lock waits for the network.
    with transaction.atomic(durable=True):
        intent = _payable_intent(intent_id)
    if intent.instructions:
        return intent
    charge = charges_at(intent.provider).ask(
        AskedCharge(intent.id, intent.method, intent.amount_idr, intent.expires_at, description, return_url)
    )
    check_qris(charge.instructions["qris_payload"], intent.amount_idr)
    # Two browsers may have asked at once. The provider answered both alike; the first one's answer is kept.
    PaymentIntent.objects.filter(id=intent_id, instructions={}).update(
        provider_reference=charge.provider_reference, instructions=dict(charge.instructions)
    )
    return _payable_intent(intent_id)


def lock_intent(intent_id: uuid.UUID) -> PaymentIntent:
    """The payment, held until the transaction ends. `IntentNotFound` if there is none."""
    intent = PaymentIntent.objects.select_for_update(no_key=True).filter(id=intent_id).first()
    if intent is None:
        raise IntentNotFound
    return intent


def mark_intent_paid(intent: PaymentIntent, paid_at: datetime) -> Change:
    """The payment is paid, once, whoever reports it how often. `LATE` when it had expired before."""
    return _move(intent, Status.PAID, paid_at)


def mark_intent_expired(intent: PaymentIntent) -> Change:
    """The payment's time is over, unless it was paid. A later payment still counts, as `LATE`."""
    return _move(intent, Status.EXPIRED, None)


def end_attempts(purchase_id: uuid.UUID) -> None:
    """No attempt to pay for the purchase is open any more; what was paid stays paid."""
    for intent in attempts_to_pay(purchase_id).filter(status=Status.PENDING).order_by("id"):
        mark_intent_expired(intent)


@transaction.atomic
def _move(intent: PaymentIntent, to_status: Status, paid_at: datetime | None) -> Change:
    # The caller's copy may be older than another worker's step: only the locked row says where it stands.
    standing = lock_intent(intent.id)
    change = change_of(standing.status, to_status)
    if change:
        standing.status, standing.paid_at = to_status, paid_at
        standing.told_at = clock.now() if paid_at else None
        standing.save(update_fields=["status", "paid_at", "told_at"])
    intent.status, intent.paid_at, intent.told_at = standing.status, standing.paid_at, standing.told_at
    return change


def _payable_intent(intent_id: uuid.UUID) -> PaymentIntent:
    intent = PaymentIntent.objects.filter(id=intent_id).first()
    if intent is None:
        raise IntentNotFound
    if intent.status == Status.PAID:
        raise IntentPaid
    if intent.status == Status.EXPIRED or intent.expires_at <= clock.now():
        raise IntentExpired
    return intent
