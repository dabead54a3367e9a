"""Reading payments."""

import uuid

from django.db.models import QuerySet

from lapak.money.payments.errors import IntentNotFound
from lapak.money.payments.models import PaymentIntent, ProviderNotification
from lapak.money.payments.providers.registry import provider_named
from lapak.money.payments.rules import ChargeEvent


def attempts_to_pay(purchase_id: uuid.UUID) -> QuerySet[PaymentIntent]:
    """Every attempt to pay for a purchase, the newest first."""
    return PaymentIntent.objects.filter(pays_for=purchase_id).order_by("-created_at", "-id")


def purchase_of_attempt(intent_id: uuid.UUID) -> uuid.UUID:
    """What the attempt pays for; `IntentNotFound` if there is none of this id."""
    found = PaymentIntent.objects.filter(id=intent_id).values_list("pays_for", flat=True).first()
    if found is None:
        raise IntentNotFound
    return found


def charge_event(notification: ProviderNotification) -> ChargeEvent | None:
    """What a recorded notification says about a payment; None when it is about something else.

    Refuses (`UnreadableNotification`) one that is not as the provider writes them.
    """
    return provider_named(notification.provider).charge_event(notification.kind, notification.body)


def unprocessed_notifications() -> QuerySet[ProviderNotification]:
    """What providers reported and nobody has acted on yet, oldest first."""
    return ProviderNotification.objects.filter(processed_at=None).order_by("received_at")
