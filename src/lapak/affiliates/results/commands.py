"""The night's part: what was noted change by change becomes one row."""

from django.db import connection

from lapak.lib.acts import act

ADDED_UP_AT_ONCE = 20_000
"""Changes of one act, which holds nobody up: purchases only ever add rows."""


@act
def add_up_results() -> int:
    """Changes noted so far, at most `ADDED_UP_AT_ONCE`, are part of the sums of their day; answers how many.

    What anybody reads meanwhile is the same: sums and changes are added up by whoever reads.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ADD_UP, [ADDED_UP_AT_ONCE])
        return int(cursor.fetchone()[0])


_ADD_UP = """
    WITH changes AS (
        DELETE FROM results_dayresult WHERE id IN (
            SELECT id FROM results_dayresult WHERE NOT is_sum ORDER BY creator_id, day LIMIT %s FOR UPDATE SKIP LOCKED
        ) RETURNING creator_id, day, link_id, product_id, orders, amount_idr
    ), days AS MATERIALIZED (
        SELECT DISTINCT creator_id, day, link_id, product_id FROM changes
    ), of_days AS MATERIALIZED (
        -- Each creator's day once, whatever the database believes of how many rows there are: asked about link by link, a day
        -- of a thousand links is gone through a thousand times.
        SELECT kept.id, kept.creator_id, kept.day, kept.link_id, kept.product_id
        FROM (SELECT DISTINCT creator_id, day FROM days) AS each
        CROSS JOIN LATERAL (
            SELECT * FROM results_dayresult WHERE creator_id = each.creator_id AND day = each.day AND is_sum OFFSET 0
        ) AS kept
    ), sums AS (
        DELETE FROM results_dayresult
        WHERE id IN (SELECT id FROM of_days JOIN days USING (creator_id, day, link_id, product_id))
        RETURNING creator_id, day, link_id, product_id, orders, amount_idr
    ), totals AS (
        INSERT INTO results_daytotal AS kept (creator_id, day, orders, amount_idr)
        SELECT creator_id, day, sum(orders), sum(amount_idr) FROM changes GROUP BY 1, 2
        ON CONFLICT (creator_id, day) DO UPDATE
        SET orders = kept.orders + excluded.orders, amount_idr = kept.amount_idr + excluded.amount_idr
    ), added AS (
        INSERT INTO results_dayresult (creator_id, day, link_id, product_id, orders, amount_idr, is_sum)
        SELECT creator_id, day, link_id, product_id, sum(orders), sum(amount_idr), true
        FROM (SELECT * FROM changes UNION ALL SELECT * FROM sums) AS together
        GROUP BY 1, 2, 3, 4 HAVING sum(orders) <> 0 OR sum(amount_idr) <> 0
    )
    SELECT count(*) FROM changes
"""
