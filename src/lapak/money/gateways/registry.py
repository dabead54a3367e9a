"""The partners by name. To add one: copy a folder, and name it here (CONTRIBUTING, "A new payment provider")."""

from typing import TypeVar

from django.conf import settings

from lapak.money.gateways import bank_file, sandbox
from lapak.money.gateways.contract import Charges, Disbursements, Disputes, Gateway, Messages, Refunds
from lapak.money.gateways.errors import UnknownGateway

GATEWAYS: dict[str, Gateway] = {gateway.name: gateway for gateway in (sandbox.GATEWAY, bank_file.GATEWAY)}


def gateway_named(name: str) -> Gateway:
    """The partner; `UnknownGateway` if there is none of this name."""
    if name not in GATEWAYS:
        raise UnknownGateway
    return GATEWAYS[name]


def charges_at(name: str) -> Charges:
    """How to ask for money there; `UnknownGateway` if one cannot."""
    return _having(gateway_named(name).charges)


def refunds_at(name: str) -> Refunds | None:
    """How to send money back the way it came; None where one cannot."""
    return gateway_named(name).refunds


def disputes_at(name: str) -> Disputes:
    """How to answer a dispute there; `UnknownGateway` if one cannot."""
    return _having(gateway_named(name).disputes)


def messages_of(name: str) -> Messages:
    """How to read what it tells; `UnknownGateway` if it tells nothing, or its keys are not set: anyone could know those."""
    gateway = gateway_named(name)
    return _having(None if unset(gateway) else gateway.messages)


def disbursements_at(name: str) -> Disbursements:
    """How to send money to bank accounts there; `UnknownGateway` if one cannot."""
    return _having(gateway_named(name).disbursements)


def payout_gateways() -> list[Gateway]:
    """The partners through which payouts can go."""
    return [gateway for gateway in GATEWAYS.values() if gateway.disbursements]


def unset(gateway: Gateway) -> list[str]:
    """The settings that it needs and has not."""
    return [name for name in gateway.needs if not getattr(settings, name)]


Face = TypeVar("Face")


def _having(face: Face | None) -> Face:
    if face is None:
        raise UnknownGateway
    return face


def gateways() -> list[tuple[str, str]]:
    """Every partner, as a choice."""
    return [(gateway.name, gateway.title) for gateway in GATEWAYS.values()]
