"""Which services carry a parcel, at which price."""

import re
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lapak.lib.prepared import fetch_all
from lapak.lib.regions import PROVINCES
from lapak.trade.shipping.models import Parcel, Service
from lapak.trade.shipping.rules import ZoneRate, courier_title, shipping_price_idr


@dataclass(frozen=True, slots=True)
class Quote:
    """A service offered for a parcel."""

    service_code: str
    name: str
    price_idr: int
    min_days: int
    max_days: int


def shipping_quotes(origin_province: str, destination_province: str, weight_g: int) -> list[Quote]:
    """Every active service on the route with its price, in the operator's order."""
    return quotes_of_parcels([(origin_province, weight_g)], destination_province)[0]


def quotes_of_parcels(parcels: Sequence[tuple[str, int]], destination_province: str) -> list[list[Quote]]:
    """What `shipping_quotes` answers for each parcel (province it leaves from, grams), in one query for all of them."""
    origins = [PROVINCES[province].zone for province, _ in parcels]
    rates = fetch_all(
        """
        SELECT rate.origin_zone, rate.first_kg_idr, rate.next_kg_idr, rate.min_days, rate.max_days, service.code, service.name
        FROM shipping_rate AS rate JOIN shipping_service AS service ON service.code = rate.service_id AND service.is_active
        WHERE rate.origin_zone = ANY(%(origins)s::text[]) AND rate.destination_zone = %(destination)s ORDER BY service.position
        """,
        {
            "origins": list({origin.value for origin in origins}),
            "destination": PROVINCES[destination_province].zone.value,
        },
    )
    rates_from: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for rate in rates:
        rates_from[rate["origin_zone"]].append(rate)
    return [
        [_quote(rate, weight_g) for rate in rates_from[origin.value]]
        for origin, (_, weight_g) in zip(origins, parcels, strict=True)
    ]


def parcel_of_order(order_id: uuid.UUID) -> Parcel | None:
    """The order's parcel with its service, once it is with the courier."""
    return Parcel.objects.filter(order_id=order_id).select_related("service").first()


def orders_with_tracking_number(shop_id: uuid.UUID, typed: str) -> list[uuid.UUID]:
    """The shop's orders whose parcel bears the number, however it was typed: one, unless two couriers gave out the same."""
    number = re.sub(r"\s", "", typed).upper()
    # By its services, as the index of numbers begins with them.
    parcels = Parcel.objects.filter(service__in=Service.objects.all(), tracking_number=number, shop_id=shop_id)
    return list(parcels.values_list("order_id", flat=True))


def earliest_delivery(order_id: uuid.UUID, time_zone: str) -> datetime:
    """Before this moment the order's parcel cannot be there: the first moment of the day on which its service's shortest
    time is over, where the shop is."""
    parcel = Parcel.objects.get(order_id=order_id)
    day = parcel.shipped_at.astimezone(ZoneInfo(time_zone)).date() + timedelta(days=parcel.min_days)
    return datetime.combine(day, time.min, ZoneInfo(time_zone))


def service_names() -> list[str]:
    """The couriers' services on offer, in the operator's order."""
    return list(Service.objects.filter(is_active=True).values_list("name", flat=True))


def _quote(rate: dict[str, Any], weight_g: int) -> Quote:
    return Quote(
        service_code=rate["code"],
        name=rate["name"],
        price_idr=shipping_price_idr(ZoneRate(rate["first_kg_idr"], rate["next_kg_idr"]), weight_g),
        min_days=rate["min_days"],
        max_days=rate["max_days"],
    )


def couriers() -> list[tuple[str, str]]:
    """Who carries parcels, as a choice."""
    return [
        (courier, courier_title(courier)) for courier in sorted(set(Service.objects.values_list("courier", flat=True)))
    ]
