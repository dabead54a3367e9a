"""Many products of one shop at once: what `commands` does to one, done set by set for moving in.

Every function runs in the caller's transaction and writes to the change log what the search index has to follow.
The caller has checked who is acting.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from django.db import connection
from django.db.models import ProtectedError, Q

from lapak.goods.catalogue.change_log import log_changes, log_changes_of_variants
from lapak.goods.catalogue.errors import GoodsInUse
from lapak.goods.catalogue.models import Product, ProductImage, Variant
from lapak.goods.catalogue.numbering import look_at_numbers
from lapak.goods.catalogue.price_log import note_new_prices
from lapak.goods.catalogue.rules import NewProduct, NewVariant, slug_of
from lapak.goods.catalogue.stock import Cause, set_on_hand, stock_new_variants
from lapak.lib import clock
from lapak.lib.copying import copy_rows
from lapak.people.shops.models import Shop

_PRODUCT_COLUMNS = (
    "id", "shop_id", "category_id", "title", "slug", "description", "brand", "status", "option_names", "attributes",
    "source_category", "weight_g", "length_cm", "width_cm", "height_cm", "origin", "has_ai_pictures",
    "has_ai_words", "created_at", "updated_at",
)  # fmt: skip
_VARIANT_COLUMNS = ("id", "product_id", "position", "option_values", "seller_sku", "barcode", "price_idr", "is_active")

_PRODUCT_FIELD_TYPES: Mapping[str, LiteralString] = {
    "title": "text",
    "description": "text",
    "brand": "text",
    "source_category": "text",
    "category_id": "integer",
    "status": "text",
    "option_names": "jsonb",
    "attributes": "jsonb",
    "sold_before": "jsonb",
    "reviewed_before": "jsonb",
    "weight_g": "integer",
    "length_cm": "integer",
    "width_cm": "integer",
    "height_cm": "integer",
    "origin": "text",
    "has_ai_pictures": "boolean",
    "has_ai_words": "boolean",
}
_VARIANT_FIELD_TYPES: Mapping[str, LiteralString] = {
    "option_values": "jsonb",
    "seller_sku": "text",
    "barcode": "text",
    "price_idr": "bigint",
}

_DELETED_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A place in a gallery: a stored image, and the URL path it had at its source."""

    sha256: str
    source_path: str = ""


def create_products(shop: Shop, products: Sequence[NewProduct], cause: Cause) -> None:
    """The (fit, see `rules`) products exist with their variants and stock."""
    moment = clock.now()
    copy_rows("catalogue_product", _PRODUCT_COLUMNS, (_product_row(shop, product, moment) for product in products))
    create_variants(shop, {product.id: (0, product.variants) for product in products}, cause)
    look_at_numbers([product.id for product in products])


def create_variants(shop: Shop, by_product: Mapping[UUID, tuple[int, Sequence[NewVariant]]], cause: Cause) -> None:
    """The (fit) variants exist with their stock; each product's come at the given position and after."""
    placed = [
        (product_id, first + n, variant)
        for product_id, (first, variants) in by_product.items()
        for n, variant in enumerate(variants)
    ]
    copy_rows(
        "catalogue_variant",
        _VARIANT_COLUMNS,
        (
            (v.id, product_id, position, json.dumps(v.option_values), v.seller_sku, v.barcode, v.price_idr, True)
            for product_id, position, v in placed
        ),
    )
    stock_new_variants(shop.id, {variant.id: variant.on_hand for _, _, variant in placed}, cause)
    log_changes(by_product)


