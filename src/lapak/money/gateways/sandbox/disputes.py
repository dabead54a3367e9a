"""Payments that a buyer's bank takes back."""

from lapak.money.gateways.contract import DisputeReport
from lapak.money.gateways.sandbox import remote
from lapak.money.gateways.sandbox.payloads import DisputeData


class SandboxDisputes:
    """See `contract.Disputes`."""

    def answer(self, reference: str, evidence: str) -> DisputeReport:
        return remote.post(f"/v1/disputes/{reference}/answer", {"evidence": evidence}, DisputeData).report()

    def status(self, reference: str) -> DisputeReport:
        return remote.get(f"/v1/disputes/{reference}", DisputeData).report()
