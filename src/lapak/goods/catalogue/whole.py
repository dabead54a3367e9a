"""A product with everything that its page shows, by one statement that is planned once a connection.

It is the page that is asked for most. Putting its queries into words took Django four times as long as answering them.
"""

import json
import uuid
from collections.abc import Mapping
from typing import Any, LiteralString, TypeVar

from django.db.models import Model, QuerySet

from lapak.goods.catalogue.models import Category, Product, ProductImage, ProductRating, Stock, StoredImage, Variant
from lapak.goods.catalogue.on_sale import ON_SALE_SQL
from lapak.lib.prepared import fetch_all
from lapak.people.shops.models import Shop

Row = TypeVar("Row", bound=Model)
Columns = Mapping[str, Any]

_WHOLE: LiteralString = f"""
    SELECT json_build_object(
        'product', to_json(product), 'shop', to_json(shop), 'rating', to_json(rating),
        'categories', json_build_array(to_json(category), to_json(above), to_json(top)),
        'variants', (
            SELECT json_agg(json_build_object('variant', to_json(variant), 'stock', to_json(stock)) ORDER BY variant.position)
            FROM catalogue_variant AS variant LEFT JOIN catalogue_stock AS stock ON stock.variant_id = variant.id
            WHERE variant.product_id = product.id AND variant.is_active
        ),
        'images', (
            SELECT json_agg(json_build_object('shown', to_json(shown), 'image', to_json(image)) ORDER BY shown.position)
            FROM catalogue_productimage AS shown JOIN catalogue_storedimage AS image ON image.sha256 = shown.image_id
            WHERE shown.product_id = product.id
        )
    )::text AS whole
    FROM catalogue_product AS product JOIN shops_shop AS shop ON shop.id = product.shop_id
    LEFT JOIN catalogue_productrating AS rating ON rating.product_id = product.id
    LEFT JOIN catalogue_category AS category ON category.id = product.category_id
    LEFT JOIN catalogue_category AS above ON above.id = category.parent_id
    LEFT JOIN catalogue_category AS top ON top.id = above.parent_id
    WHERE product.id = %(product)s AND {ON_SALE_SQL}
"""  # noqa: S608 - a constant of ours


def whole_product(product_id: uuid.UUID) -> Product | None:
    """The product on sale in an open shop, with its categories, active variants, stock, pictures and stars."""
    rows = fetch_all(_WHOLE, {"product": product_id})
    if not rows:
        return None
    whole = json.loads(rows[0]["whole"])
    product = _row(Product, whole["product"])
    product.shop = _row(Shop, whole["shop"])
    rating = _row(ProductRating, whole["rating"]) if whole["rating"] else None
    Product._meta.get_field("rating").set_cached_value(product, rating)  # noqa: SLF001 - Django documents the name
    below: Product | Category = product
    for columns, relation in zip(whole["categories"], ("category", "parent", "parent"), strict=True):
        category = _row(Category, columns) if columns else None
        setattr(below, relation, category)
        if category is None:
            break
        below = category
    variants = [_variant(product, columns) for columns in whole["variants"] or ()]
    _remember(product, "variants", product.variants.all(), variants)
    _remember(product, "images", product.images.all(), [_image(columns) for columns in whole["images"] or ()])
    return product


def _variant(product: Product, columns: Mapping[str, Columns]) -> Variant:
    variant = _row(Variant, columns["variant"])
    variant.product = product
    if columns["stock"]:
        variant.stock = _row(Stock, columns["stock"])
    return variant


def _image(columns: Mapping[str, Columns]) -> ProductImage:
    shown = _row(ProductImage, columns["shown"])
    shown.image = _row(StoredImage, columns["image"])
    return shown


def _row(model: type[Row], columns: Columns) -> Row:
    """A row of the model from its columns as JSON has them."""
    fields: list[Any] = list(model._meta.concrete_fields)  # noqa: SLF001 - Django documents the name
    values = [field.to_python(columns[field.column]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)


def _remember(product: Product, name: str, asked: QuerySet[Any], rows: list[Any]) -> None:
    """As Django's `prefetch_related` leaves it behind."""
    asked._result_cache, asked._prefetch_done = rows, True  # type: ignore[attr-defined]  # noqa: SLF001
    vars(product).setdefault("_prefetched_objects_cache", {})[name] = asked
