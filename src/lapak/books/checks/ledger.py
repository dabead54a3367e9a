"""The ledger by itself: accounts, balances, snapshots, and that each transfer is between those its fact names."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check

MAY_NOT_GO_BELOW = (
    "order_escrow", "seller_payable", "creator_clearing", "post_fees_held", "creator_payable", "courier_payable",
    "buyer_refund_payable", "payout_in_transit", "unexplained_receipt", "chargeback_pending", "cod_receivable",
    "seller_receivable", "creator_receivable",
)  # fmt: skip
"""Others' money, and what others owe: neither can be less than nothing."""

DEBIT_NORMAL = (
    "gateway_cash",
    "chargeback_pending",
    "cod_receivable",
    "seller_receivable",
    "creator_receivable",
    "gateway_fee",
    "promotion_cost",
    "chargeback_loss",
)

CHECKS = (
    Check(
        "below_zero",
        _("an account of others' money is below zero"),
        "ledger_account",
        """
        SELECT a.kind || ':' || a.owner AS subject, '0' AS expected, b.idr::text AS found, ARRAY[]::uuid[] AS refs
        FROM ledger_account a JOIN (
            SELECT account_id, sum(credit_idr - debit_idr) AS idr FROM (
                SELECT debit_account_id AS account_id, amount_idr AS debit_idr, 0 AS credit_idr FROM ledger_transfer
                UNION ALL SELECT credit_account_id, 0, amount_idr FROM ledger_transfer
            ) side GROUP BY account_id
        ) b ON b.account_id = a.id
        WHERE a.kind = ANY(%(kinds)s) AND CASE WHEN a.kind = ANY(%(debit_normal)s) THEN -b.idr ELSE b.idr END < 0
        """,
        {"kinds": list(MAY_NOT_GO_BELOW), "debit_normal": list(DEBIT_NORMAL)},
    ),
    Check(
        "owes_and_holds",
        _("who owes has money in their balance that was to repay it"),
        "ledger_account",
        """
        WITH held AS (
            SELECT a.kind, a.owner, sum(CASE WHEN t.credit_account_id = a.id THEN t.amount_idr ELSE -t.amount_idr END) AS idr
            FROM ledger_account a JOIN ledger_transfer t ON a.id IN (t.debit_account_id, t.credit_account_id)
            WHERE a.kind IN ('seller_payable', 'creator_payable', 'seller_receivable', 'creator_receivable')
            GROUP BY a.kind, a.owner
        )
        SELECT payable.kind || ':' || payable.owner AS subject, '0' AS expected, payable.idr::text AS found,
            ARRAY[]::uuid[] AS refs
        FROM held AS payable JOIN held AS debt
            ON debt.owner = payable.owner AND debt.kind = replace(payable.kind, 'payable', 'receivable')
        WHERE payable.kind LIKE '%%payable' AND payable.idr > 0 AND debt.idr < 0
        """,
    ),
    Check(
        "snapshots",
        _("a snapshot is not the sum of the transfers before its cut"),
        "ledger_balancesnapshot",
        """
        WITH newest AS (
            SELECT DISTINCT ON (account_id) account_id, cut, debits_idr, credits_idr FROM ledger_balancesnapshot
            WHERE counter = (SELECT system_identifier FROM pg_control_system()) ORDER BY account_id, cut DESC
        ), recomputed AS (
            SELECT n.account_id, coalesce(sum(t.debit_idr), 0) AS debits_idr, coalesce(sum(t.credit_idr), 0) AS credits_idr
            FROM newest n LEFT JOIN (
                SELECT debit_account_id AS account_id, transaction_id, amount_idr AS debit_idr, 0 AS credit_idr
                FROM ledger_transfer
                UNION ALL SELECT credit_account_id, transaction_id, 0, amount_idr FROM ledger_transfer
            ) t ON t.account_id = n.account_id AND t.transaction_id < n.cut
            GROUP BY n.account_id
        )
        SELECT a.kind || ':' || a.owner AS subject, r.debits_idr || ' / ' || r.credits_idr AS expected,
            n.debits_idr || ' / ' || n.credits_idr AS found, ARRAY[]::uuid[] AS refs
        FROM newest n JOIN recomputed r USING (account_id) JOIN ledger_account a ON a.id = n.account_id
        WHERE (n.debits_idr, n.credits_idr) <> (r.debits_idr, r.credits_idr)
        """,
    ),
    Check(
        "kind_snapshots",
        _("the sums of a kind of account are not those of its transfers before their cut"),
        "ledger_kindsnapshot",
        """
        WITH newest AS (
            SELECT kind, cut, debits_idr, credits_idr FROM ledger_kindsnapshot
            WHERE counter = (SELECT system_identifier FROM pg_control_system())
        ), recomputed AS (
            SELECT a.kind, t.transaction_id, t.amount_idr AS debit_idr, 0 AS credit_idr
            FROM ledger_transfer t JOIN ledger_account a ON a.id = t.debit_account_id
            UNION ALL SELECT a.kind, t.transaction_id, 0, t.amount_idr
            FROM ledger_transfer t JOIN ledger_account a ON a.id = t.credit_account_id
        ), summed AS (
            SELECT n.kind, coalesce(sum(r.debit_idr), 0) AS debits_idr, coalesce(sum(r.credit_idr), 0) AS credits_idr
            FROM newest n LEFT JOIN recomputed r ON r.kind = n.kind AND r.transaction_id < n.cut GROUP BY n.kind
        )
        SELECT n.kind AS subject, s.debits_idr || ' / ' || s.credits_idr AS expected,
            n.debits_idr || ' / ' || n.credits_idr AS found, ARRAY[]::uuid[] AS refs
        FROM newest n JOIN summed s USING (kind) WHERE (n.debits_idr, n.credits_idr) <> (s.debits_idr, s.credits_idr)
        """,
    ),
    Check(
        "parties_of_order",
        _("a transfer of an order is not between the accounts of its own shop, buyer and courier"),
        "ledger_transfer",
        """
        WITH due (code, debit_kind, debit_of, credit_kind, credit_of) AS (VALUES
            ('shipping_settled', 'order_escrow', 'shop', 'courier_payable', 'courier'),
            ('carriage_borne', 'seller_payable', 'shop', 'courier_payable', 'courier'),
            ('goods_settled', 'order_escrow', 'shop', 'seller_payable', 'shop'),
            ('lent_to_shop', 'seller_receivable', 'shop', 'seller_payable', 'shop'),
            ('fee', 'seller_payable', 'shop', 'platform_fee', 'platform'),
            ('fee_vat', 'seller_payable', 'shop', 'tax_vat', 'platform'),
            ('goods_pph22', 'seller_payable', 'shop', 'tax_pph22', 'platform'),
            ('commission', 'seller_payable', 'shop', 'creator_clearing', 'shop'),
            ('commission_returned', 'creator_clearing', 'shop', 'seller_payable', 'shop'),
            ('platform_commission', 'promotion_cost', 'platform', 'creator_clearing', 'shop'),
            ('platform_commission_returned', 'creator_clearing', 'shop', 'promotion_cost', 'platform'),
            ('shortfall_given_back', 'buyer_refund_payable', 'buyer', 'promotion_cost', 'platform'),
            ('order_refunded', 'order_escrow', 'shop', 'buyer_refund_payable', 'buyer'),
            ('goods_refunded', 'order_escrow', 'shop', 'buyer_refund_payable', 'buyer'),
            ('goods_refunded', 'seller_payable', 'shop', 'buyer_refund_payable', 'buyer'),
            ('shipping_refunded', 'order_escrow', 'shop', 'buyer_refund_payable', 'buyer'),
            ('shipping_refunded', 'seller_payable', 'shop', 'buyer_refund_payable', 'buyer'),
            ('way_back_refunded', 'order_escrow', 'shop', 'buyer_refund_payable', 'buyer'),
            ('way_back_refunded', 'seller_payable', 'shop', 'buyer_refund_payable', 'buyer'),
            ('fee_given_back', 'platform_fee', 'platform', 'seller_payable', 'shop'),
            ('fee_vat_given_back', 'tax_vat', 'platform', 'seller_payable', 'shop'),
            ('goods_pph22_given_back', 'tax_pph22', 'platform', 'seller_payable', 'shop')
        )
        SELECT t.reference::text AS subject, concat_ws(' ', o.shop_id, o.buyer_id, o.courier) AS expected,
            concat_ws(' ', t.code, t.debit_kind, t.debit_owner, t.credit_kind, t.credit_owner) AS found,
            ARRAY[t.reference] AS refs
        FROM ledger_standing t LEFT JOIN orders_order o ON o.id = t.reference
        WHERE t.code IN (SELECT code FROM due) AND NOT EXISTS (
            SELECT FROM due d
            CROSS JOIN LATERAL (VALUES ('shop', o.shop_id::text), ('buyer', o.buyer_id::text), ('courier', o.courier),
                ('platform', 'platform')) AS debit (role, owner)
            CROSS JOIN LATERAL (VALUES ('shop', o.shop_id::text), ('buyer', o.buyer_id::text), ('courier', o.courier),
                ('platform', 'platform')) AS credit (role, owner)
            WHERE d.code = t.code AND debit.role = d.debit_of AND credit.role = d.credit_of
                AND (t.debit_kind, t.debit_owner) = (d.debit_kind, debit.owner)
                AND (t.credit_kind, t.credit_owner) = (d.credit_kind, credit.owner)
        )
        """,
    ),
    Check(
        "month_end",
        _("a month's end is not what the account's transfers until then come to"),
        "statements_monthend",
        """
        SELECT e.account_id || ' ' || e.month AS subject, coalesce(t.idr, 0)::text AS expected, e.balance_idr::text AS found,
            ARRAY[]::uuid[] AS refs
        FROM statements_monthend e CROSS JOIN LATERAL (
            SELECT sum(idr) AS idr FROM (
                SELECT amount_idr AS idr, posted_at FROM ledger_transfer WHERE credit_account_id = e.account_id
                UNION ALL SELECT -amount_idr, posted_at FROM ledger_transfer WHERE debit_account_id = e.account_id
            ) side WHERE posted_at < (e.month + interval '1 month') AT TIME ZONE 'Asia/Jakarta'
        ) t
        WHERE e.balance_idr <> coalesce(t.idr, 0)
        """,
    ),
)
