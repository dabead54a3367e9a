"""Commissions against the goods they are for, the transfers that moved them, and the tax of each creator's year."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check, held_as_due
from lapak.money.taxes.rules import ARTICLE_17, ARTICLE_17_TOP_BP

_FLOORS = [0, *(ceiling for ceiling, _ in ARTICLE_17)]
_CEILINGS = [*(ceiling for ceiling, _ in ARTICLE_17), 10**15]
_RATES = [*(rate for _, rate in ARTICLE_17), ARTICLE_17_TOP_BP]

_CREDITED = """
    SELECT creator_id, taxed_as, credited_at, amount_idr, order_id AS ref FROM affiliates_commission
    WHERE credited_at IS NOT NULL
    UNION ALL
    SELECT creator_id, taxed_as, credited_at, fee_idr, id FROM posts_post WHERE credited_at IS NOT NULL
"""
"""What creators were credited, and tax is withheld on: commissions, and fees for posts."""

CHECKS = (
    Check(
        "commission_base",
        _("a commission is not reckoned on what its line's remaining pieces were paid, less what the bank took back"),
        "affiliates_commission",
        """
        SELECT c.id::text AS subject, floor(sold.idr * c.share_bp / shared.bp)::text AS expected, c.base_idr::text AS found,
            ARRAY[c.order_id] AS refs
        FROM affiliates_commission c JOIN orders_orderline l ON l.id = c.line_id
        CROSS JOIN LATERAL (
            SELECT l.paid_idr::numeric * (l.quantity - l.refunded_quantity) / l.quantity - l.taken_back_idr AS idr
        ) AS sold
        CROSS JOIN LATERAL (SELECT sum(share_bp) AS bp FROM affiliates_commission WHERE line_id = c.line_id) AS shared
        WHERE c.state <> 'reversed' AND abs(c.base_idr - sold.idr * c.share_bp / shared.bp) >= 1
        """,
    ),
    Check(
        "commission_amount",
        _("a commission is a rupiah or more from its share of its base"),
        "affiliates_commission",
        """
        SELECT id::text AS subject, (least(base_idr * rate_bp, cap_idr * 10000) / 10000)::text AS expected,
            amount_idr::text AS found, ARRAY[order_id] AS refs
        FROM affiliates_commission
        WHERE state <> 'reversed' AND abs(amount_idr * 10000 - least(base_idr * rate_bp, cap_idr * 10000)) >= 10000
        """,
    ),
    Check(
        "budget_used",
        _("what is taken of a programme's budget is not what its commissions keep of it"),
        "terms_budgetuse",
        """
        WITH kept AS (
            SELECT use.programme_id AS id, sum(c.reserved_idr) AS idr, array_agg(c.order_id) AS refs
            FROM terms_budgetuse use JOIN affiliates_commission c
                ON c.programme_id = use.programme_id AND c.created_at >= use.counted_since
            WHERE c.reserved_idr > 0 GROUP BY 1
        )
        SELECT use.programme_id::text AS subject, coalesce(kept.idr, 0)::text AS expected, use.used_idr::text AS found,
            coalesce(kept.refs, ARRAY[]::uuid[]) AS refs
        FROM terms_budgetuse use LEFT JOIN kept ON kept.id = use.programme_id WHERE use.used_idr <> coalesce(kept.idr, 0)
        """,
    ),
    Check(
        "commission_settled",
        _("the commissions set apart for an order are not those of its rows"),
        "affiliates_commission",
        """
        WITH booked AS (
            SELECT reference AS id, code LIKE 'platform%%' AS by_platform,
                sum(CASE WHEN code IN ('commission', 'platform_commission') THEN amount_idr ELSE -amount_idr END) AS idr
            FROM ledger_standing WHERE code IN (
                'commission', 'commission_returned', 'platform_commission', 'platform_commission_returned'
            ) GROUP BY 1, 2
        ), due AS (
            SELECT order_id AS id, paid_by_platform AS by_platform,
                sum(amount_idr) FILTER (WHERE settled_at IS NOT NULL AND state <> 'reversed') AS idr
            FROM affiliates_commission GROUP BY 1, 2
        )
        SELECT id::text AS subject, coalesce(due.idr, 0)::text AS expected, coalesce(booked.idr, 0)::text AS found,
            ARRAY[id] AS refs
        FROM booked FULL JOIN due USING (id, by_platform) WHERE coalesce(booked.idr, 0) <> coalesce(due.idr, 0)
        """,
    ),
    Check(
        "commission_credited",
        _("what reached a creator for an order is not what its commissions say"),
        "affiliates_commission",
        """
        WITH booked AS (
            SELECT reference AS id, CASE WHEN code = 'commission_credited' THEN credit_owner ELSE debit_owner END AS creator,
                sum(CASE WHEN code = 'commission_credited' THEN amount_idr ELSE -amount_idr END) AS idr
            FROM ledger_standing WHERE code IN ('commission_credited', 'commission_taken_back') GROUP BY 1, 2
        ), due AS (
            SELECT order_id AS id, creator_id::text AS creator, sum(amount_idr) AS idr
            FROM affiliates_commission WHERE state IN ('payable', 'paid') GROUP BY 1, 2
        )
        SELECT id || ' ' || creator AS subject, coalesce(due.idr, 0)::text AS expected, coalesce(booked.idr, 0)::text AS found,
            ARRAY[id] AS refs
        FROM booked FULL JOIN due USING (id, creator) WHERE coalesce(booked.idr, 0) <> coalesce(due.idr, 0)
        """,
    ),
    held_as_due(
        "clearing",
        _("what waits in a shop's clearing account is not its settled commissions that reached no creator"),
        "affiliates_commission",
        kind="creator_clearing",
        due="""
            SELECT shop_id::text AS owner, sum(amount_idr) AS idr, array_agg(order_id) AS refs FROM affiliates_commission
            WHERE settled_at IS NOT NULL AND state IN ('pending', 'frozen') GROUP BY 1
        """,
    ),
    Check(
        "tax_year",
        _("an individual creator's PPh 21 of a year is not that of what they were credited in it"),
        "withholding_taxmonth",
        f"""
        WITH credited AS ({_CREDITED}), earned AS (
            SELECT creator_id, extract(year FROM credited_at AT TIME ZONE 'Asia/Jakarta')::int AS year,
                sum(amount_idr) AS gross_idr, array_agg(ref) AS refs
            FROM credited WHERE taxed_as = 'individual' GROUP BY 1, 2
        ), taxed AS (
            SELECT creator_id, year, gross_idr, refs, (
                SELECT (2 * sum(greatest(0, least(gross_idr, 2 * b.ceiling) - 2 * b.floor) * b.bp)::bigint + 20000) / 40000
                FROM unnest(%(floors)s::bigint[], %(ceilings)s::bigint[], %(rates)s::bigint[]) AS b (floor, ceiling, bp)
            ) AS pph21_idr FROM earned
        ), kept AS (
            SELECT creator_id, extract(year FROM month)::int AS year, sum(gross_idr) AS gross_idr, sum(tax_idr) AS pph21_idr
            FROM withholding_taxmonth WHERE taxed_as = 'individual' GROUP BY 1, 2
        )
        SELECT creator_id || ' ' || year AS subject, concat_ws(' / ', coalesce(e.gross_idr, 0), coalesce(e.pph21_idr, 0))
            AS expected, concat_ws(' / ', coalesce(y.gross_idr, 0), coalesce(y.pph21_idr, 0)) AS found,
            coalesce(e.refs, ARRAY[]::uuid[]) AS refs
        FROM taxed e FULL JOIN kept y USING (creator_id, year)
        WHERE (coalesce(e.gross_idr, 0), coalesce(e.pph21_idr, 0)) <> (coalesce(y.gross_idr, 0), coalesce(y.pph21_idr, 0))
        """,  # noqa: S608 - the checks' own words
        {"floors": _FLOORS, "ceilings": _CEILINGS, "rates": _RATES},
    ),
    Check(
        "tax_month",
        _("what tax was withheld on in a month is not what the creator was credited in it"),
        "withholding_taxmonth",
        f"""
        WITH credited AS ({_CREDITED}), earned AS (
            SELECT creator_id, taxed_as, date_trunc('month', credited_at AT TIME ZONE 'Asia/Jakarta')::date AS month,
                sum(amount_idr) AS gross_idr, array_agg(ref) AS refs
            FROM credited GROUP BY 1, 2, 3
        )
        SELECT concat_ws(' ', creator_id, taxed_as, month) AS subject, coalesce(e.gross_idr, 0)::text AS expected,
            coalesce(m.gross_idr, 0)::text AS found, coalesce(e.refs, ARRAY[]::uuid[]) AS refs
        FROM earned e FULL JOIN withholding_taxmonth m USING (creator_id, taxed_as, month)
        WHERE coalesce(e.gross_idr, 0) <> coalesce(m.gross_idr, 0)
        """,  # noqa: S608 - the checks' own words
    ),
    Check(
        "tax_booked",
        _("the tax withheld from a creator is not that of their months"),
        "withholding_taxmonth",
        """
        WITH booked AS (
            SELECT CASE WHEN code LIKE '%%taken_back' THEN credit_owner ELSE debit_owner END AS creator,
                CASE WHEN code LIKE '%%pph21%%' THEN 'individual' ELSE 'company' END AS taxed_as,
                sum(CASE WHEN code LIKE '%%taken_back' THEN -amount_idr ELSE amount_idr END) AS idr
            FROM ledger_standing WHERE code IN ('commission_pph21', 'post_fee_pph21', 'pph21_taken_back',
                'commission_pph23', 'post_fee_pph23', 'pph23_taken_back') GROUP BY 1, 2
        ), due AS (
            SELECT creator_id::text AS creator, taxed_as, sum(tax_idr) AS idr FROM withholding_taxmonth GROUP BY 1, 2
        )
        SELECT creator || ' ' || taxed_as AS subject, coalesce(due.idr, 0)::text AS expected,
            coalesce(booked.idr, 0)::text AS found, ARRAY[]::uuid[] AS refs
        FROM booked FULL JOIN due USING (creator, taxed_as) WHERE coalesce(booked.idr, 0) <> coalesce(due.idr, 0)
        """,
    ),
    Check(
        "slip",
        _("the newest withholding slip of a month is not what was withheld in it"),
        "withholding_slip",
        """
        SELECT m.id::text AS subject, concat_ws(' / ', m.gross_idr, m.tax_idr) AS expected,
            concat_ws(' / ', s.gross_idr, s.tax_idr) AS found, ARRAY[]::uuid[] AS refs
        FROM withholding_taxmonth m JOIN LATERAL (
            SELECT gross_idr, tax_idr FROM withholding_slip WHERE of_id = m.id ORDER BY revision DESC LIMIT 1
        ) s ON NOT m.slip_due
        WHERE (m.gross_idr, m.tax_idr) <> (s.gross_idr, s.tax_idr)
        """,
    ),
    Check(
        "company_tax",
        _("the PPh 23 withheld from a company is not that on what it was credited"),
        "affiliates_commission",
        f"""
        WITH booked AS (
            SELECT CASE WHEN code = 'pph23_taken_back' THEN credit_owner ELSE debit_owner END AS creator,
                sum(CASE WHEN code = 'pph23_taken_back' THEN -amount_idr ELSE amount_idr END) AS idr
            FROM ledger_standing WHERE code IN ('commission_pph23', 'post_fee_pph23', 'pph23_taken_back') GROUP BY 1
        ), credited AS ({_CREDITED}), due AS (
            SELECT creator_id::text AS creator, sum((amount_idr * 2 + 50) / 100) AS idr, array_agg(ref) AS refs
            FROM credited WHERE taxed_as = 'company' GROUP BY 1
        )
        SELECT creator AS subject, coalesce(due.idr, 0)::text AS expected, coalesce(booked.idr, 0)::text AS found,
            coalesce(due.refs, ARRAY[]::uuid[]) AS refs
        FROM booked FULL JOIN due USING (creator) WHERE coalesce(booked.idr, 0) <> coalesce(due.idr, 0)
        """,  # noqa: S608 - the checks' own words
    ),
    Check(
        "commission_ended",
        _("a commission may still earn on an order that was cancelled or went back whole"),
        "affiliates_commission",
        """
        SELECT c.id::text AS subject, 'reversed' AS expected, c.state AS found, ARRAY[c.order_id] AS refs
        FROM affiliates_commission c JOIN orders_order o ON o.id = c.order_id
        WHERE o.state IN ('cancelled', 'refunded') AND c.state <> 'reversed'
        """,
    ),
    Check(
        "commission_paid",
        _("a commission that is paid is in no payout that arrived"),
        "affiliates_commission",
        """
        SELECT c.id::text AS subject, 'paid' AS expected, 'no payout' AS found, ARRAY[c.order_id] AS refs
        FROM affiliates_commission c
        WHERE c.state = 'paid' AND NOT EXISTS (
            SELECT FROM payouts_payoutitem item JOIN payouts_payout p ON p.id = item.payout_id
            WHERE item.kind = 'commission' AND item.item_id = c.id AND item.is_live AND p.status = 'confirmed'
        )
        """,
    ),
)
