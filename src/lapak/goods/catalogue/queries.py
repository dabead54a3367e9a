"""Reading products, and the gates for those who sell them."""

import time
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, LiteralString

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Count, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from lapak.goods.catalogue.errors import ProductNotFound
from lapak.goods.catalogue.models import Category, Product, ProductImage, Variant, path_of_product
from lapak.goods.catalogue.on_sale import ON_SALE_SQL, on_sale, variants_on_sale
from lapak.goods.catalogue.renditions import Renditions
from lapak.goods.catalogue.rules import average_stars
from lapak.lib.prepared import fetch_all
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import shops_of_seller
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User

TREE_KEPT_S = 60
"""Categories change with a release; a process that was not restarted shows the new ones after this long."""


@dataclass(frozen=True, slots=True)
class CategoryNode:
    """A category and those below it, in the order of their codes."""

    category: Category
    children: list["CategoryNode"] = field(default_factory=list)


def withdrawn_product(product_id: uuid.UUID) -> Product | None:
    """A product that was on sale once and is no more: people still come to its address, and its shop may have others. Of what
    Lapak has taken down nobody is shown anything."""
    withdrawn = Product.objects.filter(id=product_id, status=Product.Status.ARCHIVED, taken_down_at=None)
    return withdrawn.select_related("shop").first()


def product_for_seller(user: User, product_id: uuid.UUID) -> Product:
    """The product with all its variants, for one who works in its shop; `ProductNotFound` for everyone else."""
    product = (
        _with_everything(Product.objects.filter(shop__in=shops_of_seller(user, Duty.GOODS)))
        .filter(id=product_id)
        .first()
    )
    if product is None:
        raise ProductNotFound
    return product


def ids_on_sale_of_shop(shop: Shop) -> QuerySet[Product, uuid.UUID]:
    """Which products of a shop its visitors see, newest first; as `product_ids_of_shop`."""
    return _newest(on_sale().filter(shop=shop))


def product_ids_of_shop(shop: Shop, *, status: str | None = None, text: str = "") -> QuerySet[Product, uuid.UUID]:
    """Which products a shop has, newest first; of one status, or with `text` in the title or a seller SKU.

    Ids alone, to be cut into pages by the caller, and what a page shows is read for its ids (`product_cards`,
    `cards_of_shop`): joined with prices and stock before it is cut, one page would cost the whole shop.
    """
    products = Product.objects.filter(shop=shop)
    if status is not None:
        products = products.filter(status=status)
    if text:
        # An aggregate of each product's own variants: as EXISTS or IN, the database would look through every shop's.
        with_sku = (
            Variant.objects.filter(product=OuterRef("id"))
            .order_by()
            .values("product")
            .annotate(has=BoolOr(Q(seller_sku__icontains=text)))
            .values("has")
        )
        products = products.filter(Q(title__icontains=text) | Q(Subquery(with_sku)))
    return _newest(products)


@dataclass(frozen=True, slots=True)
class GoodsCard:
    """A product on sale, as far as a list shows it. Prices and pieces are of its active variants: none, and no price,
    where there is nothing to buy. `sold` are those that went to buyers here and did not come back."""

    id: uuid.UUID
    slug: str
    title: str
    shop_id: uuid.UUID
    shop_name: str
    city: str
    category_id: int | None
    price_from_idr: int | None
    price_to_idr: int | None
    on_hand: int
    reserved: int
    sold: int
    file: str | None
    width_px: int | None
    height_px: int | None
    review_count: int
    star_count: int

    @property
    def path(self) -> str:
        """The product page's address on this site."""
        return path_of_product(self.slug, self.id)

    @property
    def average(self) -> Decimal | None:
        """Of the stars it was given, to one decimal; None where there are none."""
        return average_stars(self.star_count, self.review_count)

    @property
    def picture(self) -> Renditions | None:
        """Its first picture."""
        if self.file and self.width_px and self.height_px:
            return Renditions(self.file, self.width_px, self.height_px)
        return None


def product_cards(product_ids: Iterable[uuid.UUID]) -> list[GoodsCard]:
    """The named products that are on sale, as cards in the order named; one statement, prepared once a connection."""
    ids = list(product_ids)
    return _cards_on_sale("%(ids)s::uuid[]", {"ids": ids}) if ids else []


def newest_cards_beside(product: Product, count: int) -> list[GoodsCard]:
    """So many others that the product's shop has on sale, the newest first; likewise."""
    newest: LiteralString = f"""ARRAY(
        SELECT product.id FROM catalogue_product AS product JOIN shops_shop AS shop ON shop.id = product.shop_id
        WHERE product.shop_id = %(shop)s AND product.id <> %(product)s AND {ON_SALE_SQL}
        ORDER BY product.created_at DESC, product.id DESC LIMIT %(count)s)"""  # noqa: S608 - our own words
    return _cards_on_sale(newest, {"shop": product.shop_id, "product": product.id, "count": count})


