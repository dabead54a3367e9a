"""A shop's goods on their way out, whatever the platform: what every outgoing format writes from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch

from lapak.goods.catalogue.models import Category, Product, ProductImage, Variant
from lapak.moving.models import SourceRecord
from lapak.people.shops.models import Shop

_AT_ONCE = 500
_CODE = re.compile(r"\d{3,}")


class CategoryThere(NamedTuple):
    """A category of the platform that goods go to, as its own file said it when they came from there."""

    path: str
    code: str
    """Its number; empty where the file gave none."""


@dataclass(frozen=True, slots=True)
class LeavingPicture:
    """A stored picture: what it is called in the file that is written, and where it is in the media storage."""

    name: str
    stored: str

    @property
    def address(self) -> str:
        """Where it can be fetched while this marketplace runs."""
        return f"{settings.BASE_URL}{settings.MEDIA_URL}{self.stored}"


@dataclass(frozen=True, slots=True)
class LeavingVariant:
    """A variant that is offered. `stock` is what can be sold: what buyers were promised stays here."""

    id: UUID
    options: tuple[str, ...]
    seller_sku: str
    barcode: str
    price_idr: int
    stock: int
    id_there: str
    """Its id at the platform that goods go to; empty where it did not come from there."""


@dataclass(frozen=True, slots=True)
class LeavingProduct:
    """A product with its offered variants and its pictures in order. `category` is the path of names from the root."""

    id: UUID
    path: str
    title: str
    description: str
    category: tuple[str, ...]
    brand: str
    status: str
    attributes: dict[str, str]
    weight_g: int
    length_cm: int | None
    width_cm: int | None
    height_cm: int | None
    origin: str
    has_ai_pictures: bool
    has_ai_words: bool
    option_names: tuple[str, ...]
    pictures: tuple[LeavingPicture, ...]
    variants: tuple[LeavingVariant, ...]
    category_there: CategoryThere | None
    """None for goods that did not come from the platform they go to."""

    @property
    def address(self) -> str:
        """Its page here."""
        return f"{settings.BASE_URL}{self.path}"

    @property
    def is_published(self) -> bool:
        return self.status == Product.Status.PUBLISHED


def within(options: tuple[str, ...], most: int) -> tuple[str, ...]:
    """Names of options, or a variant's values, for a platform that takes so many: the last are put together into one."""
    return options if len(options) <= most else (*options[: most - 1], ", ".join(options[most - 1 :]))


def leaving_goods(shop: Shop, platform: str = "") -> Iterator[LeavingProduct]:
    """Every product of the shop with at least one offered variant, the oldest first; some hundred are in memory at a time.

    Those that came from the platform they go to say what category they had there.
    """
    categories, there = category_paths(), _categories_there(shop, platform)
    ids_there = _ids_there(shop, platform)
    after: UUID | None = None
    while products := _next(shop, after):
        for product in products:
            if variants := [variant for variant in product.variants.all() if variant.is_active]:
                yield _leaving(product, variants, categories, there, ids_there)
        after = products[-1].id


def attribute_names(shop: Shop) -> list[str]:
    """The names of all attributes that its products have."""
    return sorted(
        {name for said in Product.objects.filter(shop=shop).values_list("attributes", flat=True) for name in said}
    )


def _next(shop: Shop, after: UUID | None) -> list[Product]:
    products = Product.objects.filter(shop=shop).order_by("id")
    pictures = Prefetch("images", ProductImage.objects.select_related("image").order_by("position"))
    variants = Prefetch("variants", Variant.objects.select_related("stock").order_by("position", "id"))
    return list((products.filter(id__gt=after) if after else products).prefetch_related(pictures, variants)[:_AT_ONCE])


def _categories_there(shop: Shop, platform: str) -> dict[UUID, CategoryThere]:
    """By product. As it stood in the file a category may be `Kain Batik (605274)`, `101379 - Kopi/Bubuk` or `2801`."""
    records = SourceRecord.objects.filter(shop=shop, platform=platform, kind=SourceRecord.Kind.PRODUCT)
    said = records.values_list("target_id", "fields__category", "unmapped__category")
    return {
        product: CategoryThere(path, code[0] if (code := _CODE.search(original or "")) else "")
        for product, path, original in said.iterator()
        if path
    }


def _ids_there(shop: Shop, platform: str) -> dict[UUID, str]:
    """By variant."""
    records = SourceRecord.objects.filter(shop=shop, platform=platform, kind=SourceRecord.Kind.SKU)
    return dict(records.values_list("target_id", "source_id").iterator())


def _leaving(
    product: Product,
    variants: Sequence[Variant],
    categories: Mapping[int, tuple[str, ...]],
    there: Mapping[UUID, CategoryThere],
    ids_there: Mapping[UUID, str],
) -> LeavingProduct:
    return LeavingProduct(
        id=product.id,
        path=product.path,
        title=product.title,
        description=product.description,
        category=categories.get(product.category_id or 0, ()),
        brand=product.brand,
        status=product.status,
        attributes=product.attributes,
        weight_g=product.weight_g,
        length_cm=product.length_cm,
        width_cm=product.width_cm,
        height_cm=product.height_cm,
        origin=product.origin,
        has_ai_pictures=product.has_ai_pictures,
        has_ai_words=product.has_ai_words,
        option_names=tuple(product.option_names),
        pictures=tuple(_picture(shown) for shown in product.images.all()),
        variants=tuple(
            LeavingVariant(
                variant.id,
                tuple(variant.option_values),
                variant.seller_sku,
                variant.barcode,
                variant.price_idr,
                variant.available,
                ids_there.get(variant.id, ""),
            )
            for variant in variants
        ),
        category_there=there.get(product.id),
    )


def _picture(shown: ProductImage) -> LeavingPicture:
    stored = str(shown.image.file.name)
    return LeavingPicture(f"pictures/{shown.image.sha256}.{stored.rpartition('.')[2]}", stored)


def category_paths() -> dict[int, tuple[str, ...]]:
    """Each category's names from the root, in Indonesian, as the sellers of every platform here read them."""
    tree = {category.id: category for category in Category.objects.all()}

    def path(category: Category) -> tuple[str, ...]:
        above = path(tree[category.parent_id]) if category.parent_id else ()
        return (*above, category.name_id)

    return {id_: path(category) for id_, category in tree.items()}
