"""Ways to pay: each with its own limit and its own time."""

from dataclasses import dataclass
from datetime import timedelta

from lapak.lib import clock
from lapak.money.payments.qris import LIMIT_IDR
from lapak.people.settings.queries import number_on

TITLES = {"qris": "QRIS"}
"""Of every way to pay, by its code."""


@dataclass(frozen=True, slots=True)
class Method:
    """`most_idr` is the largest amount it takes at once, `pay_within` how long the buyer has."""

    code: str
    title: str
    most_idr: int
    pay_within: timedelta


def methods() -> dict[str, Method]:
    """Each by its code, with the time that one has who begins today."""
    minutes = number_on("qris_pay_within_minutes", clock.today())
    qris = Method("qris", TITLES["qris"], LIMIT_IDR, timedelta(minutes=minutes))
    return {method.code: method for method in [qris]}
