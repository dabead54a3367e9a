"""Carrying out a plan, some hundred products to a transaction, so that a killed run is continued by running again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

import msgspec
from django.db.models import Max
from django.utils.translation import gettext as _

from lapak.goods.catalogue import bulk, stock
from lapak.goods.catalogue.bulk import Picture
from lapak.goods.catalogue.errors import ImageRefused
from lapak.goods.catalogue.images import put_pictures, save_pictures
from lapak.goods.catalogue.models import Product, ProductImage, StoredImage, Variant
from lapak.goods.catalogue.rules import NewVariant
from lapak.goods.catalogue.stock import Cause, Pieces
from lapak.lib.acts import act
from lapak.moving.pictures import Pictures
from lapak.moving.plan import Action, Counts, Plan, ProductPlan
from lapak.moving.problems import Problem, Weight
from lapak.moving.progress import Progress, Report
from lapak.moving.records import Entry, remember_changed, remember_new
from lapak.moving.writes import OWED, Fields, Gallery, Stored, Writes, merged, pieces_of, writes_of
from lapak.people.shops.models import Shop

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
    for plans in _chunks(plan.products):
        stored = _put(plans, pictures, applied.problems)
        _write(cause, shop, platform, writes_of(plans, stored))
        _count(applied.counts, plans, stored)
        done += len(plans)
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


def _put(plans: Sequence[ProductPlan], pictures: Pictures, problems: list[Problem]) -> Stored:
    """The files of the plans' new pictures, before any transaction; those that cannot be read are told."""
    stored: dict[str, StoredImage] = {}
    for plan in plans:
        for key in plan.new_pictures:
            if key in stored:
                continue
            try:
                (stored[key],) = put_pictures([pictures.read(key)])
            except ImageRefused as refused:
                problems.append(_unreadable(plan, key, refused))
    return stored


def _unreadable(plan: ProductPlan, key: str, refused: ImageRefused) -> Problem:
    text = _("Picture “%(name)s”: %(reason)s") % {"name": key.rpartition("/")[2], "reason": refused}
    return Problem(Weight.NOTE, plan.source.sheet, plan.source.row, "images", text)


@act
def _write(cause: Cause, shop: Shop, platform: str, writes: Writes) -> None:
    save_pictures(writes.pictures)
    if writes.products:
        bulk.create_products(shop, writes.products, cause)
    if writes.variants:
        bulk.create_variants(shop, _placed(writes.variants), cause)
    if changes := _with_attributes(writes):
        bulk.change_products(changes)
    if writes.variant_changes:
        bulk.change_variants(cause.actor_id, writes.variant_changes)
    owed = stock.shift(writes.more_stock, cause) if writes.more_stock else {}
    if writes.first_stock:
        stock.set_on_hand(writes.first_stock, cause)
    if writes.galleries:
        bulk.replace_galleries(_shown(writes.galleries))
    remember_new(shop, platform, writes.new_entries, cause.reference)
    if writes.changed_entries:
        remember_changed(
            shop, platform, [_with_debt(entry, writes.more_stock, owed) for entry in writes.changed_entries]
        )


def _with_attributes(writes: Writes) -> Fields:
    """What changes of each product, with what is said of it as it stands here, but for what the file changed."""
    changes = dict(writes.product_changes)
    if writes.attribute_changes:
        here = Product.objects.filter(id__in=writes.attribute_changes).values_list("id", "attributes")
        for id_, attributes in here:
            changes[id_] = changes.get(id_, {}) | {"attributes": merged(attributes, *writes.attribute_changes[id_])}
    return changes


def _placed(added: Mapping[UUID, list[NewVariant]]) -> dict[UUID, tuple[int, list[NewVariant]]]:
    """Each product's new variants, and the position after its last one."""
    last = Variant.objects.filter(product_id__in=list(added)).values_list("product_id").annotate(Max("position"))
    first_free = {product_id: position + 1 for product_id, position in last}
    return {product_id: (first_free.get(product_id, 0), variants) for product_id, variants in added.items()}


def _shown(galleries: Mapping[UUID, Gallery]) -> dict[UUID, list[Picture]]:
    """As each is to be shown beside what is there."""
    living: dict[UUID, list[Picture]] = {}
    rows = ProductImage.objects.filter(product_id__in=list(galleries)).order_by("position")
    for product_id, image_id, path in rows.values_list("product_id", "image_id", "source_path"):
        living.setdefault(product_id, []).append(Picture(image_id, path))
    return {product_id: gallery.beside(living.get(product_id, [])) for product_id, gallery in galleries.items()}


def _with_debt(entry: Entry, shifted: Pieces, owed: Pieces) -> Entry:
    """How much could not be taken away is known only when it was tried."""
    if entry.target_id not in shifted:
        return entry
    return msgspec.structs.replace(entry, fields=entry.fields | {OWED: owed.get(entry.target_id, 0)})


def _count(counts: Counts, plans: Iterable[ProductPlan], stored: Stored) -> None:
    for plan in plans:
        if plan.action is not Action.LEAVE:
            counts.products.count(plan.action)
        put = sum(key in stored for key in plan.new_pictures)
        counts.images.created += put
        counts.images.left_out += len(plan.new_pictures) - put
        for variant in plan.variants:
            if variant.action is Action.LEAVE:
                continue
            counts.skus.count(variant.action)
            if variant.action is Action.CREATE or "stock" in variant.changes:
                counts.stock.count(variant.action, pieces_of(variant.source))
