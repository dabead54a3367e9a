"""Which of the shop's goods its old reviews are about; and products say how many each platform's are."""

from collections.abc import Mapping
from typing import LiteralString
from uuid import UUID

from django.db import connection
from django.db.models import Count

from lapak.goods.catalogue.bulk import change_products
from lapak.goods.catalogue.models import Product
from lapak.moving.formats.registry import title_of
from lapak.moving.past.models import PastReview
from lapak.people.shops.models import Shop

_OF_SHOP: LiteralString = """
    UPDATE past_pastreview AS said SET product_id = known.product_id FROM ({known}) AS known
    WHERE said.shop_id = %(shop)s AND said.product_id IS NULL AND {where}
"""
_BY_PRODUCT: LiteralString = """
    SELECT record.platform, record.source_id AS said, product.id AS product_id FROM moving_sourcerecord AS record
    JOIN catalogue_product AS product ON product.id = record.target_id
    WHERE record.shop_id = %(shop)s AND record.kind = 'product'
"""


def join_past_reviews(shop: Shop, by_sku: LiteralString, by_title: LiteralString, *, anew: bool) -> None:
    """A review is of the product that was moved in under its id, there or in Lapak's own file, which takes along reviews of any
    platform; else of the one with its seller SKU or, alone, its title; one that is of none yet waits. `by_sku`, `by_title`
    and `anew` are `counting.py`'s."""
    joins: tuple[tuple[LiteralString, LiteralString], ...] = (
        (_BY_PRODUCT, "known.platform IN (said.platform, 'lapak') AND known.said = said.product_key"),
        (by_sku, "known.said = said.seller_sku"),
        (by_title, "known.said = lower(said.title)"),
    )
    with connection.cursor() as cursor:
        for known, where in joins:
            cursor.execute(_OF_SHOP.format(known=known, where=where), {"shop": shop.id})
            anew = anew or cursor.rowcount > 0
    if anew:
        _tell_products(shop)


def _tell_products(shop: Shop) -> None:
    said: dict[UUID, dict[str, int]] = {}
    counted = PastReview.objects.filter(shop=shop, product__isnull=False, hidden_at=None).values_list(
        "product", "platform"
    )
    for product_id, platform, count in counted.annotate(count=Count("*")).order_by("platform"):
        said.setdefault(product_id, {})[title_of(platform)] = count
    tell_products(shop, "reviewed_before", said)


def count_reviews_before(product_id: UUID) -> None:
    """Of one product, when one of its reviews was hidden or is shown again."""
    counted = PastReview.objects.filter(product=product_id, hidden_at=None).values_list("platform")
    by_platform = counted.annotate(count=Count("*")).order_by("platform")
    change_products({product_id: {"reviewed_before": {title_of(platform): count for platform, count in by_platform}}})


def tell_products(shop: Shop, column: str, said: Mapping[UUID, dict[str, int]]) -> None:
    """The column of the shop's products has what is said of each, by platform; of the others nothing. The search index hears of
    those that changed."""
    told = dict(Product.objects.filter(shop=shop).exclude(**{column: {}}).values_list("id", column))
    news = {
        product_id: {column: said.get(product_id, {})}
        for product_id in said.keys() | told.keys()
        if said.get(product_id, {}) != told.get(product_id, {})
    }
    if news:
        change_products(news)
