"""Payments that a buyer's bank takes back: each dispute against its transfers, its parts, and the orders that wait for it."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check, held_as_due

CHECKS = (
    Check(
        "dispute_booked",
        _("what disputes of a payment took and kept, cost or left to the platform is not in the books so"),
        "payments_dispute",
        """
        WITH booked AS (
            SELECT reference AS id,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'chargeback_taken'), 0)
                    - coalesce(sum(amount_idr) FILTER (WHERE code = 'chargeback_returned'), 0) AS taken_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'chargeback_fee'), 0) AS fee_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'chargeback_borne'), 0)
                    - coalesce(sum(amount_idr) FILTER (WHERE code = 'chargeback_recovered'), 0) AS borne_idr
            FROM ledger_standing WHERE code IN ('chargeback_taken', 'chargeback_returned', 'chargeback_fee',
                'chargeback_borne', 'chargeback_recovered')
            GROUP BY reference
        ), due AS (
            SELECT intent_id AS id,
                coalesce(sum(amount_idr) FILTER (WHERE taken_at IS NOT NULL AND status <> 'won'), 0) AS taken_idr,
                sum(fee_idr) AS fee_idr,
                coalesce(sum(unexplained_idr) FILTER (WHERE resolved_at IS NOT NULL), 0) AS borne_idr
            FROM payments_dispute GROUP BY intent_id
        )
        SELECT id::text AS subject, concat_ws(' / ', due.taken_idr, due.fee_idr, due.borne_idr) AS expected,
            concat_ws(' / ', booked.taken_idr, booked.fee_idr, booked.borne_idr) AS found, ARRAY[id] AS refs
        FROM due FULL JOIN booked USING (id)
        WHERE (coalesce(due.taken_idr, 0), coalesce(due.fee_idr, 0), coalesce(due.borne_idr, 0))
            <> (coalesce(booked.taken_idr, 0), coalesce(booked.fee_idr, 0), coalesce(booked.borne_idr, 0))
        """,
    ),
    Check(
        "dispute_amended",
        _("a dispute is about another amount than was told and amended"),
        "payments_dispute",
        """
        SELECT d.id::text AS subject, (d.told_idr + coalesce(sum(a.more_idr), 0))::text AS expected,
            d.amount_idr::text AS found, ARRAY[d.intent_id] AS refs
        FROM payments_dispute d LEFT JOIN payments_disputeamendment a ON a.dispute_id = d.id
        GROUP BY d.id HAVING d.amount_idr <> d.told_idr + coalesce(sum(a.more_idr), 0)
        """,
    ),
    Check(
        "dispute_parties",
        _("a dispute is booked between other accounts than its provider's and the platform's"),
        "payments_dispute",
        """
        WITH due (code, debit_kind, credit_kind) AS (VALUES
            ('chargeback_taken', 'chargeback_pending', 'gateway_cash'),
            ('chargeback_returned', 'gateway_cash', 'chargeback_pending'),
            ('chargeback_fee', 'gateway_fee', 'gateway_cash'),
            ('chargeback_borne', 'chargeback_loss', 'chargeback_pending'),
            ('chargeback_recovered', 'chargeback_pending', 'chargeback_loss'),
            ('refunded_by_chargeback', 'buyer_refund_payable', 'chargeback_pending')
        )
        SELECT t.reference::text AS subject, concat_ws(' ', due.debit_kind, due.credit_kind, i.provider) AS expected,
            concat_ws(' ', t.code, t.debit_kind, t.debit_owner, t.credit_kind, t.credit_owner) AS found,
            ARRAY[t.reference] AS refs
        FROM ledger_standing t JOIN due USING (code)
        LEFT JOIN payments_refund r ON r.id = t.reference
        LEFT JOIN payments_paymentintent i ON i.id = coalesce(r.intent_id, t.reference)
        WHERE (t.debit_kind, t.credit_kind) <> (due.debit_kind, due.credit_kind)
            OR t.credit_owner IS DISTINCT FROM CASE due.credit_kind WHEN 'chargeback_loss' THEN 'platform' ELSE i.provider END
            OR t.debit_owner IS DISTINCT FROM CASE due.debit_kind WHEN 'buyer_refund_payable' THEN r.buyer_id::text
                WHEN 'gateway_fee' THEN 'platform' WHEN 'chargeback_loss' THEN 'platform' ELSE i.provider END
        """,
    ),
    held_as_due(
        "dispute_pending",
        _("what banks have taken back and nobody bears yet is not that of the disputes not decided, or not borne"),
        "payments_dispute",
        kind="chargeback_pending",
        is_debit_normal=True,
        due="""
            SELECT provider AS owner, array_agg(intent_id) AS refs, sum(CASE
                WHEN status = 'lost' AND resolved_at IS NULL THEN unexplained_idr
                WHEN ended_at IS NULL AND taken_at IS NOT NULL THEN amount_idr ELSE 0 END) AS idr
            FROM payments_dispute GROUP BY provider
        """,
    ),
    Check(
        "dispute_lost",
        _("a lost dispute is not what its refunds gave the buyer and what nobody still had, or another gave something"),
        "payments_dispute",
        """
        WITH given AS (
            SELECT dispute_id AS id, sum(amount_idr) AS idr, bool_and(status = 'arrived') AS has_arrived
            FROM payments_refund WHERE route = 'chargeback' AND status <> 'failed' GROUP BY 1 -- not: taken back again
        )
        SELECT d.id::text AS subject, (CASE WHEN d.status = 'lost' THEN d.amount_idr ELSE 0 END)::text AS expected,
            (coalesce(g.idr, 0) + d.unexplained_idr)::text AS found, ARRAY[d.intent_id] AS refs
        FROM payments_dispute d LEFT JOIN given g USING (id)
        WHERE coalesce(g.idr, 0) + d.unexplained_idr <> CASE WHEN d.status = 'lost' THEN d.amount_idr ELSE 0 END
            OR NOT coalesce(g.has_arrived, true) OR (d.status = 'lost' AND d.taken_at IS NULL)
        """,
    ),
    Check(
        "dispute_shares",
        _("a dispute's parts are not all of it that its payment brought to orders, each in proportion"),
        "payments_disputeshare",
        """
        WITH brought AS (
            SELECT d.id, a.order_id, d.amount_idr, a.amount_idr - a.borne_by_platform_idr AS brought_idr,
                sum(a.amount_idr - a.borne_by_platform_idr) OVER (PARTITION BY d.id) AS all_idr
            FROM payments_dispute d JOIN orders_paymentallocation a ON a.intent_id = d.intent_id
            -- One decided before its payment was told has no parts.
            WHERE (d.ended_at IS NULL OR EXISTS (SELECT FROM payments_disputeshare s WHERE s.dispute_id = d.id))
                AND a.amount_idr > a.borne_by_platform_idr
        ), due AS (
            SELECT id, order_id, least(amount_idr, all_idr) AS whole_idr,
                least(amount_idr, all_idr) * brought_idr / all_idr AS idr
            FROM brought
        ), shared AS (
            SELECT dispute_id AS id, order_id, amount_idr AS idr, sum(amount_idr) OVER (PARTITION BY dispute_id) AS whole_idr
            FROM payments_disputeshare
        )
        SELECT concat_ws(' ', id, order_id) AS subject, round(coalesce(due.idr, 0), 2)::text AS expected,
            coalesce(shared.idr, 0)::text AS found, ARRAY[order_id] AS refs
        FROM due FULL JOIN shared USING (id, order_id)
        WHERE abs(coalesce(due.idr, 0) - coalesce(shared.idr, 0)) >= 1
            OR coalesce(shared.whole_idr, due.whole_idr) <> coalesce(due.whole_idr, -1)
        """,
    ),
    Check(
        "disputed_orders",
        _("an order waits for another sum than its payment's undecided disputes are about, or went on meanwhile"),
        "payments_disputeshare",
        """
        WITH due AS (
            SELECT s.order_id AS id, sum(s.amount_idr) AS idr, min(d.opened_at) AS since FROM payments_disputeshare s
            JOIN payments_dispute d ON d.id = s.dispute_id AND d.ended_at IS NULL GROUP BY 1
        )
        SELECT o.id::text AS subject, coalesce(due.idr, 0)::text AS expected, o.disputed_idr::text AS found,
            ARRAY[o.id] AS refs
        FROM orders_order o LEFT JOIN due USING (id)
        WHERE o.disputed_idr <> coalesce(due.idr, 0)
            OR greatest(o.completed_at, o.settled_at) > o.disputed_at
        """,
    ),
    Check(
        "dispute_won_late",
        _("what came of a lost dispute, and whose a person has said it is, is not in the books so"),
        "payments_latewin",
        """
        WITH booked AS (
            SELECT t.reference AS id, coalesce(sum(t.amount_idr) FILTER (WHERE code = 'won_late'), 0) AS came_idr,
                coalesce(sum(t.amount_idr) FILTER (WHERE code = 'won_late_given'), 0) AS given_idr,
                bool_and(CASE code WHEN 'won_late' THEN (debit_kind, debit_owner, credit_kind, credit_owner)
                        = ('gateway_cash', i.provider, 'unexplained_receipt', i.provider)
                    ELSE (debit_kind, debit_owner) = ('unexplained_receipt', i.provider) AND (
                        (credit_kind, credit_owner)
                            IN (('buyer_refund_payable', i.buyer_id::text), ('chargeback_loss', 'platform'))
                        OR (credit_kind = 'seller_payable' AND credit_owner IN (
                            SELECT shop_id::text FROM orders_paymentallocation WHERE intent_id = i.id
                        ))
                    ) END) AS is_theirs
            FROM ledger_standing t LEFT JOIN payments_paymentintent i ON i.id = t.reference
            WHERE code IN ('won_late', 'won_late_given') GROUP BY t.reference
        ), due AS (
            SELECT d.intent_id AS id, sum(d.amount_idr) AS came_idr,
                coalesce(sum(d.amount_idr) FILTER (WHERE w.resolution <> ''), 0) AS given_idr
            FROM payments_latewin w JOIN payments_dispute d ON d.id = w.dispute_id GROUP BY 1
        )
        SELECT id::text AS subject, concat_ws(' / ', due.came_idr, due.given_idr) AS expected,
            concat_ws(' / ', booked.came_idr, booked.given_idr, booked.is_theirs) AS found, ARRAY[id] AS refs
        FROM due FULL JOIN booked USING (id)
        WHERE (due.came_idr, due.given_idr, true) IS DISTINCT FROM (booked.came_idr, booked.given_idr, booked.is_theirs)
        """,
    ),
)
