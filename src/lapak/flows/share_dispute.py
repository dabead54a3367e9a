"""Which orders a dispute of their payment is about: their clocks and their money stand still."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop

from lapak.money.payments.disputes import share_dispute
from lapak.money.payments.models import Dispute, PaymentIntent
from lapak.money.payments.rules import UNDECIDED
from lapak.trade.orders.disputes import stand_still
from lapak.trade.orders.models import Order, PaymentAllocation

TAKEN_FOR_NOW = gettext_noop("The bank is taking the payment back. Lapak answers it; nothing moves until it decides.")


def share_among_orders(dispute: Dispute, orders: Sequence[Order]) -> None:
    """Each of the purchase's (locked) orders that the payment paid has its part of the dispute, and waits for it."""
    brought = PaymentAllocation.objects.filter(intent_id=dispute.intent_id).order_by("order_id")
    paid = [(row.order_id, row.shop_id, row.amount_idr - row.borne_by_platform_idr) for row in brought]
    order_of = {order.id: order for order in orders}
    for share in share_dispute(dispute, paid):
        stand_still(order_of[share.order_id], share.amount_idr, TAKEN_FOR_NOW)


def share_open_disputes(intent: PaymentIntent, orders: Sequence[Order]) -> None:
    """Its payment was told only now, and is in dispute already."""
    for dispute in Dispute.objects.filter(intent=intent, status__in=UNDECIDED).order_by("id"):
        share_among_orders(dispute, orders)
