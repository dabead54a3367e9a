"""Ways to pay: each with its own limit and its own time."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from lapak.money.payments.errors import UnknownMethod
from lapak.money.payments.qris import LIMIT_IDR


@dataclass(frozen=True, slots=True)
class Method:
    """`most_idr` is the largest amount it takes at once, `pay_within` how long the buyer has."""

    code: str
    most_idr: int
    pay_within: timedelta


def method_named(code: str) -> Method:
    """The method; `UnknownMethod` if there is none of this name."""
    if code != "qris":
        raise UnknownMethod
    return Method("qris", LIMIT_IDR, settings.QRIS_PAY_WITHIN)
