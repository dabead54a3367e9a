"""Every change of the price list and of a parcel."""

import re
import uuid
from datetime import datetime

from django.db import IntegrityError

from lapak.lib.acts import act
from lapak.trade.shipping.errors import TrackingNumberMalformed, TrackingNumberTaken
from lapak.trade.shipping.models import Parcel, Rate, Service
from lapak.trade.shipping.rules import is_tracking_number


def change_service(code: str, *, name: str, position: int, is_active: bool) -> Service:
    """The operator offers the courier's service under this name, at this place of the list, or no longer.

    Orders keep the service they were placed with.
    """
    service = Service.objects.get(code=code)
    service.name, service.position, service.is_active = name, position, is_active
    service.full_clean()
    service.save(update_fields=["name", "position", "is_active"])
    return service


def change_rate(rate_id: int, *, first_kg_idr: int, next_kg_idr: int, min_days: int, max_days: int) -> Rate:
    """The route costs this much from now on (whole rupiah, for the first kilogram and every further one begun) and
    takes so many days. A buyer who was shown another price is told before paying; orders keep theirs.

    Refuses (`ValidationError`) negative amounts, and a least number of days above the most.
    """
    rate = Rate.objects.get(pk=rate_id)
    rate.first_kg_idr, rate.next_kg_idr, rate.min_days, rate.max_days = first_kg_idr, next_kg_idr, min_days, max_days
    rate.full_clean()
    rate.save(update_fields=["first_kg_idr", "next_kg_idr", "min_days", "max_days"])
    return rate


@act
def record_parcel(
    order_id: uuid.UUID,
    service_code: str,
    tracking_number: str,
    *,
    shop_id: uuid.UUID,
    shipped_at: datetime,
    min_days: int,
) -> Parcel:
    """The order's parcel is with the courier under this number.

    Refuses a number that its courier does not write so, and one that another parcel of the same service bears.
    """
    courier = Service.objects.values_list("courier", flat=True).get(code=service_code)
    number = clean_tracking_number(tracking_number, courier)
    try:
        return Parcel.objects.create(
            order_id=order_id,
            shop_id=shop_id,
            service_id=service_code,
            tracking_number=number,
            shipped_at=shipped_at,
            min_days=min_days,
        )
    except IntegrityError as error:
        raise TrackingNumberTaken from error


def mark_delivered(order_id: uuid.UUID, delivered_at: datetime) -> None:
    """The order's parcel arrived."""
    Parcel.objects.filter(order_id=order_id, delivered_at=None).update(delivered_at=delivered_at)


def clean_tracking_number(typed: str, courier: str = "") -> str:
    """The number as couriers print it. Refuses (`TrackingNumberMalformed`) what no courier prints, or not this one."""
    number = re.sub(r"\s", "", typed).upper()
    if not is_tracking_number(number, courier):
        raise TrackingNumberMalformed
    return number
