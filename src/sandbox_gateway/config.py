"""What the gateway is started with."""

from dataclasses import dataclass, field
from pathlib import Path

from sandbox_gateway.clock import Clock


@dataclass(frozen=True, slots=True)
class Config:
    """One merchant's account at this gateway. Times are seconds."""

    state: Path
    """The SQLite file that holds everything, so that a restart loses nothing."""
    api_key: str
    """What the merchant shows with every request."""
    webhook_secret: str
    """The key of the merchant's webhook signatures: `whsec_` and base64."""
    merchant_webhook: str
    """Where events are sent."""
    public_url: str
    """This gateway as a payer's browser reaches it."""
    duplicates: int = 3
    """How often an event is delivered once more after the merchant took it: real gateways repeat themselves."""
    duplicate_pause: float = 0.3
    retry_pause: float = 1.0
    """The pause after a first failed delivery; each next one is four times as long."""
    disbursement_time: float = 1.0
    """How long a bank transfer or a refund takes."""
    clock: Clock = field(default_factory=Clock)
