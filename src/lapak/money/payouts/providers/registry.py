"""Payout providers by name. To add one: copy a folder, and name it here."""

from lapak.money.payouts.errors import UnknownProvider
from lapak.money.payouts.providers.bank_file.provider import BankFile
from lapak.money.payouts.providers.contract import Provider
from lapak.money.payouts.providers.sandbox.provider import Sandbox

PROVIDERS: dict[str, Provider] = {"bank_file": BankFile(), "sandbox": Sandbox()}


def provider_named(name: str) -> Provider:
    """The provider; `UnknownProvider` if there is none of this name."""
    if name not in PROVIDERS:
        raise UnknownProvider
    return PROVIDERS[name]
