"""What a parcel costs to carry."""

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
