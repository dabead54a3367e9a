"""The night's list of goods to promote; and the one step from goods on it to a link."""

from django.db import connection
from django.db.models import Q

from lapak.affiliates.errors import NoProgramme
from lapak.affiliates.links import create_link, promoted_shop_ids
from lapak.affiliates.models import Creator, Link, Programme
from lapak.affiliates.programmes import join_programme
from lapak.affiliates.queries import creator_beginning_anew
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.on_sale import ON_SALE_SQL
from lapak.lib.acts import act
from lapak.people.users.models import User

ENOUGH_CLICKS = 100
"""Fewer say nothing of how often a click becomes an order: at two in a hundred, one order more or less is half of it."""


@act
def join_and_link(by: User, product: Product) -> Link:
    """The creator promotes the goods' shop, if they did not yet, under the programme open to all (the shop's own, else the
    platform's), and has a link to the goods: the one that they had, or a new one.

    Refuses who is no creator (`CreatorNotFound`) or is closed (`CreatorClosed`), goods not on sale (`NotOnSale`), and those that
    no programme open to all pays for (`NoProgramme`).
    """
    creator = creator_beginning_anew(by)
    if product.shop_id not in promoted_shop_ids(creator, [product.shop_id]):
        join_programme(by, _open_to_all(product))
    return _link_to(creator, product) or create_link(by, product=product)


def _open_to_all(product: Product) -> Programme:
    of_any = Q(kind=Programme.Kind.OPEN, shop=product.shop_id) | Q(kind=Programme.Kind.PLATFORM)
    paying = Programme.objects.filter(of_any, is_active=True, rates__superseded_at=None, rates__rate_bp__gt=0)
    programme = paying.order_by("kind").first()  # "open" before "platform"
    if programme is None:
        raise NoProgramme
    return programme


def _link_to(creator: Creator, product: Product) -> Link | None:
    own = Link.objects.filter(creator=creator, product=product, archived_at=None)
    return own.order_by("-created_at", "-id").first()


@act
def list_promotable_goods() -> int:
    """The list says what every product on sale pays and how well it sells now; answers how many there are."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM discovery_promotable")
        cursor.execute(_LIST, {"enough": ENOUGH_CLICKS})
        return int(cursor.rowcount)


_LIST = f"""
    WITH RECURSIVE kin AS (
        SELECT id, id AS above_id, parent_id, 0 AS depth FROM catalogue_category
        UNION ALL SELECT kin.id, above.id, above.parent_id, kin.depth + 1
        FROM kin JOIN catalogue_category AS above ON above.id = kin.parent_id
    ), nearest AS (
        SELECT DISTINCT ON (special.programme_id, kin.id)
            special.programme_id, kin.id AS category_id, special.rate_bp, special.cap_idr
        FROM kin JOIN terms_specialrate AS special ON special.category_id = kin.above_id AND special.superseded_at IS NULL
        ORDER BY special.programme_id, kin.id, kin.depth
    ), promised AS (
        SELECT programme.id, programme.shop_id, programme.created_at, rate.rate_bp, rate.cap_idr
        FROM affiliates_programme AS programme
        JOIN affiliates_programmerate AS rate ON rate.programme_id = programme.id AND rate.superseded_at IS NULL
        WHERE programme.kind <> 'invited' AND programme.is_active
    ), priced AS (
        SELECT product.id, product.shop_id, product.category_id, min(variant.price_idr) AS idr
        FROM catalogue_product AS product JOIN shops_shop AS shop ON shop.id = product.shop_id
        JOIN catalogue_variant AS variant ON variant.product_id = product.id AND variant.is_active
        WHERE {ON_SALE_SQL} GROUP BY 1
    ), payable AS (
        SELECT priced.*, promised.id AS programme_id, promised.created_at, promised.rate_bp, promised.cap_idr
        FROM priced JOIN promised ON promised.shop_id = priced.shop_id
        UNION ALL SELECT priced.*, promised.id, promised.created_at, promised.rate_bp, promised.cap_idr
        FROM priced CROSS JOIN promised WHERE promised.shop_id IS NULL
    ), paid AS (
        SELECT DISTINCT ON (payable.id) payable.id, payable.category_id, created_at, commission_idr
        FROM payable LEFT JOIN terms_specialrate AS special ON special.programme_id = payable.programme_id
            AND special.product_id = payable.id AND special.superseded_at IS NULL
        LEFT JOIN nearest ON nearest.programme_id = payable.programme_id AND nearest.category_id = payable.category_id
        CROSS JOIN LATERAL (
            SELECT CASE WHEN special.id IS NOT NULL THEN least(idr * special.rate_bp / 10000, special.cap_idr)
                WHEN nearest.programme_id IS NOT NULL THEN least(idr * nearest.rate_bp / 10000, nearest.cap_idr)
                ELSE least(idr * payable.rate_bp / 10000, payable.cap_idr) END AS commission_idr
        ) AS reckoned
        WHERE commission_idr > 0 ORDER BY payable.id, commission_idr DESC, created_at DESC
    ), followed AS (
        SELECT link.product_id, sum(total.clicks) AS clicks
        FROM clicks_clicktotal AS total JOIN affiliates_link AS link ON link.id = total.of_id
        WHERE NOT total.is_label AND link.product_id IS NOT NULL GROUP BY 1
    ), sold AS (
        SELECT link.product_id, sum(result.orders) AS orders
        FROM results_dayresult AS result
        JOIN affiliates_link AS link ON link.id = result.link_id AND link.product_id = result.product_id GROUP BY 1
    )
    INSERT INTO discovery_promotable (product_id, root_id, opened_at, commission_idr, clicks, orders, conversion_bp)
    SELECT paid.id, kin.above_id, paid.created_at, paid.commission_idr, coalesce(clicks, 0), greatest(coalesce(orders, 0), 0),
        CASE WHEN clicks >= %(enough)s THEN greatest(coalesce(orders, 0), 0) * 10000 / clicks END
    FROM paid LEFT JOIN kin ON kin.id = paid.category_id AND kin.parent_id IS NULL
    LEFT JOIN followed ON followed.product_id = paid.id LEFT JOIN sold ON sold.product_id = paid.id
"""  # noqa: S608 - a constant of ours
