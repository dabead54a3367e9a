"""Sending money to bank accounts."""

import uuid
from collections.abc import Sequence

import msgspec

from lapak.lib.written import one_line
from lapak.money.gateways.contract import DisbursementReport, Handover, OutgoingPayout
from lapak.money.gateways.errors import GatewayRefused
from lapak.money.gateways.sandbox import remote
from lapak.money.gateways.sandbox.payloads import DisbursementData

NOT_TO_THIS_ACCOUNT = "invalid"
"""Its word for an account that it does not take. Any other is between it and us, and refuses no single payout."""


LONGEST_HOLDER, LONGEST_REMARK = 120, 20


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
            except GatewayRefused as error:
                if error.word != NOT_TO_THIS_ACCOUNT:
                    raise
                refused[payout.id] = error.reason
        return Handover(refused=refused)

    def status(self, payout_id: uuid.UUID) -> DisbursementReport:
        return remote.get(f"/v1/disbursements/{payout_id}", DisbursementData).report()


def _send(payout: OutgoingPayout) -> None:
    content = {
        "reference": payout.id,
        "amount_idr": payout.amount_idr,
        "bank_code": payout.bank_code,
        "account_number": payout.account_number,
        "account_holder": one_line(payout.account_holder, LONGEST_HOLDER),
        "remark": one_line(payout.remark, LONGEST_REMARK),
    }
    remote.post("/v1/disbursements", content, CreatedDisbursement)
