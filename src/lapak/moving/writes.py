"""What some products of a plan become, as values: made without a look at the database, and written by `apply.py`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any
from uuid import UUID

from lapak.goods.catalogue.bulk import Picture
from lapak.goods.catalogue.models import StoredImage
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.goods.catalogue.stock import Pieces
from lapak.moving.bundle import SourceVariant
from lapak.moving.plan import ASSUMED_WEIGHT_G, ProductPlan, VariantPlan, product_fields, status_here, variant_fields
from lapak.moving.records import PRODUCT, SKU, Entry, Remembered

_PRODUCT_FIELDS = (
    "title", "description", "brand", "weight_g", "length_cm", "width_cm", "height_cm", "option_names",
    "origin", "has_ai_pictures", "has_ai_words",
)  # fmt: skip
_VARIANT_FIELDS = ("option_values", "seller_sku", "barcode", "price_idr")
"""Fields that have the same name and value in the file's memory and in the catalogue."""

OWED = "stock_owed"
"""In the memory of a SKU: pieces that the file took off and that were sold here already."""

Stored = Mapping[str, StoredImage]
"""Pictures of the files that are put, by their keys."""
Fields = Mapping[UUID, dict[str, Any]]
Said = Mapping[str, str]
"""What is said of a product, by name."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """What the files say of a product's pictures, whatever the seller did with them here."""

    order: Sequence[str]
    put: Mapping[str, Picture]
    """Those that were not in the gallery before, by their keys."""
    from_source: frozenset[str]
    """The keys of all that files brought before."""

    def beside(self, living: Sequence[Picture]) -> list[Picture]:
        """The file's pictures in the file's order, then those the seller added here. One deleted here stays deleted."""
        brought = {picture.source_path: picture for picture in living if picture.source_path in self.from_source}
        added_here = [picture for picture in living if picture.source_path not in self.from_source]
        by_key = {**brought, **self.put}
        return [by_key[key] for key in self.order if key in by_key] + added_here


@dataclass(frozen=True, slots=True)
class Writes:
    """Everything that is written together. Written twice, after a collision, it is the same rows."""

    pictures: list[StoredImage]
    products: list[NewProduct]
    variants: Mapping[UUID, list[NewVariant]]
    """SKUs that are new in products that are not; they come after those the product has."""
    product_changes: Fields
    attribute_changes: Mapping[UUID, tuple[Said, Said]]
    """What the file said before, and says now."""
    variant_changes: Fields
    more_stock: Pieces
    first_stock: Pieces
    """Of SKUs whose stock no file said before."""
    galleries: Mapping[UUID, Gallery]
    new_entries: list[Entry]
    changed_entries: list[Entry]


def writes_of(plans: Sequence[ProductPlan], stored: Stored) -> Writes:
    """What the plans come to."""
    new = [(plan, _new_product(plan)) for plan in plans if plan.known is None]
    here = [(plan, plan.known) for plan in plans if plan.known is not None]
    added = [
        (known.target_id, sku, _new_variant(sku)) for plan, known in here for sku in plan.variants if sku.known is None
    ]
    skus = [(sku, sku.known) for plan, _known in here for sku in plan.variants if sku.known is not None]
    ids = [*((plan, product.id) for plan, product in new), *((plan, known.target_id) for plan, known in here)]
    return Writes(
        pictures=list(stored.values()),
        products=[product for _plan, product in new],
        variants=_by_product(added),
        product_changes={known.target_id: fields for plan, known in here if (fields := _product_changes(plan))},
        attribute_changes={
            known.target_id: (known.fields.get("attributes", {}), plan.changes["attributes"])
            for plan, known in here
            if "attributes" in plan.changes
        },
        variant_changes={known.target_id: fields for sku, known in skus if (fields := _variant_changes(sku))},
        more_stock={known.target_id: _more(sku, known) for sku, known in skus if _says_more(sku, known)},
        first_stock={known.target_id: sku.changes["stock"] for sku, known in skus if _says_first(sku, known)},
        galleries={id_: _gallery(plan, stored) for plan, id_ in ids if plan.new_pictures or "images" in plan.changes},
        new_entries=[
            *chain.from_iterable(_entries(plan, product, stored) for plan, product in new),
            *(_of_sku(sku, variant.id) for _id, sku, variant in added),
        ],
        changed_entries=[
            *(_of_product(plan, known.target_id, stored) for plan, known in here if plan.refreshes_memory),
            *(_of_sku(sku, known.target_id) for sku, known in skus),
        ],
    )


