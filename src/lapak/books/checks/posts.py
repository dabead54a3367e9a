"""Paid posts against what was set apart for them, what reached their creators, and what went back."""

from django.utils.translation import gettext_noop as _

from lapak.books.checks.check import Check, held_as_due

CHECKS = (
    Check(
        "post_places",
        _("the places that an offer counts as taken, or paid for, are not its posts"),
        "posts_postoffer",
        """
        SELECT o.id::text AS subject, concat_ws(' / ', p.taken, p.credited) AS expected,
            concat_ws(' / ', o.taken, o.credited) AS found, ARRAY[o.id] AS refs
        FROM posts_postoffer o CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE state NOT IN ('given_up', 'lapsed', 'denied')) AS taken,
                count(*) FILTER (WHERE credited_at IS NOT NULL) AS credited
            FROM posts_post WHERE offer_id = o.id
        ) p
        WHERE (o.taken, o.credited) <> (p.taken, p.credited)
        """,
    ),
    held_as_due(
        "post_fees_held",
        _("what is set apart of a shop for posts is not what may still be paid for them"),
        "posts_postoffer",
        kind="post_fees_held",
        due="""
            SELECT shop_id::text AS owner,
                sum(fee_idr * (CASE state WHEN 'open' THEN places ELSE taken END - credited)) AS idr, array_agg(id) AS refs
            FROM posts_postoffer GROUP BY 1
        """,
    ),
    Check(
        "post_offer_booked",
        _("what an offer set apart and gave back is not as its row says"),
        "posts_postoffer",
        """
        WITH booked AS (
            SELECT reference AS id, coalesce(sum(amount_idr) FILTER (
                WHERE code = 'post_fees_held' AND debit_kind = 'seller_payable' AND debit_owner = credit_owner), 0) AS held_idr,
                coalesce(sum(amount_idr) FILTER (
                WHERE code = 'post_fees_returned' AND credit_kind = 'seller_payable' AND debit_owner = credit_owner), 0)
                AS back_idr
            FROM ledger_standing WHERE code IN ('post_fees_held', 'post_fees_returned') GROUP BY 1
        )
        SELECT coalesce(o.id, b.id)::text AS subject, concat_ws(' / ', o.fee_idr * o.places,
                CASE o.state WHEN 'open' THEN 0 ELSE o.fee_idr * (o.places - o.taken) END) AS expected,
            concat_ws(' / ', b.held_idr, b.back_idr) AS found, ARRAY[coalesce(o.id, b.id)] AS refs
        FROM posts_postoffer o FULL JOIN booked b ON b.id = o.id
        WHERE o.id IS NULL OR b.id IS NULL OR b.held_idr <> o.fee_idr * o.places
            OR b.back_idr <> CASE o.state WHEN 'open' THEN 0 ELSE o.fee_idr * (o.places - o.taken) END
        """,
    ),
    Check(
        "post_credited",
        _("what reached a creator for a post, or was withheld of it, is not as its row says"),
        "posts_post",
        """
        WITH booked AS (
            SELECT reference AS id, sum(amount_idr) FILTER (WHERE code = 'post_fee') AS fee_idr,
                coalesce(sum(amount_idr) FILTER (WHERE code LIKE 'post_fee_pph%%'), 0) AS tax_idr,
                max(debit_owner) FILTER (WHERE code = 'post_fee') AS shop,
                max(credit_owner) FILTER (WHERE code = 'post_fee') AS creator
            FROM ledger_standing WHERE code IN ('post_fee', 'post_fee_pph21', 'post_fee_pph23') GROUP BY 1
        ), due AS (
            SELECT id, fee_idr, tax_idr, shop_id::text AS shop, creator_id::text AS creator FROM posts_post
            WHERE credited_at IS NOT NULL
        )
        SELECT id::text AS subject, concat_ws(' ', due.fee_idr, due.tax_idr, due.shop, due.creator) AS expected,
            concat_ws(' ', booked.fee_idr, booked.tax_idr, booked.shop, booked.creator) AS found, ARRAY[id] AS refs
        FROM due FULL JOIN booked USING (id)
        WHERE (due.fee_idr, due.tax_idr, due.shop, due.creator)
            IS DISTINCT FROM (booked.fee_idr, booked.tax_idr, booked.shop, booked.creator)
        """,
    ),
    Check(
        "post_paid",
        _("a fee for a post that is paid is in no payout that arrived, or one that is not in one that did"),
        "posts_post",
        """
        WITH arrived AS (
            SELECT item.item_id AS id FROM payouts_payoutitem item JOIN payouts_payout out ON out.id = item.payout_id
            WHERE item.kind = 'post' AND item.is_live AND out.status = 'confirmed'
        )
        SELECT id::text AS subject, coalesce(p.state, 'no post') AS expected,
            CASE WHEN a.id IS NULL THEN 'no payout' ELSE 'paid' END AS found, ARRAY[id] AS refs
        FROM (SELECT id, state FROM posts_post WHERE credited_at IS NOT NULL) p FULL JOIN arrived a USING (id)
        WHERE (p.state IS NOT DISTINCT FROM 'paid') <> (a.id IS NOT NULL)
        """,
    ),
)
