"""Every change of the price list and of a parcel."""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError

from lapak.lib.acts import act
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.errors import NotTheOperator
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk
from lapak.trade.shipping.errors import TrackingNumberMalformed, TrackingNumberTaken
from lapak.trade.shipping.models import Parcel, Rate, Service
from lapak.trade.shipping.rules import is_tracking_number


@act
def change_service(by: User, code: str, *, name: str, position: int, is_active: bool) -> Service:
    """The operator offers the courier's service under this name, at this place of the list, or no longer.

    Orders keep the service they were placed with. Refuses others than the operator (`NotTheOperator`).
    """
    require_desk(by, Desk.SHIPPING, NotTheOperator)
    service = Service.objects.select_for_update(no_key=True).get(code=code)
    _note_change(by, service, {"name": name, "position": position, "is_active": is_active})
    service.name, service.position, service.is_active = name, position, is_active
    service.full_clean()
    service.save(update_fields=["name", "position", "is_active"])
    return service


@act
def change_rate(by: User, rate_id: int, *, first_kg_idr: int, next_kg_idr: int, min_days: int, max_days: int) -> Rate:
    """The route costs this much from now on (whole rupiah, for the first kilogram and every further one begun) and
    takes so many days. A buyer who was shown another price is told before paying; orders keep theirs.

    Refuses others than the operator (`NotTheOperator`), and (`ValidationError`) negative amounts, and a least number of
    days above the most.
    """
    require_desk(by, Desk.SHIPPING, NotTheOperator)
    rate = Rate.objects.select_for_update(of=("self",), no_key=True).select_related("service").get(pk=rate_id)
    terms = {"first_kg_idr": first_kg_idr, "next_kg_idr": next_kg_idr, "min_days": min_days, "max_days": max_days}
    _note_change(by, rate, terms)
    for field, value in terms.items():
        setattr(rate, field, value)
    rate.full_clean()
    rate.save(update_fields=list(terms))
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


@act
def correct_parcel(order_id: uuid.UUID, tracking_number: str) -> tuple[str, str]:
    """The order's parcel is with the courier under this number; answers the one before, and this one as couriers print it.

    Refuses what `record_parcel` does.
    """
    parcel = Parcel.objects.select_for_update(of=("self",), no_key=True).select_related("service").get(pk=order_id)
    was, now = parcel.tracking_number, clean_tracking_number(tracking_number, parcel.service.courier)
    parcel.tracking_number = now
    try:
        parcel.save(update_fields=["tracking_number"])
    except IntegrityError as error:
        raise TrackingNumberTaken from error
    return was, now


def mark_delivered(order_id: uuid.UUID, delivered_at: datetime) -> None:
    """The order's parcel arrived."""
    Parcel.objects.filter(order_id=order_id, delivered_at=None).update(delivered_at=delivered_at)


def clean_tracking_number(typed: str, courier: str = "") -> str:
    """The number as couriers print it. Refuses (`TrackingNumberMalformed`) what no courier prints, or not this one."""
    number = re.sub(r"\s", "", typed).upper()
    if not is_tracking_number(number, courier):
        raise TrackingNumberMalformed
    return number


def _note_change(by: User, row: Service | Rate, new: Mapping[str, object]) -> None:
    note_changes(by.id, Subject(Kind.SHIPPING, row.pk, str(row)), {field: getattr(row, field) for field in new}, new)
