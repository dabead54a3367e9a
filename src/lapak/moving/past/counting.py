"""What past orders and incomes come to, counted once when they come in: by month and by thing sold, and of which goods here that
is.

A past line is taken for one of the shop's products where that is certain: by the SKU id under which the product was moved
in, else by a seller SKU, else by a title that one product of the shop has alone.
"""

from typing import LiteralString
from uuid import UUID

from django.db import connection

from lapak.goods.catalogue.models import Product
from lapak.lib.acts import act
from lapak.moving.formats.registry import title_of
from lapak.moving.past.models import BROUGHT, PastCreator, PastGoods, PastIncomeMonth, PastMonth
from lapak.moving.past.reviewed import join_past_reviews, tell_products
from lapak.people.shops.models import Shop

_OF_SHOP: LiteralString = """
    UPDATE past_pastline AS line SET product_id = known.product_id FROM past_pastorder AS past, ({known}) AS known
    WHERE past.id = line.order_id AND past.shop_id = %(shop)s AND line.product_id IS NULL AND {where}
"""
_BY_ID: LiteralString = """
    SELECT record.platform, record.source_id AS said, variant.product_id FROM moving_sourcerecord AS record
    JOIN catalogue_variant AS variant ON variant.id = record.target_id
    WHERE record.shop_id = %(shop)s AND record.kind = 'sku'
"""
BY_SKU: LiteralString = """
    SELECT variant.seller_sku AS said, min(variant.product_id::text)::uuid AS product_id FROM catalogue_variant AS variant
    JOIN catalogue_product AS product ON product.id = variant.product_id
    WHERE product.shop_id = %(shop)s AND variant.seller_sku <> ''
    GROUP BY variant.seller_sku HAVING count(DISTINCT variant.product_id) = 1
"""
BY_TITLE: LiteralString = """
    SELECT lower(title) AS said, min(id::text)::uuid AS product_id FROM catalogue_product WHERE shop_id = %(shop)s
    GROUP BY lower(title) HAVING count(*) = 1
"""
_JOIN: tuple[tuple[LiteralString, LiteralString], ...] = (
    (_BY_ID, "line.sku_id <> '' AND known.platform = past.platform AND known.said = line.sku_id"),
    (BY_SKU, "known.said = line.seller_sku"),
    (BY_TITLE, "known.said = lower(line.title)"),
)
_MONTHS: LiteralString = """
    INSERT INTO past_pastmonth (shop_id, platform, month, orders, completed, buyers, goods_idr)
    SELECT past.shop_id, past.platform, date_trunc('month', past.placed_at AT TIME ZONE 'Asia/Jakarta')::date,
        count(*), count(*) FILTER (WHERE past.state = 'completed'),
        count(DISTINCT past.buyer) FILTER (WHERE past.state = 'completed' AND past.buyer <> ''),
        coalesce(sum(bought.goods_idr) FILTER (WHERE past.state = 'completed'), 0)
    FROM past_pastorder AS past CROSS JOIN LATERAL (
        SELECT sum({kept_idr}) AS goods_idr FROM past_pastline AS line WHERE line.order_id = past.id
    ) AS bought
    WHERE past.shop_id = %(shop)s GROUP BY 1, 2, 3
"""
_GOODS: LiteralString = """
    INSERT INTO past_pastgoods (shop_id, platform, product_id, title, pieces, goods_idr)
    SELECT past.shop_id, past.platform, line.product_id, min(line.title), sum(line.quantity - line.returned),
        sum({kept_idr})
    FROM past_pastorder AS past JOIN past_pastline AS line ON line.order_id = past.id
    WHERE past.shop_id = %(shop)s AND past.state = 'completed'
    GROUP BY past.shop_id, past.platform, line.product_id, CASE WHEN line.product_id IS NULL THEN line.title END
    HAVING sum(line.quantity - line.returned) > 0
"""
_CREATORS: LiteralString = """
    INSERT INTO past_pastcreator (shop_id, platform, handle, orders, goods_idr, commission_idr, rate_bp, last_at, abroad)
    SELECT shop_id, platform, handle, coalesce(sold.orders, 0), coalesce(sold.goods_idr, 0),
        coalesce(sold.commission_idr, 0), coalesce(agreed.rate_bp, sold.rate_bp), coalesce(sold.last_at, agreed.joined_at), '{}'
    FROM (
        SELECT shop_id, platform, handle, sum(orders) AS orders, sum(goods_idr) AS goods_idr,
            sum(commission_idr) AS commission_idr, (array_agg(rate_bp ORDER BY goods_idr DESC, rate_bp))[1] AS rate_bp,
            max(last_at) AS last_at
        FROM (
            SELECT shop_id, platform, handle, rate_bp, count(DISTINCT source_id) AS orders, sum(goods_idr) AS goods_idr,
                sum(commission_idr) AS commission_idr, max(placed_at) AS last_at
            FROM past_pastpromotion WHERE shop_id = %(shop)s AND is_kept GROUP BY shop_id, platform, handle, rate_bp
        ) AS at_rate GROUP BY shop_id, platform, handle
    ) AS sold FULL JOIN (
        SELECT shop_id, platform, handle, rate_bp, joined_at FROM past_pastterms WHERE shop_id = %(shop)s
    ) AS agreed USING (shop_id, platform, handle)
"""
_PARTNERS: LiteralString = """
    WITH pay AS (
        SELECT platform, partner, currency, sale, amount, at,
            CASE WHEN sale > 0 AND amount BETWEEN 0 AND sale THEN round(amount * 1000 / sale) * 10 END AS rate_bp
        FROM partners_partnerpay WHERE shop_id = %(shop)s AND kind = 'commission' AND state <> 'void'
    ),
    in_all AS (
        SELECT platform, partner, count(*) AS orders, mode() WITHIN GROUP (ORDER BY rate_bp) AS rate_bp, max(at) AS last_at,
            round(coalesce(sum(sale) FILTER (WHERE currency = 'IDR'), 0))::bigint AS goods_idr,
            round(coalesce(sum(amount) FILTER (WHERE currency = 'IDR'), 0))::bigint AS commission_idr
        FROM pay GROUP BY platform, partner
    ),
    elsewhere AS (
        SELECT platform, partner, jsonb_object_agg(currency, jsonb_build_array(sold::text, got::text)) AS abroad
        FROM (
            SELECT platform, partner, currency, coalesce(sum(sale), 0) AS sold, sum(amount) AS got
            FROM pay WHERE currency <> 'IDR' GROUP BY platform, partner, currency
        ) AS by_currency GROUP BY platform, partner
    )
    INSERT INTO past_pastcreator
        (shop_id, platform, handle, orders, goods_idr, commission_idr, rate_bp, last_at, abroad)
    SELECT here.shop_id, here.platform, here.handle, coalesce(orders, 0), coalesce(goods_idr, 0), coalesce(commission_idr, 0),
        coalesce(here.rate_bp, in_all.rate_bp), coalesce(last_at, joined_at), coalesce(abroad, '{}')
    FROM partners_partner AS here
    LEFT JOIN in_all ON in_all.platform = here.platform AND in_all.partner = here.source_id
    LEFT JOIN elsewhere ON elsewhere.platform = here.platform AND elsewhere.partner = here.source_id
    WHERE here.shop_id = %(shop)s
"""
"""Currencies are never added up. The rate of most commissions counts, to a tenth of a percent, as they are rounded."""
_KEPT_IDR: LiteralString = "line.goods_idr * (line.quantity - line.returned) / line.quantity"
"""Of what was not sent back, rounded down to a whole rupiah a line."""


