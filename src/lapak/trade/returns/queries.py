"""Reading returns, what they would pay back, and the gates to each."""

import uuid
from collections.abc import Collection

from django.db.models import Count, Prefetch, QuerySet

from lapak.goods.catalogue.models import ProductImage
from lapak.lib import clock
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import shops_of_seller
from lapak.people.users.models import User
from lapak.trade.orders.errors import OrderNotFound
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import RefundSplit
from lapak.trade.returns.models import Return, ReturnEvent, ReturnLine
from lapak.trade.returns.rules import (
    NOT_THE_SELLERS_FAULT,
    WAIT_FOR_SHOP,
    LineRefund,
    ReturnState,
    may_be_asked,
    refund_of,
)


def returns_of_order(order: Order) -> QuerySet[Return]:
    """An order's returns with their goods, the newest first."""
    return _with_lines(Return.objects.filter(order=order)).order_by("-asked_at", "-id")


def may_ask_for_return(order: Order) -> bool:
    """Whether `ask_for_return` would not refuse the order's buyer outright: in time, none open, and something left."""
    return (
        may_be_asked(order.state, order.complete_at, clock.now())
        and any(line.remaining_quantity for line in order.lines.all())
        and order.open_return_id is None
    )


def return_for_buyer(user: User, return_id: uuid.UUID) -> Return:
    """The return with its goods, for the one who bought them; `OrderNotFound` for everyone else."""
    return _one(_with_lines(Return.objects.filter(id=return_id, order__buyer=user)))


def return_for_seller(user: User, return_id: uuid.UUID) -> Return:
    """The return with its goods, for one who works in its shop; `OrderNotFound` for everyone else."""
    return _one(_with_lines(Return.objects.filter(id=return_id, shop__in=shops_of_seller(user))))


def return_for_operator(user: User, return_id: uuid.UUID) -> Return:
    """The return with its goods, for the operator; `OrderNotFound` for everyone else."""
    if not user.is_staff:
        raise OrderNotFound
    return _one(_with_lines(Return.objects.filter(id=return_id)))


def returns_of_shop(shop: Shop, states: Collection[str] = ()) -> QuerySet[Return]:
    """A shop's returns with their goods, the newest first; only those in `states` when given."""
    returns = _with_lines(Return.objects.filter(shop=shop))
    return (returns.filter(state__in=states) if states else returns).order_by("-asked_at", "-id")


def return_counts_of_shop(shop: Shop) -> dict[str, int]:
    """How many returns a shop has in each state."""
    counts = Return.objects.filter(shop=shop).values_list("state").annotate(Count("id"))
    return dict.fromkeys(Return.State.values, 0) | dict(counts)


def escalated_returns() -> QuerySet[Return]:
    """What waits for the operator, the oldest first."""
    return _with_lines(Return.objects.filter(state=ReturnState.ESCALATED)).order_by("asked_at", "id")


def events_of_return(return_: Return) -> QuerySet[ReturnEvent]:
    """What happened to the return, the first first."""
    return ReturnEvent.objects.filter(of_return=return_).select_related("actor").order_by("happened_at", "id")


def count_of_returns_to_answer(shop: Shop) -> int:
    """How many returns wait for the shop."""
    return Return.objects.filter(shop=shop, state__in=WAIT_FOR_SHOP).count()


def refund_of_return(return_: Return) -> RefundSplit:
    """What the return has paid back, or will when it is refunded."""
    if return_.state == ReturnState.REFUNDED:
        return RefundSplit(return_.refunded_goods_idr, return_.refunded_shipping_idr)
    returned = {row.line_id: (row.quantity, row.paid_idr) for row in return_.lines.all()}
    lines = [
        LineRefund(line.quantity, line.refunded_quantity, *returned.get(line.id, (0, 0)))
        for line in return_.order.lines.all()
    ]
    reasons = {
        return_.reason,
        *Return.objects.filter(order=return_.order, state=ReturnState.REFUNDED).values_list("reason", flat=True),
    }
    return refund_of(lines, return_.order.shipping_idr, is_sellers_fault=NOT_THE_SELLERS_FAULT.isdisjoint(reasons))


def _with_lines(returns: QuerySet[Return]) -> QuerySet[Return]:
    first_image = ProductImage.objects.filter(position=0).select_related("image")
    lines = ReturnLine.objects.select_related("line__variant__product").prefetch_related(
        Prefetch("line__variant__product__images", first_image)
    )
    return returns.select_related("order__buyer", "shop").prefetch_related(Prefetch("lines", lines.order_by("id")))


def _one(returns: QuerySet[Return]) -> Return:
    found = returns.first()
    if found is None:
        raise OrderNotFound
    return found
