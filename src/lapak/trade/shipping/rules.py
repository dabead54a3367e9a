"""What a parcel costs to carry."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ZoneRate:
    """A service's price on a route: the first kilogram, and every further one begun."""

    first_kg_idr: int
    next_kg_idr: int


def shipping_price_idr(rate: ZoneRate, weight_g: int) -> int:
    """The price for a parcel of this weight; couriers charge whole kilograms, each one begun. The same formula stands
    in `flows/place_purchase.sql`, which checks the price the buyer was shown."""
    if weight_g <= 0:
        raise ValueError("a parcel weighs something")
    kilograms = -(-weight_g // 1000)
    return rate.first_kg_idr + rate.next_kg_idr * (kilograms - 1)
