"""What a parcel costs to carry."""

from dataclasses import dataclass


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
