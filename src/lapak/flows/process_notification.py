"""What a provider reports is acted on: once, however often it was delivered."""

import uuid

from django.db import transaction

from lapak.flows.pay_out import receive_disbursement
from lapak.flows.receive_payment import receive_payment
from lapak.money.payments.commands import claim_notification, close_notification
from lapak.money.payments.errors import UnreadableNotification
from lapak.money.payments.models import ProviderNotification
from lapak.money.payments.queries import charge_event
from lapak.money.payments.rules import Outcome
from lapak.money.payouts.errors import UnreadableEvent
from lapak.money.payouts.queries import disbursement_event


@transaction.atomic
def process_notification(notification_id: uuid.UUID) -> None:
    """The (recorded) notification has been acted on, and says what came of it. Processing it again changes nothing."""
    notification = claim_notification(notification_id)
    if notification is not None:
        close_notification(notification, _outcome(notification))


def _outcome(notification: ProviderNotification) -> str:
    provider = notification.provider
    try:
        if charge := charge_event(notification):
            return receive_payment(charge, provider)
        if disbursement := disbursement_event(provider, notification.kind, notification.body):
            return receive_disbursement(disbursement, provider)
    except (UnreadableNotification, UnreadableEvent):
        return Outcome.UNREADABLE
    return Outcome.UNKNOWN_KIND
