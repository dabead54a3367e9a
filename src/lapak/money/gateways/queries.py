"""Reading what partners told us."""

from django.db.models import QuerySet

from lapak.money.gateways.contract import Report
from lapak.money.gateways.models import GatewayMessage
from lapak.money.gateways.registry import messages_of


def report_of(message: GatewayMessage) -> Report | None:
    """What a recorded message says; None when it is about nothing of ours.

    Refuses (`UnreadableMessage`) one that is not as the partner writes them.
    """
    return messages_of(message.provider).read(message.kind, message.body)


def unprocessed_messages() -> QuerySet[GatewayMessage]:
    """What partners told and nobody has acted on yet, oldest first."""
    return GatewayMessage.objects.filter(processed_at=None).order_by("received_at")
