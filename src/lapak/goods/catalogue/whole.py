"""A product with everything that its page shows, by three statements that are planned once a connection.

It is the page that is asked for most. Putting its queries into words took Django four times as long as answering them.
"""

import json
import uuid
from collections.abc import Sequence
from functools import cache
from typing import Any, LiteralString, TypeVar

from django.db.models import JSONField, Model, QuerySet

from lapak.goods.catalogue.models import Category, Product, ProductImage, Stock, StoredImage, Variant
from lapak.goods.catalogue.on_sale import ON_SALE_SQL
from lapak.lib.prepared import fetch_all
from lapak.people.shops.models import Shop

Row = TypeVar("Row", bound=Model)
Tables = Sequence[tuple[str, type[Model]]]

_PRODUCT: Tables = (
    ("product", Product), ("shop", Shop), ("category", Category), ("above", Category), ("top", Category),
)  # fmt: skip
_VARIANT: Tables = (("variant", Variant), ("stock", Stock))
_IMAGE: Tables = (("shown", ProductImage), ("image", StoredImage))


def whole_product(product_id: uuid.UUID) -> Product | None:
    """The product on sale in an open shop, with its categories, active variants, stock and pictures."""
    rows = _rows(
        _PRODUCT,
        f"""FROM catalogue_product AS product JOIN shops_shop AS shop ON shop.id = product.shop_id
        LEFT JOIN catalogue_category AS category ON category.id = product.category_id
        LEFT JOIN catalogue_category AS above ON above.id = category.parent_id
        LEFT JOIN catalogue_category AS top ON top.id = above.parent_id
        WHERE product.id = %(product)s AND {ON_SALE_SQL}""",
        product_id,
    )
    if not rows:
        return None
    (row,) = rows
    product = _instance(Product, "product", row)
    product.shop = _instance(Shop, "shop", row)
    below: Product | Category = product
    for name, relation in (("category", "category"), ("above", "parent"), ("top", "parent")):
        category = _instance(Category, name, row) if row[f"{name}.id"] is not None else None
        setattr(below, relation, category)
        if category is None:
            break
        below = category
    _remember(product, "variants", product.variants.all(), _variants(product))
    _remember(product, "images", product.images.all(), _images(product))
    return product


def _variants(product: Product) -> list[Variant]:
    rows = _rows(
        _VARIANT,
        """FROM catalogue_variant AS variant LEFT JOIN catalogue_stock AS stock ON stock.variant_id = variant.id
        WHERE variant.product_id = %(product)s AND variant.is_active ORDER BY variant.position""",
        product.id,
    )
    variants = []
    for row in rows:
        variant = _instance(Variant, "variant", row)
        variant.product = product
        if row["stock.variant_id"] is not None:
            variant.stock = _instance(Stock, "stock", row)
        variants.append(variant)
    return variants


def _images(product: Product) -> list[ProductImage]:
    rows = _rows(
        _IMAGE,
        """FROM catalogue_productimage AS shown JOIN catalogue_storedimage AS image ON image.sha256 = shown.image_id
        WHERE shown.product_id = %(product)s ORDER BY shown.position""",
        product.id,
    )
    images = []
    for row in rows:
        shown = _instance(ProductImage, "shown", row)
        shown.image = _instance(StoredImage, "image", row)
        images.append(shown)
    return images


def _rows(tables: Tables, rest: LiteralString, product_id: uuid.UUID) -> list[dict[str, Any]]:
    return fetch_all(_select(tables, rest), {"product": product_id})


@cache
def _select(tables: Tables, rest: LiteralString) -> LiteralString:
    columns = [
        f'{name}."{field.column}" AS "{name}.{field.column}"' for name, model in tables for field in _fields(model)
    ]
    return f"SELECT {', '.join(columns)} {rest}"


@cache
def _fields(model: type[Model]) -> list[Any]:
    return list(model._meta.concrete_fields)  # noqa: SLF001 - Django documents the name


def _instance(model: type[Row], name: str, row: dict[str, Any]) -> Row:
    """A row of the model from the columns of that name; JSON comes as text."""
    fields = _fields(model)
    values = [row[f"{name}.{field.column}"] for field in fields]
    for place, field in enumerate(fields):
        if isinstance(field, JSONField) and isinstance(values[place], str):
            values[place] = json.loads(values[place])
    return model.from_db("default", [field.attname for field in fields], values)


def _remember(product: Product, name: str, asked: QuerySet[Any], rows: list[Any]) -> None:
    """As Django's `prefetch_related` leaves it behind."""
    asked._result_cache, asked._prefetch_done = rows, True  # type: ignore[attr-defined]  # noqa: SLF001
    vars(product).setdefault("_prefetched_objects_cache", {})[name] = asked
