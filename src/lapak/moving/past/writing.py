"""Past orders on their way into the database, and out of it again."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from lapak.lib.acts import act
from lapak.lib.copying import copy_rows
from lapak.moving.past.models import BROUGHT, PastLine, PastOrder
from lapak.moving.past.planning import ORDERS_AT_ONCE, OrdersPlan
from lapak.moving.past.values import SourceOrder
from lapak.moving.progress import Progress, Report
from lapak.people.shops.models import Shop

Each = TypeVar("Each")

_LINE_COLUMNS = ("order_id", "sku_id", "seller_sku", "title", "variation", "quantity", "returned", "goods_idr")


def write_orders(shop: Shop, plan: OrdersPlan, upload_id: UUID | None, report: Report) -> None:
    """The plan is carried out, some thousand orders to a transaction: a run that was killed is continued by running again."""
    total = len(plan.new) + len(plan.changed)
    done = 0
    for new in _in_parts(plan.new):
        _create(shop, new, upload_id)
        done += len(new)
        report(Progress("apply", done, total))
    for changed in _in_parts(plan.changed):
        _change(changed)
        done += len(changed)
        report(Progress("apply", done, total))


def take_past_back(shop: Shop, upload_id: UUID) -> None:
    """What the upload brought first of the shop's past is gone. In the caller's transaction, who has checked who is acting."""
    for rows in BROUGHT:
        rows.filter(shop=shop, upload_id=upload_id).delete()


@act
def _create(shop: Shop, orders: Sequence[SourceOrder], upload_id: UUID | None) -> None:
    rows = PastOrder.objects.bulk_create(
        PastOrder(
            shop=shop,
            platform=order.platform,
            source_id=order.order_id,
            state=order.state,
            placed_at=order.placed_at,
            total_idr=order.total_idr,
            buyer=order.buyer,
            upload_id=upload_id,
        )
        for order in orders
    )
    _write_lines(list(zip(rows, orders, strict=True)))


@act
def _change(changed: Sequence[tuple[PastOrder, SourceOrder]]) -> None:
    """Who bought stays as it was first told: another reading has other pseudonyms."""
    for here, order in changed:
        here.state, here.placed_at, here.total_idr = order.state, order.placed_at, order.total_idr
    PastOrder.objects.bulk_update([here for here, _order in changed], ["state", "placed_at", "total_idr"])
    PastLine.objects.filter(order__in=[here for here, _order in changed]).delete()
    _write_lines(changed)


def _write_lines(of: Sequence[tuple[PastOrder, SourceOrder]]) -> None:
    copy_rows(
        "past_pastline",
        _LINE_COLUMNS,
        (
            (
                here.pk,
                line.sku_id,
                line.seller_sku,
                line.title,
                line.variation,
                line.quantity,
                line.returned,
                line.goods_idr,
            )
            for here, order in of
            for line in order.lines.values()
        ),
    )


def _in_parts(each: Sequence[Each]) -> list[Sequence[Each]]:
    return [each[begin : begin + ORDERS_AT_ONCE] for begin in range(0, len(each), ORDERS_AT_ONCE)]
