"""Which orders' time has come, most urgent first; whoever sweeps takes as many as fit (flows/sweep.py). Once an order is
paid, none of its clocks runs while its payment is in dispute."""

from datetime import timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, QuerySet

from lapak.lib import clock
from lapak.money.payments.rules import GRACE
from lapak.people.shops.closings import closings_to_end
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State

_ANSWER_WITHIN = ExpressionWrapper(F("cancel_answer_within_hours") * timedelta(hours=1), DurationField())
CANCEL_ANSWER_BY = ExpressionWrapper(F("cancel_asked_at") + _ANSWER_WITHIN, DateTimeField())
"""`Order.cancel_answer_by` in SQL."""


def orders_past_pay_by() -> QuerySet[Order]:
    """Orders whose purchase was not paid in time; a little later, as the news of a payment may be on its way."""
    due = Order.objects.filter(state=State.AWAITING_PAYMENT, pay_by__lt=clock.now() - GRACE)
    return due.order_by("pay_by")


def orders_past_pack_by() -> QuerySet[Order]:
    """Paid orders that the shop did not pack in time."""
    due = Order.objects.filter(state=State.TO_PACK, pack_by__lt=clock.now(), disputed_idr=0)
    return due.order_by("pack_by")


def orders_past_ship_by() -> QuerySet[Order]:
    """Packed orders that the courier did not have in time."""
    due = Order.objects.filter(state=State.PACKED, ship_by__lt=clock.now(), disputed_idr=0)
    return due.order_by("ship_by")


def orders_past_closing() -> QuerySet[Order]:
    """Paid orders that no courier had when their shop, or the marketplace, closed."""
    closed = set(closings_to_end().values_list("shop_id", flat=True))
    due = Order.objects.filter(state__in=[State.TO_PACK, State.PACKED], disputed_idr=0)
    return (due if None in closed else due.filter(shop__in=closed)).order_by("id")


def orders_past_cancel_answer() -> QuerySet[Order]:
    """Packed orders whose buyer's wish to cancel the seller has not answered in time."""
    asked = Order.objects.filter(state=State.PACKED, cancel_asked_at__isnull=False, disputed_idr=0)
    return asked.alias(answer_by=CANCEL_ANSWER_BY).filter(answer_by__lt=clock.now()).order_by("cancel_asked_at")


def orders_past_return() -> QuerySet[Order]:
    """Delivered orders whose days to ask for a return are over, and that no open return holds."""
    due = Order.objects.filter(state=State.DELIVERED, complete_at__lt=clock.now(), open_return_id=None, disputed_idr=0)
    return due.order_by("complete_at")


def orders_to_settle() -> QuerySet[Order]:
    """Completed orders whose money is not split yet."""
    due = Order.objects.filter(state=State.COMPLETED, settled_at=None, open_return_id=None, disputed_idr=0)
    return due.order_by("completed_at")
