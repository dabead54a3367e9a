"""Reading payments."""

import uuid

from django.db.models import QuerySet

from lapak.money.payments.errors import IntentNotFound
from lapak.money.payments.models import PaymentIntent


def attempts_to_pay(purchase_id: uuid.UUID) -> QuerySet[PaymentIntent]:
    """Every attempt to pay for a purchase, the newest first."""
    return PaymentIntent.objects.filter(pays_for=purchase_id).order_by("-created_at", "-id")


def purchase_of_attempt(intent_id: uuid.UUID) -> uuid.UUID:
    """What the attempt pays for; `IntentNotFound` if there is none of this id."""
    found = PaymentIntent.objects.filter(id=intent_id).values_list("pays_for", flat=True).first()
    if found is None:
        raise IntentNotFound
    return found