_INCOME_MONTHS: LiteralString = """
    WITH paid AS (
        SELECT *, date_trunc('month', settled_on)::date AS month FROM past_pastincome WHERE shop_id = %(shop)s
    ),
    by_fee AS (
        SELECT platform, month, name, sum(fee::bigint) AS idr FROM paid, jsonb_each_text(fees) AS each(name, fee)
        GROUP BY platform, month, name
    ),
    taken AS (
        SELECT platform, month, jsonb_object_agg(name, idr) AS fees FROM by_fee GROUP BY platform, month
    )
    INSERT INTO past_pastincomemonth (shop_id, platform, month, orders, revenue_idr, fees, adjustment_idr, paid_idr)
    SELECT %(shop)s, platform, month, summed.orders, summed.revenue_idr, coalesce(taken.fees, '{}'), summed.adjustment_idr,
        summed.paid_idr
    FROM (
        SELECT platform, month, count(*) FILTER (WHERE kind = 'order') AS orders, sum(revenue_idr) AS revenue_idr,
            sum(adjustment_idr) AS adjustment_idr, sum(paid_idr) AS paid_idr
        FROM paid GROUP BY platform, month
    ) AS summed LEFT JOIN taken USING (platform, month)
"""
"""Each income is read once, however many months there are."""

