"""Ways to pay: each with its own limit and its own time."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from lapak.money.payments.qris import LIMIT_IDR


@dataclass(frozen=True, slots=True)
class Method:
    """`most_idr` is the largest amount it takes at once, `pay_within` how long the buyer has."""

    code: str
    title: str
    most_idr: int
    pay_within: timedelta


def methods() -> dict[str, Method]:
    """Each by its code."""
    qris = Method("qris", "QRIS", LIMIT_IDR, settings.QRIS_PAY_WITHIN)
    return {method.code: method for method in [qris]}
