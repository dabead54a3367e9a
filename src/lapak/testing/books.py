"""Checks of the books and the stock that hold after any history. They raise `AssertionError` with what is wrong."""

from django.db import connection

# Each query answers the rows that break a rule; a sound database answers none.
RULES = {
    "the two sides of the books differ": """
        SELECT sum(CASE WHEN a.id = t.debit_account_id THEN t.amount_idr ELSE -t.amount_idr END) AS difference
        FROM ledger_transfer t JOIN ledger_account a ON a.id IN (t.debit_account_id, t.credit_account_id)
        HAVING sum(CASE WHEN a.id = t.debit_account_id THEN t.amount_idr ELSE -t.amount_idr END) <> 0
    """,
    "an account that holds others' money is below zero": """
        SELECT a.kind, a.owner,
            sum(CASE WHEN a.id = t.credit_account_id THEN t.amount_idr ELSE -t.amount_idr END) AS balance
        FROM ledger_account a JOIN ledger_transfer t ON a.id IN (t.debit_account_id, t.credit_account_id)
        WHERE a.kind IN ('order_escrow', 'seller_payable', 'creator_payable', 'courier_payable',
            'buyer_refund_payable', 'payout_in_transit')
        GROUP BY a.id
        HAVING sum(CASE WHEN a.id = t.credit_account_id THEN t.amount_idr ELSE -t.amount_idr END) < 0
    """,
    "a shop's escrow is not what its open orders were paid": """
        WITH held AS (
            SELECT a.owner, sum(CASE WHEN a.id = t.credit_account_id THEN t.amount_idr ELSE -t.amount_idr END) AS idr
            FROM ledger_account a JOIN ledger_transfer t ON a.id IN (t.debit_account_id, t.credit_account_id)
            WHERE a.kind = 'order_escrow' GROUP BY a.owner
        ), open AS (
            SELECT shop_id::text AS owner, sum(escrow_idr) AS idr FROM orders_order GROUP BY shop_id
        )
        SELECT owner, held.idr, open.idr FROM held FULL JOIN open USING (owner)
        WHERE coalesce(held.idr, 0) <> coalesce(open.idr, 0)
    """,
    "reserved stock is not what unshipped orders promise": """
        WITH promised AS (
            SELECT l.variant_id, sum(l.quantity) AS quantity FROM orders_orderline l
            JOIN orders_order o ON o.id = l.order_id
            WHERE o.state IN ('awaiting_payment', 'to_pack', 'packed') GROUP BY l.variant_id
        )
        SELECT s.variant_id, s.reserved, p.quantity FROM catalogue_stock s
        LEFT JOIN promised p ON p.variant_id = s.variant_id
        WHERE s.reserved <> coalesce(p.quantity, 0)
    """,
    "what an order holds is not what it was paid less what went out": """
        SELECT id, state, escrow_idr FROM orders_order WHERE escrow_idr <> CASE
            WHEN paid_at IS NULL OR settled_at IS NOT NULL OR state IN ('cancelled', 'refunded') THEN 0
            ELSE goods_idr + shipping_idr - refunded_goods_idr - refunded_shipping_idr - way_back_idr
        END
    """,
    "a shelf is not what its journal says": """
        SELECT s.variant_id, s.on_hand, j.is_now, j.gap FROM catalogue_stock s LEFT JOIN (
            SELECT variant_id, (array_agg(to_on_hand ORDER BY id DESC))[1] AS is_now,
                bool_or(from_on_hand <> was) AS gap
            FROM (
                SELECT *, coalesce(lag(to_on_hand) OVER (PARTITION BY variant_id ORDER BY id), 0) AS was
                FROM catalogue_stockchange
            ) step GROUP BY variant_id
        ) j USING (variant_id)
        WHERE s.on_hand <> coalesce(j.is_now, 0) OR j.gap
    """,
    "a purchase is not the sum of its orders": """
        SELECT p.id, p.total_idr, sum(o.goods_idr + o.shipping_idr) FROM orders_purchase p
        LEFT JOIN orders_order o ON o.purchase_id = p.id
        GROUP BY p.id HAVING p.total_idr <> coalesce(sum(o.goods_idr + o.shipping_idr), 0)
    """,
    "an order's goods are not the sum of its lines": """
        SELECT o.id, o.goods_idr, sum(l.paid_idr) FROM orders_order o
        LEFT JOIN orders_orderline l ON l.order_id = o.id
        GROUP BY o.id HAVING o.goods_idr <> coalesce(sum(l.paid_idr), 0)
    """,
    "an order's refund is not what its lines' refunded pieces were paid": """
        SELECT o.id, o.refunded_goods_idr, sum(l.paid_idr * l.refunded_quantity / l.quantity) FROM orders_order o
        JOIN orders_orderline l ON l.order_id = o.id
        GROUP BY o.id HAVING o.refunded_goods_idr <> sum(l.paid_idr * l.refunded_quantity / l.quantity)
    """,
    "a line's refunded pieces are not those of its refunded returns": """
        SELECT l.id, l.refunded_quantity, coalesce(sum(rl.quantity), 0) FROM orders_orderline l
        LEFT JOIN (
            returns_returnline rl JOIN returns_return r ON r.id = rl.of_return_id AND r.state = 'refunded'
        ) ON rl.line_id = l.id
        GROUP BY l.id HAVING l.refunded_quantity <> coalesce(sum(rl.quantity), 0)
    """,
    "an order's refunds are not those of its returns": """
        SELECT o.id, o.refunded_goods_idr, o.refunded_shipping_idr, sum(r.refunded_goods_idr), sum(r.refunded_shipping_idr)
        FROM orders_order o LEFT JOIN returns_return r ON r.order_id = o.id
        GROUP BY o.id
        HAVING o.refunded_goods_idr <> coalesce(sum(r.refunded_goods_idr), 0)
            OR o.refunded_shipping_idr <> coalesce(sum(r.refunded_shipping_idr), 0)
    """,
    "an order's refunds are not what the books say": """
        WITH booked AS (
            SELECT reference AS id,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'goods_refunded'), 0) AS goods_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code = 'shipping_refunded'), 0) AS shipping_idr
            FROM ledger_transfer WHERE code IN ('goods_refunded', 'shipping_refunded') GROUP BY reference
        )
        SELECT id, o.refunded_goods_idr, o.refunded_shipping_idr, booked.goods_idr, booked.shipping_idr
        FROM orders_order o FULL JOIN booked USING (id)
        WHERE (coalesce(o.refunded_goods_idr, 0), coalesce(o.refunded_shipping_idr, 0))
            <> (coalesce(booked.goods_idr, 0), coalesce(booked.shipping_idr, 0))
    """,
    "an order that waits for its return went on": """
        SELECT o.id, o.state, r.state FROM orders_order o JOIN returns_return r ON r.order_id = o.id
        WHERE r.state NOT IN ('refunded', 'closed') AND o.state <> 'delivered'
    """,
    "a return's state is not where its events lead": """
        SELECT r.id, r.state, e.to_state FROM returns_return r
        LEFT JOIN LATERAL (
            SELECT to_state FROM returns_returnevent WHERE of_return_id = r.id ORDER BY happened_at DESC, id DESC LIMIT 1
        ) e ON true
        WHERE r.state IS DISTINCT FROM e.to_state
    """,
    "an order's state is not where its events lead": """
        SELECT o.id, o.state, e.to_state FROM orders_order o
        LEFT JOIN LATERAL (
            SELECT to_state FROM orders_orderevent WHERE order_id = o.id ORDER BY happened_at DESC, id DESC LIMIT 1
        ) e ON true
        WHERE o.state IS DISTINCT FROM e.to_state
    """,
}


def broken_rules() -> list[str]:
    """Every rule that does not hold now, with its first offending row; empty when all is sound."""
    found = []
    with connection.cursor() as cursor:
        for rule, query in RULES.items():
            cursor.execute(query)
            row = cursor.fetchone()
            if row is not None:
                found.append(f"{rule}: {row}")
    return found


def check_books() -> None:
    """Raise with what is wrong, if anything is."""
    assert not (broken := broken_rules()), "; ".join(broken)


def rows_everywhere() -> dict[str, int]:
    """How many rows each business table has: a refusal compares before and after."""
    with connection.cursor() as cursor:
        tables = [
            table
            for table in connection.introspection.table_names(cursor)
            if not table.startswith(("django_", "auth_", "account_email"))
        ]
        counts = {}
        for table in sorted(tables):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - names from the database itself
            counts[table] = cursor.fetchone()[0]
    return counts
