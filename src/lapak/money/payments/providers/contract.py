"""What every payment provider offers."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from lapak.money.payments.rules import ChargeEvent


@dataclass(frozen=True, slots=True)
class AskedCharge:
    """A payment to ask for. `intent_id` is our reference: asking again with it is harmless."""

    intent_id: uuid.UUID
    amount_idr: int
    expires_at: datetime
    description: str
    return_url: str


@dataclass(frozen=True, slots=True)
class Charge:
    """The provider's answer: its own reference, the QRIS string to draw, and its pay page."""

    provider_reference: str
    qris_payload: str
    pay_url: str


@dataclass(frozen=True, slots=True)
class Notification:
    """A message whose signature held. `event_id` is the same however often it is delivered."""

    event_id: str
    kind: str
    body: dict[str, Any]


class Provider(Protocol):
    """A licensed gateway, spoken to over the network: never inside a transaction."""

    def create_qris(self, asked: AskedCharge) -> Charge:
        """Ask for a payment; the same intent again answers the same charge. `GatewayUnavailable`, `GatewayRefused`."""

    def verify(self, headers: Mapping[str, str], body: bytes) -> Notification:
        """The message, if the provider signed it lately: else `ForgedNotification`; `UnreadableNotification`."""

    def charge_event(self, kind: str, body: Mapping[str, Any]) -> ChargeEvent | None:
        """What a message says about a payment; None when it is about something else. `UnreadableNotification`."""
