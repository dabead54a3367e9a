"""What a parcel costs to carry."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.lib.money import format_idr

STEEP_CHANGE = 2
"""A price below half of today's, or above twice as much, is asked about: couriers change theirs by some percent a year."""


@dataclass(frozen=True, slots=True)
class ZoneRate:
    """A service's price on a route: the first kilogram, and every further one begun."""

    first_kg_idr: int
    next_kg_idr: int


@dataclass(frozen=True, slots=True)
class RouteService:
    """A courier's service between two zones: its code and name, who carries, at which rate, in how many days."""

    code: str
    name: str
    courier: str
    rate: ZoneRate
    min_days: int
    max_days: int


def shipping_price_idr(rate: ZoneRate, weight_g: int) -> int:
    """The price for a parcel of this weight; couriers charge whole kilograms, each one begun."""
    if weight_g <= 0:
        raise ValueError("a parcel weighs something")
    kilograms = -(-weight_g // 1000)
    return rate.first_kg_idr + rate.next_kg_idr * (kilograms - 1)


def question_about_price(price_idr: int, now_idr: int) -> "str | Promise | None":
    """What to ask the operator before a price of the list is taken, if anything: whether it may change so steeply."""
    if now_idr <= price_idr * STEEP_CHANGE and price_idr <= now_idr * STEEP_CHANGE:
        return None
    return _("%(price)s? It is %(now)s now.") % {"price": format_idr(price_idr), "now": format_idr(now_idr)}


TRACKING_NUMBERS = {
    "jne": r"[A-Z]{0,5}\d{8,16}",
    "jnt": r"(J[A-Z]|JT)\d{10,12}",
    "sicepat": r"\d{12}",
}
"""How couriers write their numbers, as far as their receipts of 2026 show; of others only that no one prints less."""

COURIER_TITLES = {"jne": "JNE", "jnt": "J&T", "sicepat": "SiCepat"}
"""What people call the couriers; one that is not named here goes by its code."""

ANY_TRACKING_NUMBER = r"(?=(?:[^0-9]*[0-9]){4})[A-Z0-9]{8,40}"
"""At least four digits: no courier numbers its parcels with letters alone."""


def courier_title(courier: str) -> str:
    """What people call it: `jnt` is `J&T`."""
    return COURIER_TITLES.get(courier, courier.upper())


def is_tracking_number(number: str, courier: str = "") -> bool:
    """Whether this courier writes its numbers so; without one, or one that is not known, whether any does."""
    number = number.replace("-", "")
    is_typed_at_random = len(set(re.sub(r"\D", "", number))) < 2
    pattern = TRACKING_NUMBERS.get(courier, ANY_TRACKING_NUMBER)
    return len(number) <= 40 and not is_typed_at_random and bool(re.fullmatch(pattern, number))
