"""What tells goods of one platform that they are those of another: SKUs, the first picture, title and price."""

import hashlib
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from django.db import connection
from msgspec import Struct

from lapak.goods.catalogue.errors import ImageUnreadable
from lapak.moving.check import Listing
from lapak.moving.models import SourceRecord
from lapak.moving.options import folded
from lapak.moving.pictures import Pictures
from lapak.people.shops.models import Shop

_MIN_SKU = 3
"""`-`, `0` and `A1` stand for nothing in particular."""


class Side(Struct, frozen=True):
    """A product as one platform has it."""

    platform: str
    source_id: str
    title: str
    price_idr: int | None
    """The lowest of its SKUs."""
    skus: frozenset[str]
    picture: str
    """The sum (SHA-256) of its first picture, by which the catalogue knows pictures too; empty without one."""

    @property
    def title_and_price(self) -> str:
        """As it is compared; empty where either is not known."""
        return f"{folded(self.title)}\x1f{self.price_idr}" if self.title and self.price_idr else ""


def side_of(platform: str, listing: Listing, pictures: Pictures) -> Side:
    """The listing as a side."""
    source, prices = listing.source, [v.price_idr for v in listing.variants if isinstance(v.price_idr, int)]
    return Side(
        platform,
        source.product_id,
        source.title or "",
        min(prices, default=None),
        _telling(variant.seller_sku for variant in listing.variants),
        _sum_of(next(iter(source.images or ()), ""), pictures),
    )


def came_from_others(shop: Shop, platform: str) -> bool:
    """Whether goods of other platforms came to the shop before: two looks into the index, however many came."""
    records = SourceRecord.objects.filter(shop=shop)
    return records.filter(platform__lt=platform).exists() or records.filter(platform__gt=platform).exists()


def remembered_sides(shop: Shop, other_than: str, like: Sequence[Side]) -> list[Side]:
    """What came from other platforms before and has a SKU, a title or the picture of one of these. Nothing is read when
    nothing came from others."""
    if not like or not came_from_others(shop, other_than):
        return []
    found = _remembered_like(shop, other_than, like)
    if not found:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.platform, p.source_id, coalesce(p.fields->>'title', ''), min((s.fields->>'price_idr')::bigint),
                array_agg(s.fields->>'seller_sku'),
                coalesce((SELECT i.image_id FROM catalogue_productimage AS i
                          WHERE i.product_id = p.target_id ORDER BY i.position LIMIT 1), '')
            FROM moving_sourcerecord AS p JOIN moving_sourcerecord AS s
                ON s.shop_id = p.shop_id AND s.platform = p.platform AND s.kind = 'sku'
                AND s.fields->>'product_id' = p.source_id
            WHERE p.shop_id = %s AND p.kind = 'product' AND (p.platform, p.source_id) IN
                (SELECT * FROM unnest(%s::text[], %s::text[]))
            GROUP BY p.id ORDER BY p.id
            """,
            [shop.id, *map(list, zip(*sorted(found), strict=True))],
        )
        return [
            Side(platform, source_id, title, price, _telling(skus), picture)
            for platform, source_id, title, price, skus, picture in cursor.fetchall()
        ]


def _remembered_like(shop: Shop, other_than: str, like: Sequence[Side]) -> AbstractSet[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            r"""
            SELECT platform, fields->>'product_id' FROM moving_sourcerecord
            WHERE shop_id = %s AND platform <> %s AND kind = 'sku'
                AND lower(regexp_replace(btrim(fields->>'seller_sku'), '\s+', ' ', 'g')) = ANY(%s)
            UNION SELECT platform, source_id FROM moving_sourcerecord
            WHERE shop_id = %s AND platform <> %s AND kind = 'product'
                AND lower(regexp_replace(btrim(fields->>'title'), '\s+', ' ', 'g')) = ANY(%s)
            UNION SELECT r.platform, r.source_id FROM catalogue_productimage AS i
            JOIN moving_sourcerecord AS r ON r.target_id = i.product_id
            WHERE i.image_id = ANY(%s) AND r.shop_id = %s AND r.platform <> %s AND r.kind = 'product'
            """,
            [
                *(shop.id, other_than, [sku for side in like for sku in side.skus]),
                *(shop.id, other_than, [folded(side.title) for side in like if side.title]),
                *([side.picture for side in like if side.picture], shop.id, other_than),
            ],
        )
        return set(cursor.fetchall())


def _telling(skus: Iterable[str | None]) -> frozenset[str]:
    return frozenset(folded(sku) for sku in skus if sku and len(sku) >= _MIN_SKU)


def _sum_of(key: str, pictures: Pictures) -> str:
    if not key or key not in pictures:
        return ""
    try:
        return hashlib.sha256(pictures.read(key)).hexdigest()
    except ImageUnreadable:
        return ""
