"""Sending money to bank accounts."""

import uuid
from collections.abc import Sequence
from http import HTTPStatus

import msgspec
from django.conf import settings

from lapak.lib.json_api import RemoteRefused, RemoteUnavailable, post_json
from lapak.money.gateways.contract import DisbursementReport, Handover, OutgoingPayout
from lapak.money.gateways.errors import GatewayRefused, GatewayUnavailable
from lapak.money.gateways.sandbox import remote
from lapak.money.gateways.sandbox.payloads import DisbursementData


class CreatedDisbursement(msgspec.Struct):
    """What `POST /v1/disbursements` answers, as far as Lapak reads it."""

    reference: uuid.UUID


class SandboxDisbursements:
    """See `contract.Disbursements`."""

    reports = True

    def send(self, payouts: Sequence[OutgoingPayout]) -> Handover:
        """One request each. Those before a lost connection stay sent; asking again with the same reference is harmless."""
        refused = {}
        for payout in payouts:
            try:
                _send(payout)
            except RemoteRefused as error:
                # Only this answer means "not to this account". Any other is between the provider and us: giving the
                # money back while the provider may have sent it would pay it twice.
                if error.status != HTTPStatus.UNPROCESSABLE_ENTITY:
                    raise GatewayRefused(str(error)) from error
                refused[payout.id] = str(error)
            except RemoteUnavailable as error:
                raise GatewayUnavailable from error
        return Handover(refused=refused)

    def status(self, payout_id: uuid.UUID) -> DisbursementReport:
        return remote.get(f"/v1/disbursements/{payout_id}", DisbursementData).report()


def _send(payout: OutgoingPayout) -> None:
    content = {
        "reference": payout.id,
        "amount_idr": payout.amount_idr,
        "bank_code": payout.bank_code,
        "account_number": payout.account_number,
        "account_holder": payout.account_holder,
        "remark": payout.remark,
    }
    url = f"{settings.SANDBOX_URL}/v1/disbursements"
    post_json(url, content, bearer=settings.SANDBOX_API_KEY, answer=CreatedDisbursement)
