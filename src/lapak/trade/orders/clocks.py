"""Which orders' time has come. Each list is bounded: a minute later comes the next one."""

import uuid

from django.db.models import Exists, OuterRef

from lapak.lib import clock
from lapak.trade.orders.models import Order, Return
from lapak.trade.orders.return_rules import OPEN, ReturnState
from lapak.trade.orders.rules import CANCEL_ANSWER_WITHIN, State

AT_ONCE = 1000
"""How many orders one sweep takes of a kind: far more than come due in a minute, little enough to finish in one."""


def purchases_past_pay_by() -> list[uuid.UUID]:
    """Purchases that were not paid in time."""
    due = Order.objects.filter(state=State.AWAITING_PAYMENT, pay_by__lt=clock.now())
    return list(dict.fromkeys(due.order_by("pay_by").values_list("purchase_id", flat=True)[:AT_ONCE]))


def orders_past_ship_by() -> list[uuid.UUID]:
    """Paid orders that the shop did not hand to a courier in time."""
    due = Order.objects.filter(state__in=[State.PAID, State.PACKED], ship_by__lt=clock.now())
    return list(due.order_by("ship_by").values_list("id", flat=True)[:AT_ONCE])


def orders_past_cancel_answer() -> list[uuid.UUID]:
    """Packed orders whose buyer's wish to cancel the seller has not answered in time."""
    due = Order.objects.filter(state=State.PACKED, cancel_asked_at__lt=clock.now() - CANCEL_ANSWER_WITHIN)
    return list(due.order_by("cancel_asked_at").values_list("id", flat=True)[:AT_ONCE])


def orders_past_return() -> list[uuid.UUID]:
    """Delivered orders whose days to ask for a return are over, and that no open return holds."""
    due = Order.objects.filter(state=State.DELIVERED, complete_at__lt=clock.now()).exclude(
        Exists(Return.objects.filter(order=OuterRef("id"), state__in=OPEN))
    )
    return list(due.order_by("complete_at").values_list("id", flat=True)[:AT_ONCE])


def orders_to_settle() -> list[uuid.UUID]:
    """Completed orders whose money is not split yet."""
    due = Order.objects.filter(state=State.COMPLETED, settled_at=None)
    return list(due.order_by("completed_at").values_list("id", flat=True)[:AT_ONCE])


def returns_past_act_by(*states: ReturnState) -> list[uuid.UUID]:
    """Returns that stand in one of the states for longer than it may last."""
    due = Return.objects.filter(state__in=states, act_by__lt=clock.now())
    return list(due.order_by("act_by").values_list("id", flat=True)[:AT_ONCE])
