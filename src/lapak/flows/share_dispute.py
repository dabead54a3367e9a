"""Which orders a dispute of their payment is about: their clocks and their money stand still."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop

from lapak.money.payments.disputes import share_dispute
from lapak.money.payments.models import Dispute, PaymentIntent
from lapak.money.payments.queries import parts_of_dispute
from lapak.money.payments.rules import UNDECIDED
from lapak.trade.orders.disputes import go_on, stand_still
from lapak.trade.orders.models import Order, PaymentAllocation
from lapak.trade.returns.disputes import end_dispute_of_return

CUT_AGAIN = gettext_noop("The bank's dispute is about another amount than was told first.")
TAKEN_FOR_NOW = gettext_noop("The bank is taking the payment back. Lapak answers it; nothing moves until it decides.")


def share_among_orders(dispute: Dispute, orders: Sequence[Order]) -> None:
    """Each of the purchase's (locked) orders that the payment paid has its part of the dispute, and waits for it."""
    brought = PaymentAllocation.objects.filter(intent_id=dispute.intent_id).order_by("order_id")
    paid = [(row.order_id, row.shop_id, row.amount_idr - row.borne_by_platform_idr) for row in brought]
    order_of = {order.id: order for order in orders}
    for share in share_dispute(dispute, paid):
        if share.amount_idr:
            stand_still(order_of[share.order_id], share.amount_idr, TAKEN_FOR_NOW)


def share_anew(dispute: Dispute, orders: Sequence[Order]) -> None:
    """The (undecided) dispute is about another amount: the orders' parts of it are cut again, and their clocks, which have
    gone on by as long as they stood still, stand still anew."""
    order_of = {order.id: order for order in orders}
    for share in parts_of_dispute(dispute):
        order = order_of[share.order_id]
        end_dispute_of_return(order, go_on(order, share.amount_idr, CUT_AGAIN), CUT_AGAIN)
    share_among_orders(dispute, orders)


def share_open_disputes(intent: PaymentIntent, orders: Sequence[Order]) -> None:
    """Its payment was told only now, and is in dispute already."""
    for dispute in Dispute.objects.filter(intent=intent, status__in=UNDECIDED).order_by("id"):
        share_among_orders(dispute, orders)
