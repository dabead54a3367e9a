"""What moving in would do: create, change, leave; and what the files say, as it is compared from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from msgspec import Struct

from lapak.goods.catalogue.models import Product
from lapak.moving.bundle import SourceProduct, SourceSheet, SourceVariant
from lapak.moving.problems import Problem
from lapak.moving.records import Remembered
from lapak.moving.values import SourceStatus

_SIDES = ("length_cm", "width_cm", "height_cm")
ASSUMED_WEIGHT_G = 1_000
"""Of new goods of platforms whose lists say no weights: what couriers charge at least. The seller is told."""
_STATUSES = {
    SourceStatus.ACTIVE: Product.Status.PUBLISHED.value,
    SourceStatus.INACTIVE: Product.Status.ARCHIVED.value,
    None: Product.Status.DRAFT.value,  # nobody can tell: the seller decides
}


class Action(StrEnum):
    CREATE = "create"
    CHANGE = "change"
    LEAVE = "leave"


@dataclass(slots=True)
class Tally:
    """How many of one kind; of stock, how many pieces."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in Tally.__slots__))

    def count(self, action: Action, number: int = 1) -> None:
        """`number` more are, or would be, treated so."""
        name = {Action.CREATE: "created", Action.CHANGE: "changed", Action.LEAVE: "unchanged"}[action]
        setattr(self, name, getattr(self, name) + number)


@dataclass(slots=True)
class Counts:
    """Whatever files tell of, by what happens to it."""

    products: Tally = field(default_factory=Tally)
    skus: Tally = field(default_factory=Tally)
    stock: Tally = field(default_factory=Tally)
    images: Tally = field(default_factory=Tally)
    past_orders: Tally = field(default_factory=Tally)
    past_rows: Tally = field(default_factory=Tally)
    past_promotions: Tally = field(default_factory=Tally)
    past_incomes: Tally = field(default_factory=Tally)
    past_terms: Tally = field(default_factory=Tally)
    past_reviews: Tally = field(default_factory=Tally)
    partners: Tally = field(default_factory=Tally)
    partner_links: Tally = field(default_factory=Tally)
    partner_pays: Tally = field(default_factory=Tally)

    def __add__(self, other: "Counts") -> "Counts":
        """Those of goods from several platforms."""
        return Counts(*(getattr(self, name) + getattr(other, name) for name in Counts.__slots__))


class VariantPlan(Struct, eq=False, gc=False):
    """What happens to one SKU."""

    source: SourceVariant
    option_values: tuple[str, ...]
    action: Action
    known: Remembered | None
    changes: dict[str, Any]
    """Source fields that differ from those remembered, with their new values."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing is to be written, not even a column without a place here."""
        known, source = self.known, self.source
        is_same = known is not None and known.unmapped == source.unmapped and known.source_id == source.sku_id
        return is_same and not self.changes


class ProductPlan(Struct, eq=False, gc=False):
    """What happens to one product, and to those of its SKUs to which anything does."""

    source: SourceProduct
    action: Action
    known: Remembered | None
    changes: dict[str, Any]
    option_names: tuple[str, ...]
    category_id: int | None
    wanted_pictures: int
    """How many that no file has brought yet."""
    new_pictures: list[str]
    """The keys of those among them that were given now."""
    variants: list[VariantPlan]

    @property
    def missing_pictures(self) -> int:
        return self.wanted_pictures - len(self.new_pictures)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is to be written, of it or of its SKUs."""
        return self.action is Action.LEAVE and not self.variants and not self.refreshes_memory

    @property
    def refreshes_memory(self) -> bool:
        """Whether the product itself, known already, has to be remembered anew."""
        return self.known is not None and (self.action is Action.CHANGE or self.known.unmapped != self.source.originals)


class Planned(Struct, frozen=True, gc=False):
    """What one listing comes to; without a product, it is left out."""

    product: ProductPlan | None = None
    variants: Sequence[VariantPlan] = ()
    """All its SKUs that come in, those to which nothing happens among them."""
    left_out: Sequence[SourceVariant] = ()
    problems: Sequence[Problem] = ()


@dataclass(slots=True)
class Plan:
    """Everything that would happen, and what the seller should know. What is idle is counted, but not kept."""

    products: list[ProductPlan] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[SourceVariant] = field(default_factory=list)
    _told_of_lists: set[tuple[SourceSheet, str]] = field(default_factory=set)

    def take(self, planned: Planned) -> None:
        """The listing is part of it."""
        self.problems += filter(self._is_new, planned.problems)
        self.leave_out(planned.left_out)
        if planned.product is None:
            self.counts.products.left_out += 1
            return
        self._count(planned.product, planned.variants)
        if not planned.product.is_idle:
            self.products.append(planned.product)

    def leave_out(self, variants: Sequence[SourceVariant]) -> None:
        """They are not moved in."""
        self.left_out += variants
        self.counts.skus.left_out += len(variants)
        self.counts.stock.left_out += sum(max(0, _pieces(variant)) for variant in variants)

    def _count(self, product: ProductPlan, variants: Sequence[VariantPlan]) -> None:
        self.counts.products.count(product.action)
        images, given = self.counts.images, len(product.new_pictures)
        images.created += given
        images.left_out += product.missing_pictures
        images.unchanged += len(product.source.images or ()) - product.wanted_pictures
        for variant in variants:
            leaves_stock = variant.action is Action.CHANGE and "stock" not in variant.changes
            self.counts.skus.count(variant.action)
            self.counts.stock.count(Action.LEAVE if leaves_stock else variant.action, _pieces(variant.source))

    def _is_new(self, problem: Problem) -> bool:
        """What is noted of a whole list is told once, not of all its goods."""
        if problem.row != problem.sheet.header_row:
            return True
        of_list = problem.sheet, problem.field
        is_new = of_list not in self._told_of_lists
        self._told_of_lists.add(of_list)
        return is_new


def _pieces(variant: SourceVariant) -> int:
    return variant.stock if isinstance(variant.stock, int) else 0


def product_fields(product: SourceProduct) -> dict[str, Any]:
    """What the file says about the product: the fields that are compared from one file to the next."""
    said: dict[str, Any] = {
        "title": product.title,
        "description": product.description,
        "category": product.category,
        "brand": product.brand,
        "attributes": product.attributes,
        "images": None if product.images is None else list(product.images),
        "weight_g": product.weight_g,
        "origin": product.origin,
        "has_ai_pictures": product.has_ai_pictures,
        "has_ai_words": product.has_ai_words,
        "status": product.status and product.status.value,
    }
    fields = {name: value for name, value in said.items() if value is not None}
    return fields | {name: getattr(product, name) for name in _SIDES if product.has(name)}


def variant_fields(variant: SourceVariant, option_values: tuple[str, ...]) -> dict[str, Any]:
    """What the file says about the SKU; an unknown stock is not among it."""
    said: dict[str, Any] = {
        "product_id": variant.product_id,
        "variation": variant.variation,
        "option_values": list(option_values),
        "seller_sku": variant.seller_sku,
        "barcode": variant.barcode,
        "price_idr": variant.price_idr,
        "stock": variant.stock,
    }
    return {name: value for name, value in said.items() if value is not None}


def status_here(product: SourceProduct) -> str:
    """On sale there, on sale here; not on sale there, archived; if the file does not say, as its kind of list means it."""
    return _STATUSES[product.status or product.sheet.layout.without_status]
