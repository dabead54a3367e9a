"""The sandbox gateway's disbursements."""

import uuid
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from django.conf import settings

from lapak.lib.json_api import RemoteRefused, RemoteUnavailable, post_json
from lapak.money.payouts.errors import GatewayRefused, GatewayUnavailable, UnreadableEvent
from lapak.money.payouts.providers.contract import Handover, OutgoingPayout
from lapak.money.payouts.rules import DisbursementEvent, Status


class CreatedDisbursement(msgspec.Struct):
    """What `POST /v1/disbursements` answers, as far as Lapak reads it."""

    reference: uuid.UUID


class DisbursementData(msgspec.Struct):
    """The inside of a webhook about a disbursement."""

    reference: uuid.UUID
    amount_idr: int
    currency: Literal["IDR"]
    failure: Annotated[str, msgspec.Meta(max_length=200)]


STATUSES = {"disbursement.completed": Status.CONFIRMED, "disbursement.failed": Status.FAILED}


class Sandbox:
    """See `providers/contract.py`."""

    paid_from = "sandbox"

    def hand_over(self, payouts: Sequence[OutgoingPayout]) -> Handover:
        """One request each. Those before a lost connection stay sent; asking again with the same reference is harmless."""
        refused = {}
        for payout in payouts:
            try:
                _send(payout)
            except RemoteRefused as error:
                # Only this answer means "not to this account". Any other is between the provider and us: giving the
                # money back while the provider may have sent it would pay it twice.
                if error.status != HTTPStatus.UNPROCESSABLE_ENTITY:
                    raise GatewayRefused from error
                refused[payout.id] = str(error)
            except RemoteUnavailable as error:
                raise GatewayUnavailable from error
        return Handover(refused=refused)

    def disbursement_event(self, kind: str, body: Mapping[str, Any]) -> DisbursementEvent | None:
        if kind not in STATUSES:
            return None
        try:
            data = msgspec.convert(body, DisbursementData)
        except msgspec.ValidationError as error:
            raise UnreadableEvent from error
        return DisbursementEvent(data.reference, STATUSES[kind], data.amount_idr, data.failure)


def _send(payout: OutgoingPayout) -> None:
    content = {
        "reference": payout.id,
        "amount_idr": payout.amount_idr,
        "bank_code": payout.bank_code,
        "account_number": payout.account_number,
        "account_holder": payout.account_holder,
        "remark": payout.remark,
    }
    post_json(
        f"{settings.SANDBOX_URL}/v1/disbursements",
        content,
        bearer=settings.SANDBOX_API_KEY,
        answer=CreatedDisbursement,
    )
