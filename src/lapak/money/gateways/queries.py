"""Reading what partners told us."""

from django.db.models import QuerySet

from lapak.money.gateways.contract import Report
from lapak.money.gateways.models import GatewayMessage, StatementDifference
from lapak.money.gateways.registry import messages_of
from lapak.money.gateways.rules import REFUSED


def report_of(message: GatewayMessage) -> Report | None:
    """What a recorded message says; None when it is about nothing of ours.

    Refuses (`UnreadableMessage`) one that is not as the partner writes them.
    """
    return messages_of(message.provider).read(message.kind, message.body)


def unprocessed_messages() -> QuerySet[GatewayMessage]:
    """What partners told and nobody has acted on yet, oldest first."""
    return GatewayMessage.objects.filter(processed_at=None).order_by("received_at")


def refused_messages() -> QuerySet[GatewayMessage]:
    """What partners told that could not be believed, and nobody has looked at, the newest first."""
    return GatewayMessage.objects.filter(outcome__startswith=REFUSED, resolved_at=None).order_by("-received_at")


def statement_differences() -> QuerySet[StatementDifference]:
    """Where partners' statements and the books differ, and nobody has said why, the newest first."""
    return StatementDifference.objects.filter(resolved_at=None).order_by("-found_at", "id")
