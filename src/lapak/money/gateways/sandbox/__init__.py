"""The stand-in gateway of this repository, spoken to over HTTP like any other. It has every face."""

from lapak.money.gateways.contract import Gateway
from lapak.money.gateways.sandbox.charges import SandboxCharges
from lapak.money.gateways.sandbox.disbursements import SandboxDisbursements
from lapak.money.gateways.sandbox.disputes import SandboxDisputes
from lapak.money.gateways.sandbox.messages import SandboxMessages
from lapak.money.gateways.sandbox.refunds import SandboxRefunds
from lapak.money.gateways.sandbox.statement import SandboxStatement

GATEWAY = Gateway(
    name="sandbox",
    title="Sandbox",
    needs=("SANDBOX_URL", "SANDBOX_API_KEY", "SANDBOX_WEBHOOK_SECRET"),
    charges=SandboxCharges(),
    refunds=SandboxRefunds(),
    disputes=SandboxDisputes(),
    messages=SandboxMessages(),
    disbursements=SandboxDisbursements(),
    statement=SandboxStatement(),
    is_play=True,
)
