"""Sending money of a charge back."""

from datetime import timedelta

from lapak.money.gateways.contract import AskedRefund, RefundReport
from lapak.money.gateways.sandbox import remote
from lapak.money.gateways.sandbox.payloads import RefundData


class SandboxRefunds:
    """See `contract.Refunds`."""

    def possible_for(self, method: str) -> timedelta:
        """A QRIS payment can be sent back for seven days; one hour of them stays unused, for clocks that differ."""
        return timedelta(days=7) - timedelta(hours=1) if method == "qris" else timedelta(0)

    def ask(self, asked: AskedRefund) -> RefundReport:
        content = {"refund_key": asked.refund_id, "amount_idr": asked.amount_idr}
        return remote.post(f"/v1/charges/{asked.provider_reference}/refunds", content, RefundData).report()

    def status(self, asked: AskedRefund) -> RefundReport:
        return remote.get(f"/v1/refunds/{asked.refund_id}", RefundData).report()
