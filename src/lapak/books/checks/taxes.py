"""PPh 22 of each order: by what the switch said on the day it was paid, and the letters that its shop had by then."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check
from lapak.money.taxes.pph22_rules import PPH22_BP

WITHHELD = Check(
    "withheld",
    _("from an order another PPh 22 is withheld than the rules of the day it was paid say"),
    "orders_order",
    # A payment does not see a letter or a step that is just being written, as for a consent to fees (settlement.py); and a
    # partner's clock, by which it was paid, may be off by so much (CLOCKS_DIFFER).
    """
    WITH paid AS (
        SELECT id, shop_id, coalesce(pph22_bp, 0) AS pph22_bp, paid_at,
            (paid_at AT TIME ZONE 'Asia/Jakarta')::date AS paid_on
        FROM orders_order
    ), due AS (
        SELECT paid.id, pph22_bp, ARRAY(
            SELECT DISTINCT CASE WHEN (
                SELECT s.is_on FROM taxes_pph22step s WHERE s.begins_on <= paid_on AND s.set_at <= known_at
                ORDER BY s.begins_on DESC, s.set_at DESC, s.id DESC LIMIT 1
            ) AND NOT EXISTS (
                SELECT FROM taxes_letter l
                WHERE l.shop_id = paid.shop_id AND l.accepted_at <= known_at AND (l.ended_at IS NULL OR l.ended_at > known_at)
                    AND paid_on BETWEEN l.first_day AND l.last_day
                    AND (l.kind = 'skb' OR l.crossed_in IS NULL OR l.crossed_in >= date_trunc('month', paid_on)
                        OR l.crossed_from > paid_at)
            ) THEN (
                SELECT bp FROM unnest(%(days)s::date[], %(bp)s::int[]) AS rate (since, bp) WHERE since <= paid_on
                ORDER BY since DESC LIMIT 1
            ) ELSE 0 END
            FROM unnest(ARRAY[paid_at, paid_at - interval '5 minutes']) AS seen (known_at)
        ) AS due_bp
        FROM paid
    )
    SELECT id::text AS subject, array_to_string(due_bp, ' or ') AS expected, pph22_bp::text AS found, ARRAY[id] AS refs
    FROM due WHERE pph22_bp <> ALL (due_bp)
    """,
    {"days": [day for day, _bp in PPH22_BP.steps], "bp": [bp for _day, bp in PPH22_BP.steps]},
)

GIVEN_BACK = Check(
    "withheld_back",
    _("PPh 22 of an order is given back for a day that no refund names, or some of it still stands"),
    "orders_order",
    """
    WITH booked AS (
        SELECT reference AS id, sum(CASE code WHEN 'goods_pph22' THEN amount_idr ELSE -amount_idr END) AS idr
        FROM ledger_standing WHERE code IN ('goods_pph22', 'goods_pph22_given_back') GROUP BY reference
    )
    SELECT o.id::text AS subject, concat_ws(' – ', r.first_day, r.last_day) || ': 0' AS expected,
        concat_ws(': ', (o.paid_at AT TIME ZONE 'Asia/Jakarta')::date, coalesce(b.idr, 0)) AS found, ARRAY[o.id] AS refs
    FROM orders_order o JOIN taxes_pph22refund r ON r.id = o.pph22_refund_id LEFT JOIN booked b ON b.id = o.id
    WHERE coalesce(b.idr, 0) <> 0
        OR (o.paid_at AT TIME ZONE 'Asia/Jakarta')::date NOT BETWEEN r.first_day AND r.last_day
    """,
)

KEPT = Check(
    "withholdings",
    _(
        "what is kept of an order's PPh 22 for files and slips is not what stands in the books, or of another shop or moment"
    ),
    "taxes_withholding",
    """
    WITH booked AS (
        SELECT reference AS id, sum(CASE code WHEN 'goods_pph22' THEN amount_idr ELSE -amount_idr END) AS tax_idr
        FROM ledger_standing WHERE code IN ('goods_pph22', 'goods_pph22_given_back') GROUP BY reference
    ), kept AS (
        SELECT order_id AS id, sum(tax_idr) AS tax_idr, sum(base_idr) AS base_idr, array_agg(DISTINCT shop_id) AS shops,
            bool_and(EXISTS (SELECT FROM ledger_transfer t WHERE t.reference = w.order_id AND t.posted_at = w.withheld_at))
                AS is_posted_then
        FROM taxes_withholding w GROUP BY order_id
    ), due AS (
        SELECT o.id, coalesce(b.tax_idr, 0) AS tax_idr, CASE
            WHEN o.settled_at IS NULL OR o.pph22_refund_id IS NOT NULL THEN 0 ELSE o.goods_idr - o.refunded_goods_idr
        END AS base_idr, coalesce(k.tax_idr, 0) AS kept_tax_idr, coalesce(k.base_idr, 0) AS kept_base_idr,
            coalesce(k.shops = ARRAY[o.shop_id] AND is_posted_then, true) AS is_of_shop_and_month
        FROM orders_order o LEFT JOIN booked b ON b.id = o.id LEFT JOIN kept k ON k.id = o.id
        WHERE o.pph22_bp > 0 OR k.id IS NOT NULL OR b.id IS NOT NULL
    )
    SELECT id::text AS subject, concat_ws(' / ', base_idr, tax_idr) AS expected,
        concat_ws(' / ', kept_base_idr, kept_tax_idr) AS found, ARRAY[id] AS refs
    FROM due WHERE (base_idr, tax_idr) <> (kept_base_idr, kept_tax_idr) OR NOT is_of_shop_and_month
    """,
)

CHECKS = (WITHHELD, GIVEN_BACK, KEPT)
