"""Carrying out a plan, some hundred products to a transaction, so that a killed run is continued by running again."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from lapak.goods.catalogue import bulk, stock
from lapak.goods.catalogue.bulk import Picture
from lapak.goods.catalogue.errors import ImageRefused
from lapak.goods.catalogue.images import put_pictures, save_pictures
from lapak.goods.catalogue.models import ProductImage, StoredImage, Variant
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.goods.catalogue.stock import Cause
from lapak.lib.acts import act
from lapak.moving.bundle import SourceVariant
from lapak.moving.pictures import Pictures
from lapak.moving.plan import (
    ASSUMED_WEIGHT_G,
    Action,
    Counts,
    Plan,
    ProductPlan,
    VariantPlan,
    product_fields,
    status_here,
    variant_fields,
)
from lapak.moving.problems import Problem, Weight
from lapak.moving.progress import Progress, Report
from lapak.moving.records import PRODUCT, SKU, Entry, remember_changed, remember_new
from lapak.people.shops.models import Shop

_PRODUCT_FIELDS = (
    "title", "description", "brand", "attributes", "weight_g", "length_cm", "width_cm", "height_cm", "option_names"
)  # fmt: skip
_VARIANT_FIELDS = ("option_values", "seller_sku", "barcode", "price_idr")
"""Fields that have the same name and value in the file's memory and in the catalogue."""

_OWED = "stock_owed"
"""In the memory of a SKU: pieces that the file took off and that were sold here already."""

_SKUS_A_TRANSACTION = 2_000
"""Large enough that statements and commits cost little beside the rows, small enough to hold in memory."""


class Applied:
    """What was written, counted, and the pictures that turned out not to be readable."""

    def __init__(self, plan: Plan) -> None:
        self.counts = Counts()
        for name in Counts.__slots__:
            planned = getattr(plan.counts, name)
            getattr(self.counts, name).left_out = planned.left_out
            getattr(self.counts, name).unchanged = planned.unchanged
        self.problems: list[Problem] = []


def apply_plan(cause: Cause, shop: Shop, platform: str, plan: Plan, pictures: Pictures, *, report: Report) -> Applied:
    """The plan is carried out. Each transaction's counts are added when it is done."""
    applied = Applied(plan)
    done = 0
    for chunk in _chunks(plan.products):
        _Chunk(shop, platform, chunk, applied, cause).apply(pictures)
        done += len(chunk)
        report(Progress("apply", done, len(plan.products)))
    return applied


def _chunks(products: Sequence[ProductPlan]) -> Iterator[list[ProductPlan]]:
    chunk: list[ProductPlan] = []
    skus = 0
    for product in products:
        chunk.append(product)
        skus += len(product.variants)
        if skus >= _SKUS_A_TRANSACTION:
            yield chunk
            chunk, skus = [], 0
    if chunk:
        yield chunk


