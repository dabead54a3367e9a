"""What left escrow: to whom, how much by the rules of the day, and what is still held. Worked out here once more, from the
dated rules as data and the price of the order alone."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check, held_as_due

NEVER = date(9999, 12, 31)


def checks() -> tuple[Check, ...]:
    """Made anew each time: since when the operator is taxable is a setting."""
    return (HELD, HELD_FOR_SHOP, SETTLED_ONCE, REFUNDED, CARRIED, AGREED_FEE, _split(), _kept())


AGREED_FEE = Check(
    "agreed_fee",
    _("an order's fee is not by the schedule that its shop was under, line by line"),
    "orders_order",
    # A purchase does not see a consent that is just being given, and nothing makes it wait for that: within the minute, which
    # no act lasts, either schedule is the shop's.
    """
    WITH due AS (
        SELECT o.id, o.fee_schedule_id, o.fee_shares, ARRAY(
            SELECT DISTINCT schedule.id
            FROM unnest(ARRAY[o.placed_at, o.placed_at - interval '1 minute']) AS seen (consents_of)
            CROSS JOIN LATERAL (
                SELECT each.id FROM fees_schedule each
                WHERE each.begins_at <= o.placed_at AND each.called_off_at IS NULL AND (
                    each.agreed_from = 1
                    OR shop.created_at >= (SELECT begins_at FROM fees_schedule base WHERE base.number = each.agreed_from)
                    OR EXISTS (
                        SELECT FROM fees_consent c JOIN fees_schedule agreed ON agreed.id = c.schedule_id
                        WHERE c.shop_id = shop.id AND c.agreed_at <= seen.consents_of AND agreed.called_off_at IS NULL
                            AND agreed.number >= each.agreed_from AND agreed.number <= each.number
                    )
                )
                ORDER BY each.begins_at DESC LIMIT 1
            ) AS schedule
        ) AS schedules
        FROM orders_order o JOIN shops_shop shop ON shop.id = o.shop_id
    ), lines AS (
        SELECT order_id AS id, sum(paid_idr * fee_bp) AS shares FROM orders_orderline GROUP BY 1
    )
    SELECT due.id::text AS subject, concat_ws(' / ', array_to_string(schedules, ' or '), shares) AS expected,
        concat_ws(' / ', fee_schedule_id, fee_shares) AS found, ARRAY[due.id] AS refs
    FROM due LEFT JOIN lines ON lines.id = due.id
    WHERE coalesce(due.fee_schedule_id <> ALL (schedules), true) OR fee_shares IS DISTINCT FROM shares OR EXISTS (
        SELECT FROM orders_orderline l WHERE l.order_id = due.id AND NOT EXISTS (
            SELECT FROM fees_schedulerate r
            WHERE r.schedule_id = due.fee_schedule_id AND l.fee_bp IN (r.rate_bp, r.small_bp)
        )
    )
    """,
)

HELD = Check(
    "escrow",
    _("what an order holds by its row is not what was allocated to it, less what left escrow for it"),
    "orders_order",
    """
    WITH left_for AS (
        SELECT reference AS id, sum(amount_idr) AS idr FROM ledger_standing WHERE debit_kind = 'order_escrow' GROUP BY 1
    ), brought AS (
        SELECT order_id AS id, sum(amount_idr) AS idr FROM orders_paymentallocation GROUP BY 1
    )
    SELECT o.id::text AS subject, (coalesce(b.idr, 0) - coalesce(l.idr, 0))::text AS expected, o.escrow_idr::text AS found,
        ARRAY[o.id] AS refs
    FROM orders_order o LEFT JOIN left_for l ON l.id = o.id LEFT JOIN brought b ON b.id = o.id
    WHERE o.escrow_idr <> coalesce(b.idr, 0) - coalesce(l.idr, 0)
    """,
)

HELD_FOR_SHOP = held_as_due(
    "escrow_of_shop",
    _("a shop's escrow is not what its orders hold"),
    "ledger_transfer",
    kind="order_escrow",
    due="""
        SELECT shop_id::text AS owner, sum(escrow_idr) AS idr, ARRAY[]::uuid[] AS refs FROM orders_order GROUP BY 1
    """,
)

SETTLED_ONCE = Check(
    "settled_once",
    _("an order that is settled did not leave escrow whole, or one that is not settled did"),
    "orders_order",
    """
    WITH booked AS (
        SELECT reference AS id, sum(amount_idr) AS idr,
            sum(amount_idr) FILTER (WHERE code IN ('goods_settled', 'shipping_settled')) AS settled_idr
        FROM ledger_standing WHERE debit_kind = 'order_escrow' GROUP BY reference
    )
    SELECT coalesce(o.id, b.id)::text AS subject,
        CASE WHEN o.settled_at IS NULL THEN '0 settled' ELSE (o.goods_idr + o.shipping_idr)::text END AS expected,
        concat_ws(' / ', b.idr, b.settled_idr) AS found, ARRAY[coalesce(o.id, b.id)] AS refs
    FROM orders_order o FULL JOIN booked b ON b.id = o.id
    WHERE o.id IS NULL
        OR (o.settled_at IS NULL AND b.settled_idr IS NOT NULL)
        OR (o.settled_at IS NOT NULL AND coalesce(b.idr, 0) <> o.goods_idr + o.shipping_idr)
        OR (o.cancelled_at IS NOT NULL AND coalesce(b.idr, 0)
            <> CASE WHEN o.paid_at IS NULL THEN 0 ELSE o.goods_idr + o.shipping_idr END)
        OR b.idr > CASE WHEN o.paid_at IS NULL THEN 0 ELSE o.goods_idr + o.shipping_idr END
    """,
)

REFUNDED = Check(
    "order_refunds",
    _("what is refunded of an order by its row is not what the books say"),
    "orders_order",
    """
    WITH booked AS (
        SELECT reference AS id,
            coalesce(sum(amount_idr) FILTER (WHERE code = 'goods_refunded'), 0) AS goods_idr,
            coalesce(sum(amount_idr) FILTER (WHERE code = 'shipping_refunded'), 0) AS shipping_idr,
            coalesce(sum(amount_idr) FILTER (WHERE code = 'way_back_refunded'), 0) AS way_back_idr
        FROM ledger_standing WHERE code IN ('goods_refunded', 'shipping_refunded', 'way_back_refunded') GROUP BY reference
    )
    SELECT id::text AS subject,
        concat_ws(' / ', o.refunded_goods_idr, o.refunded_shipping_idr, o.way_back_idr) AS expected,
        concat_ws(' / ', b.goods_idr, b.shipping_idr, b.way_back_idr) AS found, ARRAY[id] AS refs
    FROM orders_order o FULL JOIN booked b USING (id)
    WHERE (coalesce(o.refunded_goods_idr, 0), coalesce(o.refunded_shipping_idr, 0), coalesce(o.way_back_idr, 0))
        <> (coalesce(b.goods_idr, 0), coalesce(b.shipping_idr, 0), coalesce(b.way_back_idr, 0))
    """,
)

CARRIED = Check(
    "carriage",
    _("the courier of an order whose shipping went back is not owed it, or one that carried nothing is"),
    "orders_order",
    """
    WITH booked AS (
        SELECT reference AS id, sum(amount_idr) AS idr FROM ledger_standing WHERE code = 'carriage_borne' GROUP BY 1
    ), gone_back AS (
        SELECT r.order_id AS id, r.refunded_shipping_idr AS idr FROM returns_return r
        JOIN orders_order o ON o.id = r.order_id AND o.settled_at IS NULL
        WHERE EXISTS (
            SELECT FROM returns_return other
            WHERE other.order_id = r.order_id AND other.state = 'refunded' AND other.reason <> 'not_arrived'
        )
        UNION ALL
        SELECT share.order_id, share.lost_shipping_idr FROM payments_disputeshare share
        JOIN payments_dispute d ON d.id = share.dispute_id AND d.status = 'lost'
        WHERE share.lost_from_escrow
    ), due AS (
        SELECT id, sum(idr) AS idr FROM gone_back GROUP BY id
    )
    SELECT id::text AS subject, coalesce(due.idr, 0)::text AS expected, coalesce(booked.idr, 0)::text AS found,
        ARRAY[id] AS refs
    FROM due FULL JOIN booked USING (id) WHERE coalesce(due.idr, 0) <> coalesce(booked.idr, 0)
    """,
)


def _split() -> Check:
    """Every part of a settled order by itself: within a rupiah of its exact share, and together the whole."""
    return Check(
        "split",
        _("a settled order was not split as its price and the rules of its days say"),
        "orders_order",
        """
        WITH booked AS (
            SELECT reference AS id,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'shipping_settled'), 0) AS shipping_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'goods_settled'), 0) AS goods_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'fee'), 0) AS fee_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'fee_vat'), 0) AS vat_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'goods_pph22'), 0) AS pph22_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'commission'), 0) AS commission_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'goods_refunded' AND debit_kind = 'order_escrow'), 0)
                    AS goods_back_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'shipping_refunded' AND debit_kind = 'order_escrow'), 0)
                    AS shipping_back_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'way_back_refunded' AND debit_kind = 'seller_payable'), 0)
                    AS way_back_by_shop_idr
            FROM ledger_standing GROUP BY reference
        ), sold AS (
            -- Goods that went back while less than they cost was held: the shop bore the rest, before settlement.
            SELECT o.goods_idr - b.goods_back_idr - (o.borne_by_shop_idr - b.way_back_by_shop_idr) AS sold_idr,
                o.shipping_idr - b.shipping_back_idr AS shipping_due_idr,
                o.fee_shares, o.goods_idr AS all_goods_idr,
                (o.paid_at AT TIME ZONE 'Asia/Jakarta')::date >= %(taxable_since)s AS has_vat,
                coalesce(o.pph22_bp, 0) AS pph22_bp, o.pph22_refund_id IS NOT NULL AS is_given_back, b.*
            FROM orders_order o JOIN booked b ON b.id = o.id
            WHERE o.settled_at IS NOT NULL
        ), due AS (
            SELECT *, CASE WHEN has_vat THEN least(div(2 * fee_idr * 132 + 1200, 2400),
                sold_idr - fee_idr - pph22_idr - commission_idr) ELSE 0 END AS vat_due_idr FROM sold
        )
        SELECT id::text AS subject,
            concat_ws(' / ', shipping_due_idr, div(sold_idr::numeric * fee_shares, all_goods_idr::numeric * 10000), vat_due_idr,
                div(sold_idr * pph22_bp, 10000)) AS expected,
            concat_ws(' / ', shipping_idr, fee_idr, vat_idr, pph22_idr) AS found, ARRAY[id] AS refs
        FROM due
        WHERE shipping_idr <> shipping_due_idr OR vat_idr <> vat_due_idr
            OR abs(fee_idr * 10000 - div(sold_idr::numeric * fee_shares, all_goods_idr)) >= 10000
            OR (abs(pph22_idr * 10000 - sold_idr * pph22_bp) >= 10000 AND NOT (is_given_back AND pph22_idr = 0))
            OR commission_idr > sold_idr
        """,
        _rules(),
    )


def _kept() -> Check:
    """What platform and tax office keep of a settled order once goods of it went back after all."""
    return Check(
        "kept",
        _("of a settled order another fee or tax is kept than what stays sold brings"),
        "orders_order",
        """
        WITH booked AS (
            SELECT reference AS id,
                sum(CASE code WHEN 'fee' THEN amount_idr WHEN 'fee_given_back' THEN -amount_idr ELSE 0 END) AS fee_idr,
                sum(CASE code WHEN 'fee_vat' THEN amount_idr WHEN 'fee_vat_given_back' THEN -amount_idr ELSE 0 END) AS vat_idr,
                sum(CASE code WHEN 'goods_pph22' THEN amount_idr WHEN 'goods_pph22_given_back' THEN -amount_idr ELSE 0 END)
                    AS pph22_idr
            FROM ledger_standing GROUP BY reference
        ), kept AS (
            SELECT o.goods_idr - o.refunded_goods_idr AS sold_idr, o.fee_shares, o.goods_idr AS all_goods_idr,
                (o.paid_at AT TIME ZONE 'Asia/Jakarta')::date >= %(taxable_since)s AS has_vat,
                CASE WHEN o.pph22_refund_id IS NULL THEN coalesce(o.pph22_bp, 0) ELSE 0 END AS pph22_bp, b.*
            FROM orders_order o JOIN booked b ON b.id = o.id
            WHERE o.settled_at IS NOT NULL AND o.refunded_goods_idr > 0
        ), due AS (
            SELECT *, CASE WHEN has_vat THEN div(2 * fee_idr * 132 + 1200, 2400) ELSE 0 END AS vat_due_idr FROM kept
        )
        SELECT id::text AS subject,
            concat_ws(' / ', div(sold_idr::numeric * fee_shares, all_goods_idr::numeric * 10000), vat_due_idr,
                div(sold_idr * pph22_bp, 10000)) AS expected,
            concat_ws(' / ', fee_idr, vat_idr, pph22_idr) AS found, ARRAY[id] AS refs
        FROM due
        WHERE vat_idr <> vat_due_idr
            OR abs(fee_idr * 10000 - div(sold_idr::numeric * fee_shares, all_goods_idr)) >= 10000
            OR abs(pph22_idr * 10000 - sold_idr * pph22_bp) >= 10000
        """,
        _rules(),
    )


def _rules() -> dict[str, Any]:
    return {
        "taxable_since": settings.TAXABLE_SINCE or NEVER,
    }
