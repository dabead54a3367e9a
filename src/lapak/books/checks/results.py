"""What days are said to have brought creators, against the commissions themselves."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check

CHECKS = (
    Check(
        "day_results",
        _("what a day is said to have brought a creator is not what its commissions come to"),
        "results_dayresult",
        """
        WITH earning AS (
            SELECT *, row_number() OVER (PARTITION BY order_id, creator_id ORDER BY id) = 1 AS is_first
            FROM affiliates_commission WHERE state <> 'reversed'
        ), due AS (
            SELECT e.creator_id, (e.created_at AT TIME ZONE 'Asia/Jakarta')::date AS day, e.link_id, v.product_id,
                count(*) FILTER (WHERE is_first) AS orders, sum(e.amount_idr) AS idr, array_agg(e.order_id) AS refs
            FROM earning e JOIN orders_orderline l ON l.id = e.line_id JOIN catalogue_variant v ON v.id = l.variant_id
            GROUP BY 1, 2, 3, 4
        ), held AS (
            SELECT creator_id, day, link_id, product_id, sum(orders) AS orders, sum(amount_idr) AS idr
            FROM results_dayresult GROUP BY 1, 2, 3, 4
        )
        SELECT concat_ws(' ', creator_id, day, link_id, product_id) AS subject,
            concat_ws(' / ', coalesce(due.orders, 0), coalesce(due.idr, 0)) AS expected,
            concat_ws(' / ', coalesce(held.orders, 0), coalesce(held.idr, 0)) AS found,
            coalesce(due.refs, ARRAY[]::uuid[]) AS refs
        FROM due FULL JOIN held USING (creator_id, day, link_id, product_id)
        WHERE (coalesce(due.orders, 0), coalesce(due.idr, 0)) <> (coalesce(held.orders, 0), coalesce(held.idr, 0))
        """,
    ),
    Check(
        "day_totals",
        _("what a day is said to have brought a creator in all is not the sum of its links and products"),
        "results_daytotal",
        """
        WITH due AS (
            SELECT creator_id, day, sum(orders) AS orders, sum(amount_idr) AS idr
            FROM results_dayresult WHERE is_sum GROUP BY 1, 2
        )
        SELECT concat_ws(' ', creator_id, day) AS subject,
            concat_ws(' / ', coalesce(due.orders, 0), coalesce(due.idr, 0)) AS expected,
            concat_ws(' / ', coalesce(held.orders, 0), coalesce(held.amount_idr, 0)) AS found, ARRAY[]::uuid[] AS refs
        FROM due FULL JOIN results_daytotal AS held USING (creator_id, day)
        WHERE (coalesce(due.orders, 0), coalesce(due.idr, 0)) <> (coalesce(held.orders, 0), coalesce(held.amount_idr, 0))
        """,
    ),
)