def change_products(changes: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Each product's named fields are as given; its other fields stay. Names are those of `ProductFields`, and
    `status`, `option_names`, `source_category`, `sold_before` and `reviewed_before`. What Lapak has taken down keeps its status,
    whatever a file says."""
    _set_fields("catalogue_product", _PRODUCT_FIELD_TYPES, _as_allowed(changes))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_product SET updated_at = %s WHERE id = ANY(%s)", [clock.now(), list(changes)])
    log_changes(changes)
    look_at_numbers(changes)


def change_variants(by_id: UUID | None, changes: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Each variant's named fields (`option_values`, `seller_sku`, `barcode`, `price_idr`) are as given; its others stay."""
    note_new_prices(by_id, {id_: fields["price_idr"] for id_, fields in changes.items() if "price_idr" in fields})
    _set_fields("catalogue_variant", _VARIANT_FIELD_TYPES, changes)
    log_changes_of_variants(changes)


def replace_galleries(galleries: Mapping[UUID, Sequence[Picture]]) -> None:
    """Each product shows exactly these (saved) pictures in this order."""
    ProductImage.objects.filter(product_id__in=list(galleries)).delete()
    copy_rows(
        "catalogue_productimage",
        ("product_id", "image_id", "position", "source_path"),
        (
            (product_id, picture.sha256, position, picture.source_path)
            for product_id, pictures in galleries.items()
            for position, picture in enumerate(pictures)
        ),
    )
    log_changes(galleries)


def take_off(product_ids: Collection[UUID], variant_ids: Collection[UUID], cause: Cause) -> None:
    """These products, and these variants of others, are gone as if they had never been, from carts too; their journal ends
    at nothing on the shelf.

    Refuses (`GoodsInUse`) when one was ordered, whatever became of the order, or a creator's link leads to it.
    """
    gone = Variant.objects.filter(Q(product_id__in=product_ids) | Q(id__in=variant_ids))
    ids = list(gone.order_by("id").values_list("id", flat=True))
    set_on_hand(dict.fromkeys(ids, 0), cause)
    log_changes_of_variants(ids)
    try:
        for some in _pieces(ids):
            Variant.objects.filter(id__in=some).delete()
        for some in _pieces(list(product_ids)):
            Product.objects.filter(id__in=some).delete()
    except ProtectedError as in_use:
        raise GoodsInUse from in_use


def _pieces(ids: list[UUID]) -> Iterator[list[UUID]]:
    """So many at a time: Django holds every row that it deletes, and what leads to it."""
    for start in range(0, len(ids), _DELETED_AT_ONCE):
        yield ids[start : start + _DELETED_AT_ONCE]


def _product_row(shop: Shop, product: NewProduct, moment: Any) -> tuple[Any, ...]:
    return (
        product.id,
        shop.id,
        product.category_id,
        product.title,
        slug_of(product.title),
        product.description,
        product.brand,
        product.status,
        json.dumps(product.option_names),
        json.dumps(dict(product.attributes)),
        product.source_category,
        product.weight_g,
        product.length_cm,
        product.width_cm,
        product.height_cm,
        product.origin,
        product.has_ai_pictures,
        product.has_ai_words,
        moment,
        moment,
    )


def _as_allowed(changes: Mapping[UUID, Mapping[str, Any]]) -> Mapping[UUID, Mapping[str, Any]]:
    wanted = [id_ for id_, fields in changes.items() if "status" in fields]
    down = Product.objects.filter(id__in=wanted, taken_down_at__isnull=False).values_list("id", flat=True)
    kept = {id_: {name: value for name, value in changes[id_].items() if name != "status"} for id_ in down}
    return {**changes, **kept}


def _set_fields(
    table: LiteralString, types: Mapping[str, LiteralString], changes: Mapping[UUID, Mapping[str, Any]]
) -> None:
    """One statement for each field that any row changes, whatever the number of rows."""
    with connection.cursor() as cursor:
        for field, type_name in types.items():
            changed = {row_id: fields[field] for row_id, fields in changes.items() if field in fields}
            if not changed:
                continue
            values = [json.dumps(v) if type_name == "jsonb" else v for v in changed.values()]
            array = "text" if type_name == "jsonb" else type_name
            cursor.execute(
                f"UPDATE {table} AS t SET {field} = v.value::{type_name} "  # noqa: S608 - names are ours, values bound
                f"FROM unnest(%s::uuid[], %s::{array}[]) AS v(id, value) WHERE t.id = v.id",
                [list(changed), values],
            )
