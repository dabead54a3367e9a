"""Payments that a buyer's bank takes back."""

from lapak.money.gateways.contract import DisputeReport
from lapak.money.gateways.sandbox import remote
from lapak.money.gateways.sandbox.payloads import DisputeData

LONGEST_EVIDENCE = 4_000


class SandboxDisputes:
    """See `contract.Disputes`."""

    def answer(self, reference: str, evidence: str) -> DisputeReport:
        return remote.post(
            f"/v1/disputes/{reference}/answer", {"evidence": evidence[:LONGEST_EVIDENCE]}, DisputeData
        ).report()

    def status(self, reference: str) -> DisputeReport:
        return remote.get(f"/v1/disputes/{reference}", DisputeData).report()
