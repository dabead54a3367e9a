"""An order's money goes back to its buyer: never more than they paid for it."""

import uuid

from django.db.models import Sum

from lapak.money.ledger.commands import post_transfers
from lapak.money.payments.postings import shortfall_given_back
from lapak.money.payments.refunds import owe_refund
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import payment_of
from lapak.trade.orders.rules import RefundSplit, State, from_platform_idr


def owe_back(
    order: Order, refund: RefundSplit, reason: str, return_id: uuid.UUID | None = None, fact: str = ""
) -> None:
    """A refund of the (locked) order, which stands as after it, is owed to the buyer; `reason` is what they read, and its return
    or `fact` tells apart several of one order.

    Belongs to the posting of the refund to `buyer_refund_payable`. What the platform had put in, because less had come
    than was asked (flows/resolve_receipt.py), is its own again: posts `shortfall_given_back` (money/payments/postings.py).
    """
    platforms_idr = platforms_part_idr(order, refund)
    if platforms_idr < refund.total_idr:
        owe_refund(
            buyer_id=order.buyer_id,
            amount_idr=refund.total_idr - platforms_idr,
            reason=reason,
            order_id=order.id,
            return_id=return_id,
            intent_id=payment_of(order),
        )
    post_transfers(shortfall_given_back(order.id, order.buyer_id, platforms_idr, str(return_id or fact)))


def platforms_part_idr(order: Order, refund: RefundSplit) -> int:
    """What of a refund of the (locked) order, which stands as after it, the platform had put in and the buyer never paid."""
    counted_idr = (
        0 if order.state == State.CANCELLED else refund.price_idr
    )  # what ends with a cancelled order is no part of this
    return from_platform_idr(
        refund.price_idr,
        refunded_before_idr=order.refunded_idr - counted_idr,
        paid_idr=order.total_idr - put_in_idr(order),
    )


def put_in_idr(order: Order) -> int:
    """What of the order's price the platform bears, because less had come than was asked."""
    borne: int = order.allocations.aggregate(idr=Sum("borne_by_platform_idr", default=0))["idr"]
    return borne
