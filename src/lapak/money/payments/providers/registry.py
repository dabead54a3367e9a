"""Payment providers by name. To add one: copy a folder, and name it here."""

from lapak.money.payments.errors import UnknownProvider
from lapak.money.payments.providers.contract import Provider
from lapak.money.payments.providers.sandbox.provider import Sandbox

PROVIDERS: dict[str, Provider] = {"sandbox": Sandbox()}


def provider_named(name: str) -> Provider:
    """The provider; `UnknownProvider` if there is none of this name."""
    if name not in PROVIDERS:
        raise UnknownProvider
    return PROVIDERS[name]
