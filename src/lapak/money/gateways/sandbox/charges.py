"""Asking for money by QRIS."""

import uuid
from typing import Annotated

import msgspec

from lapak.lib.written import one_line
from lapak.money.gateways.contract import AskedCharge, Charge, ChargeReport
from lapak.money.gateways.errors import GatewayRefused
from lapak.money.gateways.sandbox import remote
from lapak.money.gateways.sandbox.payloads import ChargeData

LONGEST_LINE = 140
"""Characters of what its pay page says."""


class CreatedCharge(msgspec.Struct):
    """What `POST /v1/charges` answers, as far as Lapak reads it."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    qris_payload: Annotated[str, msgspec.Meta(max_length=512)]
    pay_url: Annotated[str, msgspec.Meta(max_length=300, pattern=r"^https?://")]


class SandboxCharges:
    """See `contract.Charges`."""

    def ask(self, asked: AskedCharge) -> Charge:
        content = {
            "reference": asked.intent_id,
            "amount_idr": asked.amount_idr,
            "expires_at": asked.expires_at,
            "description": one_line(asked.description, LONGEST_LINE),
            "return_url": asked.return_url,
        }
        created = remote.post("/v1/charges", content, CreatedCharge)
        return Charge(created.id, {"qris_payload": created.qris_payload, "pay_url": created.pay_url})

    def status(self, intent_id: uuid.UUID, provider_reference: str) -> ChargeReport:  # noqa: ARG002 - its own id will do
        return remote.get(f"/v1/charges/{provider_reference}", ChargeData).report()

    def expire(self, intent_id: uuid.UUID, provider_reference: str) -> ChargeReport:
        try:
            return remote.post(f"/v1/charges/{provider_reference}/expire", {}, ChargeData).report()
        except GatewayRefused:  # it says no when the charge was paid: then that is what became of it
            return self.status(intent_id, provider_reference)
