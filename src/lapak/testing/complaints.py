"""Complaints for tests."""

from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import delivered_order
from lapak.trade.complaints.commands import answer_complaint_for_shop, lodge_complaint
from lapak.trade.complaints.models import Complaint
from lapak.trade.orders.models import Order

WORDS = "The colour is another than shown."


def complaint_about(cast: Cast, order: Order | None = None) -> Complaint:
    """The buyer's, about an order of theirs that has arrived: the shop is asked."""
    order = order or delivered_order(cast, (stocked_variant(cast.shop), 1))
    return lodge_complaint(cast.buyer, topic="goods", words=WORDS, order_id=order.id)


def answered_by_shop(cast: Cast) -> Complaint:
    """The shop has said what it does about it."""
    return answer_complaint_for_shop(cast.seller, complaint_about(cast).id, "We send you another one.")


def complaint_with_lapak(cast: Cast) -> Complaint:
    """About no order: Lapak answers."""
    return lodge_complaint(cast.buyer, topic="data", words="I cannot change my name.")