_UNPAID: LiteralString = """
    UPDATE past_pastorder AS past SET is_unpaid = NOT past.is_unpaid
    FROM past_pastorder AS here LEFT JOIN (
        SELECT sold.platform, min(sold.placed_at) AS first_at, max(sold.placed_at) AS last_at
        FROM past_pastorder AS sold JOIN past_pastincome AS paid
            ON paid.shop_id = sold.shop_id AND paid.platform = sold.platform AND paid.order_id = sold.source_id
        WHERE sold.shop_id = %(shop)s GROUP BY sold.platform
    ) AS told ON told.platform = here.platform
    WHERE past.id = here.id AND here.shop_id = %(shop)s AND past.is_unpaid <> (
        here.state = 'completed' AND coalesce(here.placed_at BETWEEN told.first_at AND told.last_at, false) AND NOT EXISTS (
            SELECT FROM past_pastincome AS paid WHERE paid.shop_id = here.shop_id AND paid.platform = here.platform
                AND paid.order_id = here.source_id
        )
    )
"""
"""Only between the first and the last order that reports tell of can one be missing in them."""


def count_past(shop: Shop, *, anew: bool) -> None:
    """What the shop's past orders come to, and which of its goods they are about, is as they and the goods are now; its
    products say how much of each was sold before, and the search index hears of it. Not `anew`, it is
    counted only if goods that came in turn out to be what was sold."""
    counted = (
        PastMonth.objects,
        PastCreator.objects,
        PastIncomeMonth.objects,
        Product.objects.exclude(reviewed_before={}),
    )
    if any(rows.filter(shop=shop).exists() for rows in (*BROUGHT, *counted)):
        _count(shop, anew=anew)


@act
def _count(shop: Shop, *, anew: bool) -> None:
    join_past_reviews(shop, BY_SKU, BY_TITLE, anew=anew)
    shop_id = {"shop": shop.id}
    with connection.cursor() as cursor:
        for known, where in _JOIN:
            cursor.execute(_OF_SHOP.format(known=known, where=where), shop_id)
            anew = anew or cursor.rowcount > 0
        if not anew:
            return
        cursor.execute("DELETE FROM past_pastmonth WHERE shop_id = %(shop)s", shop_id)
        cursor.execute("DELETE FROM past_pastgoods WHERE shop_id = %(shop)s", shop_id)
        cursor.execute("DELETE FROM past_pastcreator WHERE shop_id = %(shop)s", shop_id)
        cursor.execute("DELETE FROM past_pastincomemonth WHERE shop_id = %(shop)s", shop_id)
        cursor.execute(_CREATORS, shop_id)
        cursor.execute(_PARTNERS, shop_id)
        cursor.execute(_MONTHS.format(kept_idr=_KEPT_IDR), shop_id)
        cursor.execute(_GOODS.format(kept_idr=_KEPT_IDR), shop_id)
        cursor.execute(_INCOME_MONTHS, shop_id)
        cursor.execute(_UNPAID, shop_id)
    _tell_products(shop)


def _tell_products(shop: Shop) -> None:
    sold: dict[UUID, dict[str, int]] = {}
    counted = PastGoods.objects.filter(shop=shop, product__isnull=False).order_by("platform")
    for counts in counted:
        if counts.product_id:
            sold.setdefault(counts.product_id, {})[title_of(counts.platform)] = counts.pieces
    tell_products(shop, "sold_before", sold)
