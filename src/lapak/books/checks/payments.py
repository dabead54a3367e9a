"""Money in and back: attempts to pay, what they were allocated to, refunds and payouts, each against its transfers."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check, held_as_due

CHECKS = (
    Check(
        "intent_booked",
        _("a payment is not in the books with its amount, once"),
        "payments_paymentintent",
        """
        WITH booked AS (
            SELECT reference AS id,
                coalesce(sum(amount_idr) FILTER (WHERE code IN ('payment_received', 'late_payment_received')), 0) AS idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'unexplained_received'), 0) AS unexplained_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code IN ('unexplained_taken', 'unexplained_given_back')), 0)
                    AS resolved_idr
            FROM ledger_standing
            WHERE code IN ('payment_received', 'late_payment_received', 'unexplained_received', 'unexplained_taken',
                'unexplained_given_back')
            GROUP BY reference
        ), known AS (
            SELECT i.id, CASE WHEN r.intent_id IS NULL AND i.status = 'paid' THEN i.amount_idr ELSE 0 END AS idr,
                coalesce(r.amount_idr, 0) AS unexplained_idr,
                CASE WHEN r.resolved_at IS NULL THEN 0 ELSE r.amount_idr END AS resolved_idr
            FROM payments_paymentintent i LEFT JOIN payments_unexplainedreceipt r ON r.intent_id = i.id
        )
        SELECT id::text AS subject, concat_ws(' / ', k.idr, k.unexplained_idr, k.resolved_idr) AS expected,
            concat_ws(' / ', b.idr, b.unexplained_idr, b.resolved_idr) AS found, ARRAY[id] AS refs
        FROM known k FULL JOIN booked b USING (id)
        WHERE (coalesce(k.idr, 0), coalesce(k.unexplained_idr, 0), coalesce(k.resolved_idr, 0))
            IS DISTINCT FROM (coalesce(b.idr, 0), coalesce(b.unexplained_idr, 0), coalesce(b.resolved_idr, 0))
        """,
    ),
    Check(
        "intent_parties",
        _("a payment is booked at another provider, for another buyer, or with a charge above itself"),
        "payments_paymentintent",
        """
        SELECT t.reference::text AS subject, concat_ws(' ', i.provider, i.buyer_id, i.amount_idr) AS expected,
            concat_ws(' ', t.code, t.debit_owner, t.credit_owner, t.amount_idr) AS found, ARRAY[t.reference] AS refs
        FROM ledger_standing t LEFT JOIN payments_paymentintent i ON i.id = t.reference
        WHERE (t.code IN ('payment_received', 'late_payment_received')
                AND (t.debit_kind, t.debit_owner) IS DISTINCT FROM ('gateway_cash', i.provider))
            OR (t.code = 'payment_received' AND t.credit_kind <> 'order_escrow')
            OR (t.code = 'late_payment_received'
                AND (t.credit_kind, t.credit_owner) IS DISTINCT FROM ('buyer_refund_payable', i.buyer_id::text))
            OR (t.code = 'unexplained_received' AND (t.debit_kind, t.debit_owner, t.credit_kind, t.credit_owner)
                IS DISTINCT FROM ('gateway_cash', i.provider, 'unexplained_receipt', i.provider))
            OR (t.code IN ('unexplained_taken', 'unexplained_given_back')
                AND (t.debit_kind, t.debit_owner) IS DISTINCT FROM ('unexplained_receipt', i.provider))
            OR (t.code = 'gateway_charge' AND ((t.credit_kind, t.credit_owner, t.debit_kind)
                IS DISTINCT FROM ('gateway_cash', i.provider, 'gateway_fee') OR t.amount_idr > i.amount_idr))
        """,
    ),
    Check(
        "allocated",
        _("what a payment brought a shop is not what is allocated to its orders"),
        "orders_paymentallocation",
        """
        WITH booked AS (
            SELECT reference AS intent_id, credit_owner AS shop, sum(amount_idr) AS idr FROM ledger_standing
            WHERE credit_kind = 'order_escrow' GROUP BY 1, 2
        ), allocated AS (
            SELECT intent_id, shop_id::text AS shop, sum(amount_idr) AS idr FROM orders_paymentallocation GROUP BY 1, 2
        )
        SELECT intent_id || ' ' || shop AS subject, coalesce(allocated.idr, 0)::text AS expected,
            coalesce(booked.idr, 0)::text AS found, ARRAY[intent_id] AS refs
        FROM booked FULL JOIN allocated USING (intent_id, shop)
        WHERE coalesce(allocated.idr, 0) <> coalesce(booked.idr, 0)
        """,
    ),
    Check(
        "order_paid",
        _("an order is paid with another sum than its price, or has money without being paid"),
        "orders_order",
        """
        WITH allocated AS (
            SELECT order_id AS id, sum(amount_idr) AS idr, count(DISTINCT shop_id) + count(*) FILTER (WHERE amount_idr <= 0)
                AS shops, min(shop_id::text) AS shop
            FROM orders_paymentallocation GROUP BY order_id
        )
        SELECT o.id::text AS subject, (CASE WHEN o.paid_at IS NULL THEN 0 ELSE o.goods_idr + o.shipping_idr END)::text
            AS expected, coalesce(a.idr, 0)::text AS found, ARRAY[o.id] AS refs
        FROM orders_order o LEFT JOIN allocated a ON a.id = o.id
        WHERE coalesce(a.idr, 0) <> CASE WHEN o.paid_at IS NULL THEN 0 ELSE o.goods_idr + o.shipping_idr END
            OR (a.id IS NOT NULL AND (a.shops <> 1 OR a.shop <> o.shop_id::text))
        """,
    ),
    Check(
        "payout_booked",
        _("a payout's transfers are not what its state says"),
        "payouts_payout",
        """
        WITH booked AS (
            SELECT reference AS id,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'payout_sent'), 0) AS sent_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'payout_confirmed'), 0) AS confirmed_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'payout_failed'), 0) AS failed_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'payout_returned'), 0) AS returned_idr
            FROM ledger_standing WHERE code IN ('payout_sent', 'payout_confirmed', 'payout_failed', 'payout_returned')
            GROUP BY reference
        ), due AS (
            SELECT id, amount_idr AS sent_idr,
                CASE WHEN status IN ('confirmed', 'returned') THEN amount_idr ELSE 0 END AS confirmed_idr,
                CASE WHEN status = 'failed' THEN amount_idr ELSE 0 END AS failed_idr,
                CASE WHEN status = 'returned' THEN amount_idr ELSE 0 END AS returned_idr
            FROM payouts_payout
        )
        SELECT id::text AS subject, concat_ws(' / ', due.sent_idr, due.confirmed_idr, due.failed_idr, due.returned_idr)
            AS expected,
            concat_ws(' / ', booked.sent_idr, booked.confirmed_idr, booked.failed_idr, booked.returned_idr) AS found,
            ARRAY[id] AS refs
        FROM due FULL JOIN booked USING (id)
        WHERE (due.sent_idr, due.confirmed_idr, due.failed_idr, due.returned_idr)
            IS DISTINCT FROM (booked.sent_idr, booked.confirmed_idr, booked.failed_idr, booked.returned_idr)
        """,
    ),
    Check(
        "payout_parties",
        _("a payout is booked from another account than its own, or back to another"),
        "payouts_payout",
        """
        SELECT t.reference::text AS subject, concat_ws(' ', p.account_id, b.provider) AS expected,
            concat_ws(' ', t.code, t.debit_kind, t.debit_owner, t.credit_kind, t.credit_owner) AS found,
            ARRAY[t.reference] AS refs
        FROM ledger_standing t LEFT JOIN payouts_payout p ON p.id = t.reference LEFT JOIN payouts_payoutbatch b
            ON b.id = p.batch_id
        WHERE (t.code = 'payout_sent' AND (t.debit_account_id, t.credit_kind, t.credit_owner)
                IS DISTINCT FROM (p.account_id, 'payout_in_transit', b.provider))
            OR (t.code = 'payout_failed' AND (t.credit_account_id, t.debit_kind, t.debit_owner)
                IS DISTINCT FROM (p.account_id, 'payout_in_transit', b.provider))
            OR (t.code = 'payout_confirmed' AND (t.debit_kind, t.debit_owner, t.credit_kind, t.credit_owner)
                IS DISTINCT FROM ('payout_in_transit', b.provider, 'gateway_cash', b.paid_from))
            OR (t.code = 'payout_returned' AND (t.credit_account_id, t.debit_kind, t.debit_owner)
                IS DISTINCT FROM (p.account_id, 'gateway_cash', b.paid_from))
        """,
    ),
    # A refund that failed is followed by another, by another way.
    Check(
        "refund_rows",
        _("what an order or a payment came to owe its buyer is not in refunds of the same sum to the same buyer"),
        "payments_refund",
        """
        WITH booked AS (
            SELECT reference AS id, buyer, sum(idr) AS idr FROM (
                SELECT reference, credit_owner AS buyer, amount_idr AS idr FROM ledger_standing
                WHERE credit_kind = 'buyer_refund_payable' AND (
                    reference IN (SELECT id FROM orders_order) OR reference IN (SELECT id FROM payments_paymentintent)
                )
                UNION ALL SELECT reference, debit_owner, -amount_idr FROM ledger_standing WHERE code = 'shortfall_given_back'
            ) side GROUP BY 1, 2
        ), owed AS (
            SELECT coalesce(order_id, intent_id) AS id, buyer_id::text AS buyer, sum(amount_idr) AS idr FROM payments_refund
            WHERE status <> 'failed' GROUP BY 1, 2
        )
        SELECT id || ' ' || buyer AS subject, coalesce(booked.idr, 0)::text AS expected, coalesce(owed.idr, 0)::text AS found,
            ARRAY[id] AS refs
        FROM booked FULL JOIN owed USING (id, buyer) WHERE coalesce(booked.idr, 0) <> coalesce(owed.idr, 0)
        """,
    ),
    Check(
        "refund_booked",
        _("a refund's way through the gateway, or by the buyer's bank, is not what its state says"),
        "payments_refund",
        """
        WITH booked AS (
            SELECT reference AS id,
                coalesce(sum(CASE code WHEN 'refund_sent' THEN amount_idr WHEN 'refund_failed' THEN -amount_idr END), 0)
                    AS sent_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'refund_arrived'), 0) AS arrived_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'refunded_by_chargeback'), 0) AS chargeback_idr
            FROM ledger_standing WHERE code IN ('refund_sent', 'refund_failed', 'refund_arrived', 'refunded_by_chargeback')
            GROUP BY reference
        ), due AS (
            SELECT id, CASE WHEN route = 'gateway' AND status IN ('sent', 'arrived') THEN amount_idr ELSE 0 END AS sent_idr,
                CASE WHEN route = 'gateway' AND status = 'arrived' THEN amount_idr ELSE 0 END AS arrived_idr,
                CASE WHEN route = 'chargeback' AND status = 'arrived' THEN amount_idr ELSE 0 END AS chargeback_idr
            FROM payments_refund
        )
        SELECT id::text AS subject, concat_ws(' / ', due.sent_idr, due.arrived_idr, due.chargeback_idr) AS expected,
            concat_ws(' / ', booked.sent_idr, booked.arrived_idr, booked.chargeback_idr) AS found, ARRAY[id] AS refs
        FROM due FULL JOIN booked USING (id)
        WHERE (coalesce(due.sent_idr, 0), coalesce(due.arrived_idr, 0), coalesce(due.chargeback_idr, 0))
            <> (coalesce(booked.sent_idr, 0), coalesce(booked.arrived_idr, 0), coalesce(booked.chargeback_idr, 0))
        """,
    ),
    Check(
        "refund_parties",
        _("a refund through the gateway is booked for another buyer, or at another provider"),
        "payments_refund",
        """
        SELECT t.reference::text AS subject, concat_ws(' ', r.buyer_id, i.provider) AS expected,
            concat_ws(' ', t.code, t.debit_kind, t.debit_owner, t.credit_kind, t.credit_owner) AS found,
            ARRAY[t.reference] AS refs
        FROM ledger_standing t LEFT JOIN payments_refund r ON r.id = t.reference
            LEFT JOIN payments_paymentintent i ON i.id = r.intent_id
        WHERE (t.code = 'refund_sent' AND (t.debit_kind, t.debit_owner, t.credit_kind, t.credit_owner)
                IS DISTINCT FROM ('buyer_refund_payable', r.buyer_id::text, 'payout_in_transit', i.provider))
            OR (t.code = 'refund_arrived' AND (t.debit_kind, t.debit_owner, t.credit_kind, t.credit_owner)
                IS DISTINCT FROM ('payout_in_transit', i.provider, 'gateway_cash', i.provider))
            OR (t.code = 'refund_failed' AND (t.debit_kind, t.debit_owner, t.credit_kind, t.credit_owner)
                IS DISTINCT FROM ('payout_in_transit', i.provider, 'buyer_refund_payable', r.buyer_id::text))
        """,
    ),
    Check(
        "shortfall",
        _("what the platform put into a payment is not what its orders were allocated of it"),
        "orders_paymentallocation",
        """
        WITH booked AS (
            SELECT reference AS id, sum(amount_idr) AS idr FROM ledger_standing WHERE code = 'shortfall_borne' GROUP BY 1
        ), allocated AS (
            SELECT intent_id AS id, sum(borne_by_platform_idr) AS idr FROM orders_paymentallocation GROUP BY 1
        )
        SELECT id::text AS subject, coalesce(allocated.idr, 0)::text AS expected, coalesce(booked.idr, 0)::text AS found,
            ARRAY[id] AS refs
        FROM booked FULL JOIN allocated USING (id) WHERE coalesce(allocated.idr, 0) <> coalesce(booked.idr, 0)
        """,
    ),
    held_as_due(
        "refund_owed",
        _("what is owed to a buyer is not the sum of their refunds that are not on their way"),
        "payments_refund",
        kind="buyer_refund_payable",
        due="""
            SELECT buyer_id::text AS owner, sum(amount_idr) AS idr, array_agg(coalesce(order_id, intent_id)) AS refs
            FROM payments_refund WHERE status = 'owed' GROUP BY 1
        """,
    ),
    Check(
        "refund_carried",
        _("a refund by bank does not stand where the payout that carries it does"),
        "payments_refund",
        """
        WITH carried AS (
            SELECT item.item_id AS id, p.status, p.id AS payout_id FROM payouts_payoutitem item
            JOIN payouts_payout p ON p.id = item.payout_id WHERE item.kind = 'refund' AND item.is_live
        )
        SELECT r.id::text AS subject, coalesce(c.status, 'no payout') AS expected, r.status AS found,
            array_remove(ARRAY[c.payout_id, r.order_id, r.intent_id], NULL) AS refs
        FROM payments_refund r LEFT JOIN carried c ON c.id = r.id
        WHERE r.route = 'bank' AND CASE c.status WHEN 'sent' THEN r.status <> 'sent'
            WHEN 'confirmed' THEN r.status <> 'arrived' ELSE r.status NOT IN ('owed', 'failed') END
        """,
    ),
    Check(
        "payout_items",
        _(
            "a payout to a buyer is not the sum of what it names, one to a creator names nothing, or live is what came back"
        ),
        "payouts_payoutitem",
        """
        SELECT p.id::text AS subject, p.amount_idr || ' ' || p.status AS expected,
            coalesce(sum(item.amount_idr), 0) || ' ' || count(*) FILTER (WHERE item.is_live) AS found, ARRAY[p.id] AS refs
        FROM payouts_payout p JOIN ledger_account a ON a.id = p.account_id
        LEFT JOIN payouts_payoutitem item ON item.payout_id = p.id
        GROUP BY p.id, a.kind
        HAVING (a.kind = 'buyer_refund_payable' AND coalesce(sum(item.amount_idr), 0) <> p.amount_idr)
            OR (a.kind = 'creator_payable' AND count(item.id) = 0)
            OR bool_or(item.is_live <> (p.status IN ('sent', 'confirmed')))
        """,
    ),
    Check(
        "remittance_booked",
        _("a payment of the house is not in the books as its row says"),
        "remittances_remittance",
        """
        WITH booked AS (
            SELECT reference AS id, coalesce(sum(amount_idr) FILTER (WHERE code = 'remitted'), 0) AS paid_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'remittance_undone'), 0) AS undone_idr
            FROM ledger_standing WHERE code IN ('remitted', 'remittance_undone') GROUP BY reference
        ), due AS (
            SELECT id, amount_idr AS paid_idr, CASE WHEN undone_at IS NULL THEN 0 ELSE amount_idr END AS undone_idr
            FROM remittances_remittance
        )
        SELECT id::text AS subject, concat_ws(' / ', due.paid_idr, due.undone_idr) AS expected,
            concat_ws(' / ', booked.paid_idr, booked.undone_idr) AS found, ARRAY[id] AS refs
        FROM due FULL JOIN booked USING (id)
        WHERE (due.paid_idr, due.undone_idr) IS DISTINCT FROM (booked.paid_idr, booked.undone_idr)
        """,
    ),
    Check(
        "remittance_parties",
        _("a payment of the house is booked for another party, or at another gateway"),
        "remittances_remittance",
        """
        SELECT t.reference::text AS subject, concat_ws(' ', r.account_id, r.paid_from) AS expected,
            concat_ws(' ', t.code, t.debit_kind, t.debit_owner, t.credit_kind, t.credit_owner) AS found,
            ARRAY[t.reference] AS refs
        FROM ledger_standing t LEFT JOIN remittances_remittance r ON r.id = t.reference
        WHERE (t.code = 'remitted' AND (t.debit_account_id, t.credit_kind, t.credit_owner)
                IS DISTINCT FROM (r.account_id, 'gateway_cash', r.paid_from))
            OR (t.code = 'remittance_undone' AND (t.credit_account_id, t.debit_kind, t.debit_owner)
                IS DISTINCT FROM (r.account_id, 'gateway_cash', r.paid_from))
        """,
    ),
    Check(
        "statement",
        _("a partner's statement and the books differ"),
        "gateways_statementdifference",
        """
        SELECT concat_ws(' ', provider, kind, reference) AS subject, theirs_idr::text AS expected, ours_idr::text AS found,
            ARRAY[]::uuid[] AS refs
        FROM gateways_statementdifference WHERE resolved_at IS NULL
        """,
    ),
)
