"""What every payout provider offers."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from lapak.money.payouts.rules import DisbursementEvent


@dataclass(frozen=True, slots=True)
class OutgoingPayout:
    """Money to send. `id` is our reference: sending it again is harmless. `remark` is on the receiver's statement."""

    id: uuid.UUID
    number: str
    amount_idr: int
    bank_code: str
    account_number: str
    account_holder: str

    @property
    def remark(self) -> str:
        """18 characters: as many as every bank shows."""
        return f"LAPAK {self.number}"


@dataclass(frozen=True, slots=True)
class Handover:
    """What came of handing payouts over: a file for a bank, if that is the way, and what was refused, with why."""

    file: bytes = b""
    refused: Mapping[uuid.UUID, str] = field(default_factory=dict)


class Provider(Protocol):
    """A way to send money."""

    paid_from: str
    """The gateway whose cash a payout takes: the owner of its `gateway_cash` account."""

    def hand_over(self, payouts: Sequence[OutgoingPayout]) -> Handover:
        """Pass them on; the same again changes nothing. `GatewayUnavailable`, `GatewayRefused`. Not in a transaction."""

    def disbursement_event(self, kind: str, body: Mapping[str, Any]) -> DisbursementEvent | None:
        """What a verified message says about a payout; None when it is about something else. `UnreadableEvent`."""
