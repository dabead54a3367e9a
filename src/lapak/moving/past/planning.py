"""What past orders would change: compared with those that are here, as the same list given twice changes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet

from lapak.moving.past.models import PastLine, PastOrder
from lapak.moving.past.reading import PastOrders
from lapak.moving.past.values import OVER, SourceLine, SourceOrder
from lapak.moving.plan import Action, Counts
from lapak.people.shops.models import Shop

ORDERS_AT_ONCE = 2_000
"""Large enough that a statement costs little beside its rows, small enough to hold in memory."""


@dataclass(slots=True)
class OrdersPlan:
    """What is new, what is different, and how many of each."""

    new: list[SourceOrder] = field(default_factory=list)
    changed: list[tuple[PastOrder, SourceOrder]] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)


def plan_orders(shop: Shop, found: PastOrders) -> OrdersPlan:
    """An order that is over stays as it is, whatever an older list says of it; of the others the list given last is right."""
    plan = OrdersPlan()
    plan.counts.past_rows.left_out = found.left_out
    plan.counts.past_rows.unchanged = found.repeated
    for orders in _batches(found.orders.values()):
        known = {order.source_id: order for order in _known(shop, orders)}
        for order in orders:
            here = known.get(order.order_id)
            action = Action.CREATE if here is None else Action.CHANGE if _is_news(here, order) else Action.LEAVE
            if here is None:
                plan.new.append(order)
            elif action is Action.CHANGE:
                plan.changed.append((here, order))
            plan.counts.past_orders.count(action)
            plan.counts.past_rows.count(action, order.rows)
    return plan


def _batches(orders: Iterable[SourceOrder]) -> Iterator[list[SourceOrder]]:
    """Some at a time, of one platform each: ids are a platform's own."""
    by_platform: dict[str, list[SourceOrder]] = {}
    for order in orders:
        by_platform.setdefault(order.platform, []).append(order)
    for of_one in by_platform.values():
        for begin in range(0, len(of_one), ORDERS_AT_ONCE):
            yield of_one[begin : begin + ORDERS_AT_ONCE]


def _known(shop: Shop, orders: list[SourceOrder]) -> QuerySet[PastOrder]:
    ids = [order.order_id for order in orders]
    here = PastOrder.objects.filter(shop=shop, platform=orders[0].platform, source_id__in=ids)
    return here.prefetch_related("lines")


def _is_news(here: PastOrder, order: SourceOrder) -> bool:
    if here.state in OVER and order.state not in OVER:
        return False
    said = (order.state, order.placed_at, order.total_idr)
    is_same = said == (here.state, here.placed_at, here.total_idr)
    return not is_same or {*order.lines.values()} != {*map(_as_told, here.lines.all())}


def _as_told(line: PastLine) -> SourceLine:
    return SourceLine(
        line.sku_id, line.seller_sku, line.title, line.variation, line.quantity, line.returned, line.goods_idr
    )