class _Chunk:
    """Some products of the plan, written together or not at all."""

    def __init__(self, shop: Shop, platform: str, plans: list[ProductPlan], applied: Applied, cause: Cause) -> None:
        self._shop = shop
        self._platform = platform
        self._plans = plans
        self._applied = applied
        self._cause = cause
        self._stored: dict[str, StoredImage] = {}
        self._new_entries: list[Entry] = []
        self._changed_entries: list[Entry] = []
        self._target_ids: dict[str, UUID] = {}

    def apply(self, pictures: Pictures) -> None:
        """Picture files first, outside the act; then all rows inside it."""
        self._put_pictures(pictures)
        self._write_rows()
        self._count()

    @act
    def _write_rows(self) -> None:
        self._new_entries, self._changed_entries = [], []  # nothing of a try that was undone
        save_pictures(list(self._stored.values()))
        self._create_products()
        self._add_variants()
        self._change_products()
        self._change_variants()
        self._write_galleries()
        remember_new(self._shop, self._platform, self._new_entries, self._cause.reference)
        if self._changed_entries:
            remember_changed(self._shop, self._platform, self._changed_entries)

    def _put_pictures(self, pictures: Pictures) -> None:
        for plan in self._plans:
            for key in plan.new_pictures:
                if key not in self._stored:
                    self._put_picture(plan, key, pictures)

    def _put_picture(self, plan: ProductPlan, key: str, pictures: Pictures) -> None:
        try:
            (self._stored[key],) = put_pictures([pictures.read(key)])
        except ImageRefused as refused:
            text = _("Picture “%(name)s”: %(reason)s") % {"name": key.rpartition("/")[2], "reason": refused}
            problem = Problem(Weight.NOTE, plan.source.sheet, plan.source.row, "images", text)
            self._applied.problems.append(problem)

    def _create_products(self) -> None:
        created = [plan for plan in self._plans if plan.action is Action.CREATE]
        products = []
        for plan in created:
            product = _new_product(plan)
            products.append(product)
            self._target_ids[plan.source.product_id] = product.id
            self._remember_product(plan, product.id)
            for variant_plan, variant in zip(plan.variants, product.variants, strict=True):
                self._remember_variant(variant_plan, variant.id)
        if products:
            bulk.create_products(self._shop, products, self._cause)

    def _add_variants(self) -> None:
        """SKUs that are new in products that are not come after those the product has."""
        added: dict[UUID, list[NewVariant]] = {}
        for plan in self._plans:
            if plan.known is None:
                continue
            for variant_plan in plan.variants:
                if variant_plan.action is Action.CREATE:
                    variant = _new_variant(variant_plan)
                    added.setdefault(plan.known.target_id, []).append(variant)
                    self._remember_variant(variant_plan, variant.id)
        if added:
            last = (
                Variant.objects.filter(product_id__in=list(added)).values_list("product_id").annotate(Max("position"))
            )
            first_free = {product_id: position + 1 for product_id, position in last}
            bulk.create_variants(
                self._shop, {id_: (first_free.get(id_, 0), variants) for id_, variants in added.items()}, self._cause
            )

    def _change_products(self) -> None:
        changes = {}
        for plan in self._plans:
            if plan.known is None:
                continue
            self._target_ids[plan.source.product_id] = plan.known.target_id
            if plan.refreshes_memory:
                self._remember_product(plan, plan.known.target_id)
            if fields := _catalogue_changes(plan):
                changes[plan.known.target_id] = fields
        if changes:
            bulk.change_products(changes)

    def _change_variants(self) -> None:
        changes: dict[UUID, dict[str, Any]] = {}
        shifts: dict[UUID, int] = {}
        firsts: dict[UUID, int] = {}
        for variant_plan in (variant for plan in self._plans for variant in plan.variants):
            known = variant_plan.known
            if known is None:
                continue
            said: dict[str, Any] = variant_plan.changes
            fields = {name: said[name] for name in _VARIANT_FIELDS if name in said}
            if fields:
                changes[known.target_id] = fields
            if "stock" in said and "stock" in known.fields:
                # The old platform counts 15 more than before: so are there here, whatever was sold meanwhile. What could
                # not be taken away before, as it was sold, comes off first.
                shifts[known.target_id] = said["stock"] - known.fields["stock"] - known.fields.get(_OWED, 0)
            elif "stock" in said:
                firsts[known.target_id] = said["stock"]
        if changes:
            bulk.change_variants(self._cause.actor_id, changes)
        owed = stock.shift(shifts, self._cause) if shifts else {}
        if firsts:
            stock.set_on_hand(firsts, self._cause)
        for variant_plan in (variant for plan in self._plans for variant in plan.variants):
            if known := variant_plan.known:
                more = {_OWED: owed.get(known.target_id, 0)} if known.target_id in shifts else {}
                self._remember_variant(variant_plan, known.target_id, more)

    def _write_galleries(self) -> None:
        """The file's pictures in the file's order, then those the seller added here. One deleted here stays deleted."""
        plans = [plan for plan in self._plans if plan.new_pictures or "images" in plan.changes]
        target_ids = [self._target_ids[plan.source.product_id] for plan in plans]
        living: dict[UUID, list[Picture]] = {}
        if any(plan.known for plan in plans):
            rows = ProductImage.objects.filter(product_id__in=target_ids).order_by("position")
            for product_id, image_id, path in rows.values_list("product_id", "image_id", "source_path"):
                living.setdefault(product_id, []).append(Picture(image_id, path))
        galleries = {
            target_id: self._gallery(plan, living.get(target_id, []))
            for plan, target_id in zip(plans, target_ids, strict=True)
        }
        if galleries:
            bulk.replace_galleries(galleries)

    def _gallery(self, plan: ProductPlan, living: list[Picture]) -> list[Picture]:
        from_source = set(plan.known.fields.get("pictures", ())) if plan.known else set()
        by_key = {picture.source_path: picture for picture in living if picture.source_path in from_source}
        by_key |= {key: Picture(self._stored[key].sha256, key) for key in plan.new_pictures if key in self._stored}
        added_here = [picture for picture in living if picture.source_path not in from_source]
        return [by_key[key] for key in plan.source.images or () if key in by_key] + added_here

    def _remember_product(self, plan: ProductPlan, target_id: UUID) -> None:
        fields = (plan.known.fields if plan.known else {}) | product_fields(plan.source)
        # One that the file drops is forgotten, so that it can come back with the file.
        shown = plan.source.images
        kept = [key for key in fields.get("pictures", ()) if shown is None or key in shown]
        if moved := [*kept, *(key for key in plan.new_pictures if key in self._stored)]:
            fields["pictures"] = moved
        else:
            fields.pop("pictures", None)
        entry = Entry(PRODUCT, plan.source.product_id, target_id, fields, plan.source.originals)
        (self._changed_entries if plan.known else self._new_entries).append(entry)

    def _remember_variant(self, plan: VariantPlan, target_id: UUID, more: dict[str, int] | None = None) -> None:
        known = plan.known
        fields = (known.fields if known else {}) | variant_fields(plan.source, plan.option_values) | (more or {})
        was = known.source_id if known else ""
        entry = Entry(SKU, plan.source.sku_id, target_id, fields, plan.source.unmapped, was)
        (self._changed_entries if plan.known else self._new_entries).append(entry)

    def _count(self) -> None:
        counts = self._applied.counts
        for plan in self._plans:
            if plan.action is not Action.LEAVE:
                counts.products.count(plan.action)
            stored = sum(key in self._stored for key in plan.new_pictures)
            counts.images.created += stored
            counts.images.left_out += len(plan.new_pictures) - stored
            for variant in plan.variants:
                if variant.action is Action.LEAVE:
                    continue
                counts.skus.count(variant.action)
                if variant.action is Action.CREATE or "stock" in variant.changes:
                    counts.stock.count(variant.action, _pieces(variant.source))


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
        status=status_here(source),
        source_category=source.category or "",
        option_names=plan.option_names,
        variants=tuple(_new_variant(variant) for variant in plan.variants),
    )


def _new_variant(plan: VariantPlan) -> NewVariant:
    return NewVariant(
        price_idr=_whole(plan.source.price_idr) or 0,
        on_hand=_pieces(plan.source),
        option_values=plan.option_values,
        seller_sku=plan.source.seller_sku or "",
        barcode=plan.source.barcode or "",
    )


def _catalogue_changes(plan: ProductPlan) -> dict[str, Any]:
    """The plan's changes in the catalogue's own fields. An unknown category leaves the product where it is."""
    fields = {name: plan.changes[name] for name in _PRODUCT_FIELDS if name in plan.changes}
    if "status" in plan.changes:
        fields["status"] = status_here(plan.source)
    if "category" in plan.changes:
        fields["source_category"] = plan.changes["category"]
        if plan.category_id is not None:
            fields["category_id"] = plan.category_id
    return fields


def _pieces(variant: SourceVariant) -> int:
    """A stock nobody knows counts as none until somebody does."""
    return _whole(variant.stock) or 0


def _whole(number: object) -> int | None:
    """What the check found to be a number, or no value."""
    return number if isinstance(number, int) else None