def merged(here: Said, before: Said, now: Said) -> dict[str, str]:
    """What is said here, with what the file changed since it was last read: what was written here since stays."""
    gone = {name for name in before if name not in now and here.get(name) == before[name]}
    changed = {name: value for name, value in now.items() if before.get(name) != value}
    return {name: value for name, value in here.items() if name not in gone} | changed


def pieces_of(variant: SourceVariant) -> int:
    """A stock nobody knows counts as none until somebody does."""
    return _whole(variant.stock) or 0


def _by_product(added: Sequence[tuple[UUID, VariantPlan, NewVariant]]) -> dict[UUID, list[NewVariant]]:
    return {id_: [variant for *_, variant in some] for id_, some in groupby(added, lambda each: each[0])}


def _new_product(plan: ProductPlan) -> NewProduct:
    source = plan.source
    return NewProduct(
        title=source.title or "",
        weight_g=_whole(source.weight_g) or ASSUMED_WEIGHT_G,
        description=source.description or "",
        brand=source.brand or "",
        category_id=plan.category_id,
        attributes=source.attributes or {},
        length_cm=_whole(source.length_cm),
        width_cm=_whole(source.width_cm),
        height_cm=_whole(source.height_cm),
        origin=source.origin or "",
        has_ai_pictures=bool(source.has_ai_pictures),
        has_ai_words=bool(source.has_ai_words),
        status=status_here(source),
        source_category=source.category or "",
        option_names=plan.option_names,
        variants=tuple(_new_variant(variant) for variant in plan.variants),
    )


def _new_variant(plan: VariantPlan) -> NewVariant:
    return NewVariant(
        price_idr=_whole(plan.source.price_idr) or 0,
        on_hand=pieces_of(plan.source),
        option_values=plan.option_values,
        seller_sku=plan.source.seller_sku or "",
        barcode=plan.source.barcode or "",
    )


def _product_changes(plan: ProductPlan) -> dict[str, Any]:
    """The plan's changes in the catalogue's own fields. An unknown category leaves the product where it is."""
    fields = {name: plan.changes[name] for name in _PRODUCT_FIELDS if name in plan.changes}
    if "status" in plan.changes:
        fields["status"] = status_here(plan.source)
    if "category" in plan.changes:
        fields["source_category"] = plan.changes["category"]
        if plan.category_id is not None:
            fields["category_id"] = plan.category_id
    return fields


def _variant_changes(sku: VariantPlan) -> dict[str, Any]:
    return {name: sku.changes[name] for name in _VARIANT_FIELDS if name in sku.changes}


def _says_more(sku: VariantPlan, known: Remembered) -> bool:
    return "stock" in sku.changes and "stock" in known.fields


def _says_first(sku: VariantPlan, known: Remembered) -> bool:
    return "stock" in sku.changes and "stock" not in known.fields


def _more(sku: VariantPlan, known: Remembered) -> int:
    """The old platform counts 15 more than before: so are there here, whatever was sold meanwhile. What could not be taken away
    before, as it was sold, comes off first."""
    more: int = sku.changes["stock"] - known.fields["stock"] - known.fields.get(OWED, 0)
    return more


def _gallery(plan: ProductPlan, stored: Stored) -> Gallery:
    return Gallery(
        order=plan.source.images or (),
        put={key: Picture(stored[key].sha256, key) for key in plan.new_pictures if key in stored},
        from_source=frozenset(plan.known.fields.get("pictures", ()) if plan.known else ()),
    )


def _entries(plan: ProductPlan, product: NewProduct, stored: Stored) -> Iterator[Entry]:
    """What is remembered of a product that is new, and of its SKUs."""
    yield _of_product(plan, product.id, stored)
    for sku, variant in zip(plan.variants, product.variants, strict=True):
        yield _of_sku(sku, variant.id)


def _of_product(plan: ProductPlan, target_id: UUID, stored: Stored) -> Entry:
    fields = (plan.known.fields if plan.known else {}) | product_fields(plan.source)
    # One that the file drops is forgotten, so that it can come back with the file.
    shown = plan.source.images
    kept = [key for key in fields.get("pictures", ()) if shown is None or key in shown]
    if moved := [*kept, *(key for key in plan.new_pictures if key in stored)]:
        fields["pictures"] = moved
    else:
        fields.pop("pictures", None)
    return Entry(PRODUCT, plan.source.product_id, target_id, fields, plan.source.originals)


def _of_sku(plan: VariantPlan, target_id: UUID) -> Entry:
    known = plan.known
    fields = (known.fields if known else {}) | variant_fields(plan.source, plan.option_values)
    return Entry(SKU, plan.source.sku_id, target_id, fields, plan.source.unmapped, known.source_id if known else "")


def _whole(number: object) -> int | None:
    """What the check found to be a number, or no value."""
    return number if isinstance(number, int) else None
