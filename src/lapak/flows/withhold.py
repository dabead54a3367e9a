"""PPh 22 that is withheld from what shops are paid: docs/concepts/taxes.md."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import connection

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.clock import WIB
from lapak.money.taxes.letters import (
    count_anew,
    lock_letter_to_count,
    lock_letter_to_cross,
    note_crossing,
    note_turnover,
)
from lapak.money.taxes.models import Letter, Withholding
from lapak.money.taxes.pph22_rules import LetterKind
from lapak.money.taxes.queries import letters_in_force, pph22_bp, shops_of_same_taxpayer, standings
from lapak.people.users.models import User
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import paid_last_after, turnover_idr

A_MOMENT = timedelta(microseconds=1)


def withheld_of(orders: Sequence[Order], paid_at: datetime) -> list[int]:
    """How much of the goods of each of the (locked) orders, paid at that moment, is withheld, basis points: nothing from a shop
    that is exempt. With the first payment of a month, what an exempt person sold in the year until then is counted;
    and again, once a payment of an earlier month has been told."""
    day = paid_at.astimezone(WIB).date()
    rate_bp = pph22_bp(day)
    if not rate_bp:
        return [0 for _ in orders]
    shop_ids = {order.shop_id for order in orders}
    if day.replace(day=1) < clock.today().replace(day=1):
        count_anew(shop_ids)
    for letter in letters_in_force(shop_ids, paid_at).filter(kind=LetterKind.STATEMENT):
        _count(letter, day.replace(day=1), paid_at)
    found = standings(shop_ids, paid_at)
    return [rate_bp if found[order.shop_id].is_withheld else 0 for order in orders]


@act
def tell_crossing(by: User, letter_id: uuid.UUID) -> Letter:
    """The owner says that their turnover of the year, here and elsewhere, has become too large this month: from the next one on
    PPh 22 is withheld; in this one already, where what was sold here before it was too much.

    Refuses strangers (`LetterNotFound`), whoever is no owner (`NotYourDuty`), and what is no statement that holds today, or is
    crossed (`LetterMoved`).
    """
    letter = lock_letter_to_cross(by, letter_id)
    counted = _count(letter, clock.today().replace(day=1), clock.now())
    return counted if counted.crossed_in else note_crossing(by, counted)


def _count(letter: Letter, month: date, at: datetime) -> Letter:
    if letter.counted_until and letter.counted_until >= month:
        return letter
    # Before it is counted: a payment that is told late waits, and has it counted anew.
    held = lock_letter_to_count(letter.id)
    if held.counted_until and held.counted_until >= month:
        return held
    sold_idr = turnover_idr(shops_of_same_taxpayer(held), month.replace(month=1), month)
    last_at = paid_last_after(held.shop_id, at)
    return note_turnover(held, month, sold_idr, last_at + A_MOMENT if last_at else at)


def keep_withheld(order_ids: Collection[uuid.UUID]) -> None:
    """What stands of each order's PPh 22 in the ledger, and on what it was reckoned, is kept as the change that it is since the
    last time: of orders from which nothing ever was withheld, nothing. What goes back bears the name under which it was withheld.
    Belongs to what has just been posted of them."""
    if order_ids:
        Withholding.objects.bulk_create(_changes(order_ids))


def _changes(order_ids: Collection[uuid.UUID]) -> list[Withholding]:
    fields = ("order_id", "shop_id", "base_idr", "tax_idr", "tax_name", "tax_number", "withheld_at")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH change AS (
                SELECT o.id, o.shop_id,
                    CASE WHEN o.settled_at IS NULL OR o.pph22_refund_id IS NOT NULL THEN 0
                        ELSE o.goods_idr - o.refunded_goods_idr END - kept.base_idr AS base_idr,
                    booked.idr - kept.idr AS tax_idr
                FROM orders_order o CROSS JOIN LATERAL (
                    SELECT coalesce(sum(base_idr), 0)::bigint AS base_idr, coalesce(sum(tax_idr), 0)::bigint AS idr
                    FROM taxes_withholding WHERE order_id = o.id
                ) AS kept CROSS JOIN LATERAL (
                    SELECT coalesce(sum(CASE code WHEN 'goods_pph22' THEN amount_idr ELSE -amount_idr END), 0)::bigint AS idr
                    FROM ledger_standing WHERE reference = o.id AND code IN ('goods_pph22', 'goods_pph22_given_back')
                ) AS booked
                WHERE o.id = ANY (%s::uuid[]) AND o.pph22_bp > 0
            )
            SELECT change.id, change.shop_id, base_idr, tax_idr, coalesce(kept.tax_name, t.name, ''),
                coalesce(kept.tax_number, t.number, ''), posted.last_at
            FROM change LEFT JOIN taxes_taxpayer t ON t.shop_id = change.shop_id
            LEFT JOIN LATERAL (
                SELECT tax_name, tax_number FROM taxes_withholding WHERE order_id = change.id ORDER BY withheld_at, id LIMIT 1
            ) AS kept ON true
            CROSS JOIN LATERAL (SELECT max(posted_at) AS last_at FROM ledger_transfer WHERE reference = change.id) AS posted
            WHERE base_idr <> 0 OR tax_idr <> 0
            """,
            [list(order_ids)],
        )
        return [Withholding(**dict(zip(fields, row, strict=True))) for row in cursor.fetchall()]
