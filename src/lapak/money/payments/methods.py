"""Ways to pay: each with its own limit and its own time."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from lapak.lib import clock
from lapak.money.payments.qris import LIMIT_IDR


@dataclass(frozen=True, slots=True)
class Method:
    """`most_idr` is the largest amount it takes at once, `pay_within` how long the buyer has."""

    code: str
    title: str
    most_idr: int
    pay_within: timedelta


def methods() -> dict[str, Method]:
    """Each by its code, with the time that one has who begins today."""
    minutes = settings.QRIS_PAY_WITHIN_MINUTES.on(clock.today())
    qris = Method("qris", "QRIS", LIMIT_IDR, timedelta(minutes=minutes))
    return {method.code: method for method in [qris]}