def _cards_on_sale(ids: LiteralString, params: Mapping[str, Any]) -> list[GoodsCard]:
    """Cards of those that are on sale of `ids`, an array of uuids in the database's words, in that order."""
    rows = fetch_all(
        f"""
        SELECT product.id, product.slug, product.title, product.shop_id, shop.name AS shop_name, shop.city,
            product.category_id, offer.price_from_idr, offer.price_to_idr, offer.on_hand, offer.reserved, offer.sold,
            picture.file, picture.width_px, picture.height_px,
            coalesce(rating.review_count, 0) AS review_count, coalesce(rating.star_count, 0) AS star_count
        FROM unnest({ids}) WITH ORDINALITY AS asked (id, place)
        JOIN catalogue_product AS product ON product.id = asked.id
        JOIN shops_shop AS shop ON shop.id = product.shop_id
        LEFT JOIN catalogue_productrating AS rating ON rating.product_id = product.id
        CROSS JOIN LATERAL (
            SELECT min(variant.price_idr) AS price_from_idr, max(variant.price_idr) AS price_to_idr,
                coalesce(sum(stock.on_hand), 0)::bigint AS on_hand, coalesce(sum(stock.reserved), 0)::bigint AS reserved,
                coalesce(sum(stock.sold), 0)::bigint AS sold
            FROM catalogue_variant AS variant LEFT JOIN catalogue_stock AS stock ON stock.variant_id = variant.id
            WHERE variant.product_id = product.id AND variant.is_active
        ) AS offer
        LEFT JOIN LATERAL (
            SELECT stored.file, stored.width_px, stored.height_px FROM catalogue_productimage AS shown
            JOIN catalogue_storedimage AS stored ON stored.sha256 = shown.image_id
            WHERE shown.product_id = product.id AND shown.position = 0
        ) AS picture ON true
        WHERE {ON_SALE_SQL} ORDER BY asked.place
        """,  # noqa: S608 - our own words
        params,
    )
    return [GoodsCard(**row) for row in rows]


def newest_on_sale() -> QuerySet[Product]:
    """Goods on sale anywhere, the newest first; only what their addresses need."""
    return on_sale().order_by("-id").only("slug")


def cards_of_shop(shop: Shop, product_ids: Iterable[uuid.UUID]) -> list[Product]:
    """The named products of a shop, on sale or not, as cards in the order named; two queries."""
    return _cards(Product.objects.filter(shop=shop), list(product_ids))


def variant_of_shop(shop: Shop, variant_id: uuid.UUID) -> Variant:
    """The shop's variant with its product and stock; `ProductNotFound` for one of another shop."""
    variant = Variant.objects.filter(id=variant_id, product__shop=shop).select_related("product", "stock").first()
    if variant is None:
        raise ProductNotFound
    return variant


def sole_variants(product_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Variant]:
    """Of those products that have just one active variant, the variant with its stock; one query."""
    active = Variant.objects.filter(product__in=product_ids, is_active=True)
    with_one = active.order_by().values("product").annotate(count=Count("id")).filter(count=1).values("product")
    found = active.filter(product__in=with_one).select_related("stock")
    return {variant.product_id: variant for variant in found}


def variants_running_out(shop: Shop, at_most: int) -> QuerySet[Variant]:
    """What a shop has on sale and nearly, or quite, none left of, the scarcest first."""
    return (
        variants_on_sale()
        .filter(product__shop=shop)
        .annotate(available_count=F("stock__on_hand") - F("stock__reserved"))
        .filter(available_count__lte=at_most)
        .select_related("product", "stock")
        .order_by("available_count", "product__title", "position")
    )


def product_counts_of_shop(shop: Shop) -> dict[str, int]:
    """How many products a shop has in each status."""
    counts = Product.objects.filter(shop=shop).values_list("status").annotate(count=Count("*"))
    return dict.fromkeys(Product.Status.values, 0) | dict(counts)


def category_tree() -> list[CategoryNode]:
    """The whole category tree, from the top; read at most once in `TREE_KEPT_S` by a process. To be looked at, not changed."""
    return _tree_of(int(time.monotonic() // TREE_KEPT_S))


@lru_cache(maxsize=1)
def _tree_of(_time: int) -> list[CategoryNode]:
    nodes = {category.id: CategoryNode(category) for category in Category.objects.order_by("code")}
    top: list[CategoryNode] = []
    for node in nodes.values():
        parent_id = node.category.parent_id
        (nodes[parent_id].children if parent_id is not None else top).append(node)
    return top


def _newest(products: QuerySet[Product]) -> QuerySet[Product, uuid.UUID]:
    return products.order_by("-created_at", "-id").values_list("id", flat=True)


def _with_everything(products: QuerySet[Product]) -> QuerySet[Product]:
    variants = Variant.objects.select_related("stock").order_by("position")
    images = ProductImage.objects.select_related("image").order_by("position")
    return products.select_related("shop", "category__parent__parent").prefetch_related(
        Prefetch("variants", variants),
        Prefetch("images", images),
    )


def _cards(products: QuerySet[Product], product_ids: Sequence[uuid.UUID]) -> list[Product]:
    """With `variant_count`, `price_from_idr`, `price_to_idr`, `on_hand`, `reserved`, and the first picture in `images`."""
    first_image = ProductImage.objects.filter(position=0).select_related("image")
    active = Q(variants__is_active=True)
    cards = (
        products.filter(id__in=product_ids)
        .annotate(
            variant_count=Count("variants", filter=active),
            price_from_idr=Min("variants__price_idr", filter=active),
            price_to_idr=Max("variants__price_idr", filter=active),
            on_hand=Sum("variants__stock__on_hand", filter=active, default=0),
            reserved=Sum("variants__stock__reserved", filter=active, default=0),
        )
        .prefetch_related(Prefetch("images", first_image))
    )
    found = {product.id: product for product in cards}
    return [found[product_id] for product_id in product_ids if product_id in found]
