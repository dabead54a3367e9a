"""PPh 22 that is withheld from what shops are paid: docs/concepts/taxes.md."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import connection

from lapak.lib import clock
from lapak.lib.clock import WIB
from lapak.money.taxes.letters import note_turnover
from lapak.money.taxes.models import Letter, Withholding
from lapak.money.taxes.pph22_rules import LetterKind
from lapak.money.taxes.queries import letters_in_force, pph22_bp, shops_of_same_taxpayer, standings
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import turnover_idr


def withheld_of(orders: Sequence[Order], paid_at: datetime) -> list[int]:
    """How much of the goods of each of the (locked) orders, paid at that moment, is withheld, basis points: nothing from a shop
    that is exempt. With the first payment of a month, what an exempt person sold in the year until then is counted."""
    day = paid_at.astimezone(WIB).date()
    rate_bp = pph22_bp(day)
    if not rate_bp:
        return [0 for _ in orders]
    shop_ids = {order.shop_id for order in orders}
    for letter in letters_in_force(shop_ids, paid_at).filter(kind=LetterKind.STATEMENT):
        _count(letter, day.replace(day=1))
    found = standings(shop_ids, paid_at)
    return [rate_bp if found[order.shop_id].is_withheld else 0 for order in orders]


def _count(letter: Letter, month: date) -> None:
    if letter.counted_until is None or letter.counted_until < month:
        sold_idr = turnover_idr(shops_of_same_taxpayer(letter.shop_id), month.replace(month=1), month)
        note_turnover(letter.id, month, sold_idr)


def keep_withheld(order_ids: Collection[uuid.UUID]) -> None:
    """What stands of each order's PPh 22 in the ledger, and on what it was reckoned, is kept as the change that it is since the
    last time: of orders from which nothing ever was withheld, nothing. Belongs to what has just been posted of them."""
    if order_ids:
        rows = _changes(order_ids)
        now = clock.now()
        Withholding.objects.bulk_create(
            Withholding(order_id=order_id, shop_id=shop_id, base_idr=base_idr, tax_idr=tax_idr, withheld_at=now)
            for order_id, shop_id, base_idr, tax_idr in rows
            if base_idr or tax_idr
        )


def _changes(order_ids: Collection[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT o.id, o.shop_id,
                CASE WHEN o.settled_at IS NULL OR o.pph22_refund_id IS NOT NULL THEN 0
                    ELSE o.goods_idr - o.refunded_goods_idr END - kept.base_idr,
                booked.idr - kept.idr
            FROM orders_order o CROSS JOIN LATERAL (
                SELECT coalesce(sum(base_idr), 0)::bigint AS base_idr, coalesce(sum(tax_idr), 0)::bigint AS idr
                FROM taxes_withholding WHERE order_id = o.id
            ) AS kept CROSS JOIN LATERAL (
                SELECT coalesce(sum(CASE code WHEN 'goods_pph22' THEN amount_idr ELSE -amount_idr END), 0)::bigint AS idr
                FROM ledger_standing WHERE reference = o.id AND code IN ('goods_pph22', 'goods_pph22_given_back')
            ) AS booked
            WHERE o.id = ANY (%s::uuid[]) AND o.pph22_bp > 0
            """,
            [list(order_ids)],
        )
        changes: list[tuple[uuid.UUID, uuid.UUID, int, int]] = cursor.fetchall()
    return changes
