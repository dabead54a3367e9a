"""The sandbox gateway's JSON API and its Standard Webhooks."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from django.conf import settings
from standardwebhooks import Webhook, WebhookVerificationError

from lapak.lib.json_api import RemoteRefused, RemoteUnavailable, post_json
from lapak.lib.money import MAX_IDR
from lapak.money.payments.errors import (
    ForgedNotification,
    GatewayRefused,
    GatewayUnavailable,
    UnreadableNotification,
)
from lapak.money.payments.providers.contract import AskedCharge, Charge, Notification
from lapak.money.payments.rules import ChargeEvent, Status

Amount = Annotated[int, msgspec.Meta(ge=0, le=MAX_IDR)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class CreatedCharge(msgspec.Struct):
    """What `POST /v1/charges` answers, as far as Lapak reads it."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    qris_payload: Annotated[str, msgspec.Meta(max_length=512)]
    pay_url: Annotated[str, msgspec.Meta(max_length=300, pattern=r"^https?://")]


class Envelope(msgspec.Struct):
    """Every webhook's outside."""

    type: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    data: dict[str, Any]


class ChargeData(msgspec.Struct):
    """The inside of a webhook about a charge."""

    reference: uuid.UUID
    amount_idr: Amount
    fee_idr: Amount
    currency: Literal["IDR"]
    paid_at: Moment | None


STATUSES = {"charge.paid": Status.PAID, "charge.expired": Status.EXPIRED}


class Sandbox:
    """See `providers/contract.py`."""

    def create_qris(self, asked: AskedCharge) -> Charge:
        content = {
            "reference": asked.intent_id,
            "amount_idr": asked.amount_idr,
            "expires_at": asked.expires_at,
            "description": asked.description,
            "return_url": asked.return_url,
        }
        try:
            created = post_json(
                f"{settings.SANDBOX_URL}/v1/charges", content, bearer=settings.SANDBOX_API_KEY, answer=CreatedCharge
            )
        except RemoteUnavailable as error:
            raise GatewayUnavailable from error
        except RemoteRefused as error:
            raise GatewayRefused from error
        return Charge(created.id, created.qris_payload, created.pay_url)

    def verify(self, headers: Mapping[str, str], body: bytes) -> Notification:
        try:
            # Compares in constant time, and takes no message more than five minutes old or ahead.
            Webhook(settings.SANDBOX_WEBHOOK_SECRET).verify(body, dict(headers), json_parse=False)
        except (WebhookVerificationError, ValueError) as error:  # ValueError: a signature that is not even base64
            raise ForgedNotification from error
        try:
            envelope = msgspec.json.decode(body, type=Envelope)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UnreadableNotification from error
        event_id = next(value for name, value in headers.items() if name.lower() == "webhook-id")
        return Notification(event_id, envelope.type, envelope.data)

    def charge_event(self, kind: str, body: Mapping[str, Any]) -> ChargeEvent | None:
        if kind not in STATUSES:
            return None
        try:
            data = msgspec.convert(body, ChargeData)
        except msgspec.ValidationError as error:
            raise UnreadableNotification from error
        if STATUSES[kind] is Status.PAID and data.paid_at is None:
            raise UnreadableNotification
        return ChargeEvent(data.reference, STATUSES[kind], data.amount_idr, data.fee_idr, data.paid_at)
