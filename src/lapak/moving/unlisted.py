"""What came from a platform before, is on sale here, and is in its list no more: told of, and never taken off unasked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import ngettext

from lapak.moving.bundle import Bundle, SourceSheet
from lapak.moving.formats.registry import title_of
from lapak.moving.layout import PROBLEM
from lapak.moving.plan import Plan
from lapak.moving.problems import Aside
from lapak.people.shops.models import Shop


@dataclass(frozen=True, slots=True)
class UnlistedSku:
    """One SKU."""

    platform: str
    source_id: str
    product_id: UUID
    title: str
    options: tuple[str, ...]
    is_with_others: bool
    """Whether other SKUs of its product are listed: then the product stays on sale, whatever becomes of this one."""


@dataclass(frozen=True, slots=True)
class Unlisted:
    """All of them, by product."""

    skus: tuple[UnlistedSku, ...] = ()

    @property
    def product_ids(self) -> list[UUID]:
        """Products of which no SKU is listed any more."""
        return list(dict.fromkeys(sku.product_id for sku in self.skus if not sku.is_with_others))

    def but_renumbered(self, plans: Iterable[Plan]) -> "Unlisted":
        """Without those that the files know by another id now, as planning found out."""
        planned = (variant for plan in plans for product in plan.products for variant in product.variants)
        again = {(plan.source.sheet.platform, plan.known.source_id) for plan in planned if plan.known is not None}
        return Unlisted(tuple(sku for sku in self.skus if (sku.platform, sku.source_id) not in again))

    def asides(self) -> Iterator[Aside]:
        """What their seller is told, platform by platform."""
        for platform in dict.fromkeys(sku.platform for sku in self.skus):
            count = sum(sku.platform == platform for sku in self.skus)
            message = ngettext(
                "%(count)d SKU that came from %(platform)s is not in these files any more. It is still on sale here.",
                "%(count)d SKUs that came from %(platform)s are not in these files any more. They are still on sale here.",
                count,
            )
            yield Aside("", message % {"count": count, "platform": title_of(platform)})


def unlisted(shop: Shop, bundles: Mapping[str, Bundle]) -> Unlisted:
    """What of these platforms is on sale in the shop and stands in none of the lists; asked before anything is written.

    A list that leaves out more than half of what came from there is a part of it (some new goods, one of several files): then
    only SKUs of products that it names are told of. Of a report that comes back corrected, none is.
    """
    whole = {platform: bundle for platform, bundle in bundles.items() if not any(map(_is_report, bundle.rows))}
    return Unlisted(tuple(sku for platform, bundle in whole.items() for sku in _unlisted(shop, platform, bundle)))


def _is_report(sheet: SourceSheet) -> bool:
    return sheet.has(PROBLEM)


def _unlisted(shop: Shop, platform: str, bundle: Bundle) -> Iterator[UnlistedSku]:
    listed = [product.product_id for product in bundle.products.values() if product.variants]
    silent = [product.product_id for product in bundle.products.values() if not product.variants]
    with connection.cursor() as cursor:
        # Arrays are unrolled, for a list in a condition is gone through for each row.
        cursor.execute(
            """
            WITH told (id) AS (SELECT unnest(%(skus)s::text[])), here AS (
                SELECT record.source_id, product.id, product.title, variant.option_values,
                    told.id IS NULL AND silent.id IS NULL AS is_unlisted, listed.id IS NOT NULL AS is_with_others
                FROM moving_sourcerecord AS record
                JOIN catalogue_variant AS variant ON variant.id = record.target_id AND variant.is_active
                JOIN catalogue_product AS product ON product.id = variant.product_id AND product.status = 'published'
                LEFT JOIN told ON told.id = record.source_id
                LEFT JOIN unnest(%(listed)s::text[]) AS listed (id) ON listed.id = record.fields->>'product_id'
                LEFT JOIN unnest(%(silent)s::text[]) AS silent (id) ON silent.id = record.fields->>'product_id'
                WHERE record.shop_id = %(shop)s AND record.platform = %(platform)s AND record.kind = 'sku'
            ), counted AS (
                SELECT *, 2 * count(*) FILTER (WHERE is_unlisted) OVER () <= count(*) OVER () AS is_whole FROM here
            )
            SELECT source_id, id, title, ARRAY(SELECT jsonb_array_elements_text(option_values)), is_with_others FROM counted
            WHERE is_unlisted AND (is_whole OR is_with_others) ORDER BY title, id, source_id
            """,
            {
                "shop": shop.id,
                "platform": platform,
                "skus": list({variant.sku_id for variant in bundle.variants()}),
                "listed": listed,
                "silent": silent,
            },
        )
        for source_id, product_id, title, options, is_with_others in cursor.fetchall():
            yield UnlistedSku(platform, source_id, product_id, title, tuple(options), is_with_others)
