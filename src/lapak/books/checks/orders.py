"""Purchases, orders, their lines and returns: each the sum of its parts, and where its events led."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check

CHECKS = (
    Check(
        "purchase_sum",
        _("a purchase is not the sum of its orders"),
        "orders_purchase",
        """
        SELECT p.id::text AS subject, coalesce(sum(o.goods_idr + o.shipping_idr), 0)::text AS expected,
            p.total_idr::text AS found, array_agg(o.id) AS refs
        FROM orders_purchase p LEFT JOIN orders_order o ON o.purchase_id = p.id
        GROUP BY p.id HAVING p.total_idr <> coalesce(sum(o.goods_idr + o.shipping_idr), 0)
        """,
    ),
    Check(
        "order_sum",
        _("an order's goods are not the sum of its lines"),
        "orders_orderline",
        """
        SELECT o.id::text AS subject, coalesce(sum(l.paid_idr), 0)::text AS expected,
            o.goods_idr::text AS found, ARRAY[o.id] AS refs
        FROM orders_order o LEFT JOIN orders_orderline l ON l.order_id = o.id
        GROUP BY o.id HAVING o.goods_idr <> coalesce(sum(l.paid_idr), 0)
        """,
    ),
    Check(
        "refunded_pieces_of_lines",
        _("an order's refunded goods are not what its lines' refunded pieces were paid and the bank took back"),
        "orders_orderline",
        """
        SELECT o.id::text AS subject, sum(l.paid_idr * l.refunded_quantity / l.quantity + l.taken_back_idr)::text AS expected,
            o.refunded_goods_idr::text AS found, ARRAY[o.id] AS refs
        FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
        GROUP BY o.id HAVING o.refunded_goods_idr <> sum(l.paid_idr * l.refunded_quantity / l.quantity + l.taken_back_idr)
        """,
    ),
    Check(
        "refunded_pieces_of_returns",
        _("a line's refunded pieces are not those of its refunded returns and those that were missing"),
        "returns_returnline",
        """
        SELECT l.id::text AS subject,
            (l.cancelled_quantity + coalesce(sum(coalesce(rl.upheld_quantity, rl.quantity)), 0))::text AS expected,
            l.refunded_quantity::text AS found, ARRAY[l.order_id] AS refs
        FROM orders_orderline l LEFT JOIN (
            returns_returnline rl JOIN returns_return r ON r.id = rl.of_return_id AND r.state = 'refunded'
        ) ON rl.line_id = l.id
        JOIN orders_order o ON o.id = l.order_id AND (o.state <> 'refunded' OR o.delivered_at IS NOT NULL) -- not lost
        GROUP BY l.id
        HAVING l.refunded_quantity <> l.cancelled_quantity + coalesce(sum(coalesce(rl.upheld_quantity, rl.quantity)), 0)
        """,
    ),
    Check(
        "refunds_of_returns",
        _("an order's refunds are not those of its returns, of its lost disputes and of what was missing"),
        "returns_return",
        """
        WITH back AS (
            SELECT order_id, refunded_goods_idr AS goods_idr, refunded_shipping_idr AS shipping_idr,
                refunded_way_back_idr AS way_back_idr FROM returns_return
            UNION ALL SELECT order_id, lost_goods_idr, lost_shipping_idr, 0 FROM payments_disputeshare
            UNION ALL SELECT order_id, paid_idr * cancelled_quantity / quantity, 0, 0 FROM orders_orderline
        )
        SELECT o.id::text AS subject, concat_ws(' / ', coalesce(sum(b.goods_idr), 0), coalesce(sum(b.shipping_idr), 0),
            coalesce(sum(b.way_back_idr), 0)) AS expected,
            concat_ws(' / ', o.refunded_goods_idr, o.refunded_shipping_idr, o.way_back_idr) AS found, ARRAY[o.id] AS refs
        FROM orders_order o LEFT JOIN back b ON b.order_id = o.id
        WHERE o.state <> 'refunded' OR o.delivered_at IS NOT NULL -- not a parcel that got lost
        GROUP BY o.id
        HAVING o.refunded_goods_idr <> coalesce(sum(b.goods_idr), 0)
            OR o.refunded_shipping_idr <> coalesce(sum(b.shipping_idr), 0)
            OR o.way_back_idr <> coalesce(sum(b.way_back_idr), 0)
        """,
    ),
    Check(
        "waits_for_return",
        _("an order that waits for its return went on"),
        "returns_return",
        """
        SELECT o.id::text AS subject, concat_ws(' ', 'delivered or completed', r.id) AS expected,
            concat_ws(' ', o.state, o.open_return_id) AS found, ARRAY[o.id] AS refs
        FROM orders_order o
        LEFT JOIN returns_return r ON r.order_id = o.id AND r.state NOT IN ('refunded', 'closed')
        WHERE o.open_return_id IS DISTINCT FROM r.id OR (r.id IS NOT NULL AND o.state NOT IN ('delivered', 'completed'))
        """,
    ),
    Check(
        "return_events",
        _("a return's state is not where its events lead"),
        "returns_return",
        """
        SELECT r.id::text AS subject, e.to_state AS expected, r.state AS found, ARRAY[r.order_id] AS refs
        FROM returns_return r LEFT JOIN LATERAL (
            SELECT to_state FROM returns_returnevent WHERE of_return_id = r.id ORDER BY happened_at DESC, id DESC LIMIT 1
        ) e ON true
        WHERE r.state IS DISTINCT FROM e.to_state
        """,
    ),
    Check(
        "order_events",
        _("an order's state is not where its events lead"),
        "orders_order",
        """
        SELECT o.id::text AS subject, e.to_state AS expected, o.state AS found, ARRAY[o.id] AS refs
        FROM orders_order o LEFT JOIN LATERAL (
            SELECT to_state FROM orders_orderevent WHERE order_id = o.id ORDER BY happened_at DESC, id DESC LIMIT 1
        ) e ON true
        WHERE o.state IS DISTINCT FROM e.to_state
        """,
    ),
    Check(
        "reserved_stock",
        _("reserved stock is not what orders still in the shop promise"),
        "catalogue_stock",
        """
        WITH promised AS (
            SELECT l.variant_id, sum(l.quantity - l.cancelled_quantity) AS quantity, array_agg(o.id) AS refs
            FROM orders_orderline l
            JOIN orders_order o ON o.id = l.order_id
            WHERE coalesce(o.handed_over_at, o.shipped_at, o.cancelled_at) IS NULL GROUP BY l.variant_id
        )
        SELECT s.variant_id::text AS subject, coalesce(p.quantity, 0)::text AS expected, s.reserved::text AS found,
            coalesce(p.refs, ARRAY[]::uuid[]) AS refs
        FROM catalogue_stock s LEFT JOIN promised p ON p.variant_id = s.variant_id
        WHERE s.reserved <> coalesce(p.quantity, 0)
        """,
    ),
    Check(
        "stock_journal",
        _("a shelf is not what its journal says"),
        "catalogue_stockchange",
        """
        WITH journal AS (
            SELECT variant_id, (array_agg(to_on_hand ORDER BY id DESC))[1] AS is_now, bool_or(from_on_hand <> was) AS has_gap
            FROM (
                SELECT *, coalesce(lag(to_on_hand) OVER (PARTITION BY variant_id ORDER BY id), 0) AS was
                FROM catalogue_stockchange
            ) step GROUP BY variant_id
        )
        SELECT s.variant_id::text AS subject, coalesce(j.is_now, 0)::text AS expected, s.on_hand::text AS found,
            ARRAY[]::uuid[] AS refs
        FROM catalogue_stock s LEFT JOIN journal j USING (variant_id)
        WHERE s.on_hand <> coalesce(j.is_now, 0) OR j.has_gap
        """,
    ),
    Check(
        "shipped_stock",
        _("what an order shipped is not what its journal rows took from the shelf"),
        "catalogue_stockchange",
        """
        WITH taken AS (
            SELECT reference AS id, sum(from_on_hand - to_on_hand) AS pieces FROM catalogue_stockchange
            WHERE reason = 'shipped' GROUP BY reference
        ), shipped AS (
            SELECT o.id, sum(l.quantity - l.cancelled_quantity) AS pieces
            FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
            WHERE coalesce(o.handed_over_at, o.shipped_at) IS NOT NULL GROUP BY o.id
        )
        SELECT id::text AS subject, coalesce(shipped.pieces, 0)::text AS expected, coalesce(taken.pieces, 0)::text AS found,
            ARRAY[id] AS refs
        FROM shipped FULL JOIN taken USING (id) WHERE coalesce(shipped.pieces, 0) <> coalesce(taken.pieces, 0)
        """,
    ),
    Check(
        "restocked",
        _("what a return put on the shelf again is not what its journal rows say"),
        "returns_returnline",
        """
        WITH put_back AS (
            SELECT reference AS id, sum(to_on_hand - from_on_hand) AS pieces FROM catalogue_stockchange
            WHERE reason = 'returned' GROUP BY reference
        ), due AS (
            SELECT of_return_id AS id, sum(restocked_quantity) AS pieces FROM returns_returnline GROUP BY of_return_id
        )
        SELECT id::text AS subject, coalesce(due.pieces, 0)::text AS expected, coalesce(put_back.pieces, 0)::text AS found,
            ARRAY[id] AS refs
        FROM due FULL JOIN put_back USING (id) WHERE coalesce(due.pieces, 0) <> coalesce(put_back.pieces, 0)
        """,
    ),
)
