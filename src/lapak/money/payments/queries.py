"""Reading payments."""

from django.db.models import QuerySet

from lapak.money.payments.models import ProviderNotification
from lapak.money.payments.providers.registry import provider_named
from lapak.money.payments.rules import ChargeEvent


def charge_event(notification: ProviderNotification) -> ChargeEvent | None:
    """What a recorded notification says about a payment; None when it is about something else.

    Refuses (`UnreadableNotification`) one that is not as the provider writes them.
    """
    return provider_named(notification.provider).charge_event(notification.kind, notification.body)


def unprocessed_notifications() -> QuerySet[ProviderNotification]:
    """What providers reported and nobody has acted on yet, oldest first."""
    return ProviderNotification.objects.filter(processed_at=None).order_by("received_at")
