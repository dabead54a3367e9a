"""What must not be so when Lapak starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from lapak.money.payouts.commands import is_play_money


@register()
def no_play_money_to_real_banks(**_: Any) -> list[CheckMessage]:
    """The daily run would write real transfers for the sandbox's money."""
    if not is_play_money(settings.PAYOUT_PROVIDER, settings.PAYOUT_PAID_FROM):
        return []
    return [
        Error(
            f"LAPAK_PAYOUT_PROVIDER is {settings.PAYOUT_PROVIDER}, a real bank, but the money is the sandbox's.",
            hint="Choose a real LAPAK_PAYMENT_PROVIDER, or LAPAK_PAYOUT_PROVIDER=sandbox; to try the file out, set "
            "LAPAK_PLAY_MONEY_TO_REAL_BANKS=1.",
            id="lapak.E001",
        )
    ]
