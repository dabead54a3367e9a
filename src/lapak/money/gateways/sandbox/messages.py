"""Its Standard Webhooks."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from django.conf import settings
from standardwebhooks import Webhook, WebhookVerificationError

from lapak.money.gateways.contract import Message, Report
from lapak.money.gateways.errors import ForgedMessage, UnreadableMessage
from lapak.money.gateways.sandbox.payloads import ChargeData, DisbursementData, DisputeData, RefundData


class Envelope(msgspec.Struct):
    """Every webhook's outside."""

    type: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    data: dict[str, Any]


INSIDES: dict[str, type[ChargeData | RefundData | DisputeData | DisbursementData]] = {
    "charge.paid": ChargeData,
    "charge.expired": ChargeData,
    "refund.completed": RefundData,
    "refund.failed": RefundData,
    "dispute.opened": DisputeData,
    "dispute.answered": DisputeData,
    "dispute.won": DisputeData,
    "dispute.lost": DisputeData,
    "disbursement.completed": DisbursementData,
    "disbursement.failed": DisbursementData,
    "disbursement.returned": DisbursementData,
}
"""Every kind of message that is about something of ours; its last word is the status."""


class SandboxMessages:
    """See `contract.Messages`."""

    def verify(self, headers: Mapping[str, str], body: bytes) -> Message:
        try:
            # Compares in constant time, and takes no message more than five minutes old or ahead.
            Webhook(settings.SANDBOX_WEBHOOK_SECRET).verify(body, dict(headers), json_parse=False)
        except (WebhookVerificationError, ValueError) as error:  # ValueError: a signature that is not even base64
            raise ForgedMessage from error
        try:
            envelope = msgspec.json.decode(body, type=Envelope)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise UnreadableMessage from error
        event_id = next(value for name, value in headers.items() if name.lower() == "webhook-id")
        return Message(event_id, envelope.type, envelope.data)

    def read(self, kind: str, body: Mapping[str, Any]) -> Report | None:
        if kind not in INSIDES:
            return None
        try:
            data = msgspec.convert({**body, "status": kind.partition(".")[2]}, INSIDES[kind])
        except msgspec.ValidationError as error:
            raise UnreadableMessage from error
        return data.report()
