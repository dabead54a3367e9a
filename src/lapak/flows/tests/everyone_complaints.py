"""Of everyone.py: what buyers complain of, and what people report, and what the others say to it."""

from collections.abc import Callable

from lapak.flows.tests.of_moderation import MODERATING
from lapak.people.users.models import User
from lapak.testing.complaints import WORDS
from lapak.testing.market import Market
from lapak.trade.complaints import commands as complaining
from lapak.trade.complaints.models import Complaint
from lapak.trade.orders.models import Order


def _complain(market: Market, pick: int) -> object:
    orders = list(Order.objects.exclude(paid_at=None).order_by("id"))
    if not orders:
        return None
    order = orders[pick % len(orders)]
    return complaining.lodge_complaint(market.buyer_of(order), topic="goods", words=WORDS, order_id=order.id)


def _author(complaint: Complaint) -> User:
    assert complaint.author, "only the operator notes complaints of others"
    return complaint.author


def _order(complaint: Complaint) -> Order:
    assert complaint.order, "here people complain of orders alone"
    return complaint.order


def _one(do: Callable[[Market, Complaint], object]) -> Callable[[Market, int], object]:
    def act(market: Market, pick: int) -> object:
        complaints = list(Complaint.objects.select_related("author", "order__shop").order_by("id"))
        return complaints and do(market, complaints[pick % len(complaints)])

    return act


OF_COMPLAINTS = {
    **MODERATING,
    "complain": _complain,
    "answer complaint for shop": _one(
        lambda market, found: complaining.answer_complaint_for_shop(market.seller_of(_order(found)), found.id, WORDS)
    ),
    "accept shop's answer": _one(lambda _market, found: complaining.accept_shops_answer(_author(found), found.id)),
    "take complaint to Lapak": _one(
        lambda _market, found: complaining.take_complaint_to_lapak(_author(found), found.id, WORDS)
    ),
    "answer complaint": _one(lambda market, found: complaining.answer_complaint(market.operator, found.id, WORDS)),
    "withdraw complaint": _one(lambda _market, found: complaining.withdraw_complaint(_author(found), found.id)),
}
"""As `ACTS` there."""
