"""Planning a move-in: each listing is compared with what was last read of it, never with the living goods."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.rules import MAX_OPTION_LENGTH
from lapak.lib.numbers import filled
from lapak.moving.bundle import SourceProduct, SourceVariant
from lapak.moving.categories import CategoryMap
from lapak.moving.check import Checked, Listing
from lapak.moving.memory import Memory
from lapak.moving.options import Names, axis_names, fitted, options_of
from lapak.moving.pictures import Pictures
from lapak.moving.plan import (
    ASSUMED_WEIGHT_G,
    Action,
    Plan,
    Planned,
    ProductPlan,
    VariantPlan,
    product_fields,
    status_here,
    variant_fields,
)
from lapak.moving.problems import Problem, Weight
from lapak.moving.records import Remembered
from lapak.moving.unfit import clash, clashes, missing_for_a_new_product, no_column
from lapak.people.shops.models import Shop

_PRODUCTS_A_LOOK = 1_000
"""Products whose memory is read at once: some 5,000 SKUs, a few megabytes."""

_ValuesBySku = dict[str, tuple[str, ...] | None]
"""Option values by SKU id; None where the row's text does not fit the product's axes."""
_NONE: dict[str, Any] = {}
"""One for all: a hundred thousand new SKUs have no changes."""
_ASSUMED_WEIGHT = gettext_lazy(
    "The files say no weight: {grams} grams are assumed, by which shipping is priced. Set what your goods weigh."
)
_DRAFTS = gettext_lazy(
    "The file does not say whether the goods are on sale: they come in as drafts. Put them on sale when you have looked at them."
)


def plan_move_in(
    shop: Shop, platform: str, checked: Checked, pictures: Pictures, categories: CategoryMap, *, option_names: Names
) -> Plan:
    """The plan for everything found fit; reads the memory of this shop, writes nothing."""
    plan = Plan(problems=list(checked.problems))
    plan.counts.products.left_out += checked.left_out_products
    plan.counts.skus.left_out += checked.nameless_rows
    plan.leave_out(checked.left_out_variants)
    for start in range(0, len(checked.listings), _PRODUCTS_A_LOOK):
        listings = checked.listings[start : start + _PRODUCTS_A_LOOK]
        planner = _Planner(Memory(shop, platform, listings), pictures, categories, option_names)
        for listing in listings:
            plan.take(planner.planned(listing))
    return plan


class _Skus(NamedTuple):
    """What the rows of a listing are to its product: the axes of options; by id, what each has, and what is remembered."""

    names: tuple[str, ...]
    values: _ValuesBySku
    known: dict[str, Remembered]


@dataclass(frozen=True, slots=True)
class _Planner:
    """Says what a listing comes to; nothing is counted yet."""

    memory: Memory
    pictures: Pictures
    categories: CategoryMap
    option_names: Names

    def planned(self, listing: Listing) -> Planned:
        source, known = listing.source, self.memory.products.get(listing.source.product_id)
        if known is None and (missing := list(missing_for_a_new_product(listing))):
            return Planned(left_out=listing.variants, problems=missing)
        skus = self._skus(listing, known)
        unfit = self._unfit(listing, known, skus)
        variants = [_variant(each, skus) for each in listing.variants if each.sku_id not in unfit]
        product = self._product(source, known, skus.names, variants) if variants else None
        left_out = [each for each in listing.variants if each.sku_id in unfit]
        notes = chain(
            _told_of_new(source) if known is None else (), *map(_told_of_sku, variants), _told_of_pictures(product)
        )
        return Planned(product, variants, left_out, [*unfit.values(), *notes])

    def _product(
        self, source: SourceProduct, known: Remembered | None, names: tuple[str, ...], variants: list[VariantPlan]
    ) -> ProductPlan:
        """With those of its SKUs to which anything happens."""
        changes = self._changes(source, known, names) if known else _NONE
        moved = set(known.fields.get("pictures", ())) if known else set()
        wanted = [key for key in source.images or () if key not in moved]
        new_pictures = [key for key in wanted if key in self.pictures]
        category = self.categories.suggestion(source.category) if source.category else None
        return ProductPlan(
            source=source,
            action=_action(known, is_changed=bool(changes or new_pictures)),
            known=known,
            changes=changes,
            option_names=names,
            category_id=category.category_id if category else None,
            wanted_pictures=len(wanted),
            new_pictures=new_pictures,
            variants=[variant for variant in variants if not variant.is_idle],
        )

    def _changes(self, source: SourceProduct, known: Remembered, names: tuple[str, ...]) -> dict[str, Any]:
        """What the file says that it did not say before, and axes that the product did not have."""
        changes = _changes(product_fields(source), known)
        return changes if names == self._axes(known) else changes | {"option_names": list(names)}

    def _axes(self, known: Remembered | None) -> tuple[str, ...]:
        return self.memory.option_names.get(known.target_id, ()) if known else ()

    def _skus(self, listing: Listing, product: Remembered | None) -> _Skus:
        names, values = self._options(listing, product)
        return _Skus(names, values, self._known(listing, product, values))

    def _options(self, listing: Listing, known: Remembered | None) -> tuple[tuple[str, ...], _ValuesBySku]:
        """The option axes, and each SKU row's values. A product that is here already keeps its axes."""
        if names := self._axes(known):
            return names, {v.sku_id: self._kept_options(v) or _fitted(v, len(names)) for v in listing.variants}
        return _fresh_options(listing, self.option_names)

    def _kept_options(self, variant: SourceVariant) -> tuple[str, ...]:
        """What the SKU's options are here already, if the file says nothing about them."""
        known = self.memory.skus.get(variant.sku_id) if variant.variation is None else None
        return tuple(known.fields["option_values"]) if known else ()

    def _known(self, listing: Listing, product: Remembered | None, values: _ValuesBySku) -> dict[str, Remembered]:
        """Platforms give new ids to what they list anew: of the same options, it is the SKU that was here."""
        skus = self.memory.skus
        known = {each.sku_id: skus[each.sku_id] for each in listing.variants if each.sku_id in skus}
        unnamed = self.memory.unnamed(product, known.values()) if product else {}
        again = {
            each.sku_id: found
            for each in listing.variants
            if each.sku_id not in known and (found := unnamed.pop(values[each.sku_id], None))
        }
        return known | again

    def _unfit(self, listing: Listing, product: Remembered | None, skus: _Skus) -> dict[str, Problem]:
        """Why SKUs cannot come in, by id. What stays here, a known one that cannot among it, keeps its options, and no other may
        have them."""
        unfit = {each.sku_id: found for each in listing.variants if (found := _problem_of(each, skus))}
        if product is None:
            return unfit
        staying = self.memory.staying(product, (known for sku_id, known in skus.known.items() if sku_id not in unfit))
        fit = [(each, skus.values[each.sku_id] or ()) for each in listing.variants if each.sku_id not in unfit]
        return unfit | {each.sku_id: clash(each, values) for each, values in fit if clashes(values, staying)}


def _variant(source: SourceVariant, skus: _Skus) -> VariantPlan:
    known, values = skus.known.get(source.sku_id), skus.values[source.sku_id] or ()
    changes = _changes(variant_fields(source, values), known) if known else _NONE
    return VariantPlan(source, values, _action(known, is_changed=bool(changes)), known, changes)


def _action(known: Remembered | None, *, is_changed: bool) -> Action:
    return Action.CREATE if known is None else Action.CHANGE if is_changed else Action.LEAVE


def _problem_of(variant: SourceVariant, skus: _Skus) -> Problem | None:
    """Why the SKU cannot come in, whatever else is here."""
    known, values = skus.known.get(variant.sku_id), skus.values[variant.sku_id]
    if known is None and variant.price_idr is None:
        return no_column(variant, "price_idr", _("the price"))
    if known is not None and known.fields["product_id"] != variant.product_id:
        message = _("This SKU has come in as one of another product (%(product)s).")
        text = message % {"product": known.fields["product_id"]}
        return Problem(Weight.ERROR, variant.sheet, variant.row, "sku_id", text)
    if values is None and variant.variation is None:
        return no_column(variant, "variation", _("the variation"))
    if values is None:
        message = _(
            "Does not fit the options that this product has here (%(options)s). Write one value for each, with a comma "
            "between them, and give the report again."
        )
        text = message % {"options": ", ".join(skus.names)}
        return Problem(Weight.ERROR, variant.sheet, variant.row, "variation", text)
    return None


def _told_of_new(product: SourceProduct) -> Iterator[Problem]:
    if product.weight_g is None:
        yield _note(product, "weight_g", filled(_ASSUMED_WEIGHT, grams=ASSUMED_WEIGHT_G))
    if status_here(product) == Product.Status.DRAFT:
        yield _note(product, "status", _DRAFTS)


def _told_of_sku(variant: VariantPlan) -> Iterator[Problem]:
    if variant.action is Action.CREATE and variant.source.stock is None:
        yield _note(variant.source, "stock", _("The file does not say the stock. It is 0 here until you set it."))


def _told_of_pictures(product: ProductPlan | None) -> Iterator[Problem]:
    if product is None or not product.missing_pictures:
        return
    source = product.source
    message = _("%(missing)d of %(all)d pictures were not among the files. The product goes without them.")
    if settings.FETCH_PICTURES and any("://" in said for said in source.originals.values()):
        message = _(
            "%(missing)d of %(all)d pictures were not among the files. They are fetched from their addresses when the "
            "goods are in."
        )
    text = message % {"missing": product.missing_pictures, "all": len(source.images or ())}
    yield Problem(Weight.NOTE, source.sheet, source.row, "images", text)


def _note(row: SourceProduct | SourceVariant, name: str, message: "str | Promise") -> Problem:
    """Of an empty cell; where the list has no column for it, of its header, and so of all its goods."""
    number = row.row if row.sheet.has(name) else row.sheet.header_row
    return Problem(Weight.NOTE, row.sheet, number, name, str(message))


def _fresh_options(listing: Listing, chosen: Names) -> tuple[tuple[str, ...], _ValuesBySku]:
    """Options of a product that is new, or has had none so far. Rows left out for now have a say: they may come yet."""
    product = listing.source
    if any(variant.options for variant in listing.variants):
        axes = max(len(variant.options) for variant in listing.variants)
        fit = [variant.options for variant in listing.variants if len(variant.options) == axes]
        named = len(product.option_names) == axes and all(len(n) <= MAX_OPTION_LENGTH for n in product.option_names)
        names = product.option_names if named else axis_names(list(zip(*fit, strict=True)), chosen)
        return names, {v.sku_id: _fitted(v, axes) for v in listing.variants}
    if len(listing.variants) > 1 and any(variant.variation is None for variant in listing.variants):
        return (), dict.fromkeys((variant.sku_id for variant in listing.variants), None)
    fit_texts = [variant.variation or "" for variant in listing.variants]
    others = [text for variant in product.variants if (text := variant.variation) and text not in fit_texts]
    options = options_of([*fit_texts, *dict.fromkeys(others)], chosen)
    return _named(product.option_names, options.names), {
        v.sku_id: options.values[v.variation or ""] for v in listing.variants
    }


def _named(said: tuple[str, ...], guessed: tuple[str, ...]) -> tuple[str, ...]:
    """What the file calls the axes, as far as it does; guessed beyond."""
    names = (*said[: len(guessed)], *guessed[len(said) :])
    is_fit = len(set(names)) == len(names) and all(len(name) <= MAX_OPTION_LENGTH for name in names)
    return names if is_fit else guessed


def _fitted(variant: SourceVariant, axes: int) -> tuple[str, ...] | None:
    if variant.options:
        return variant.options if len(variant.options) == axes else None
    return fitted(variant.variation or "", axes)


def _changes(said: dict[str, Any], known: Remembered) -> dict[str, Any]:
    """What the file says that it did not say before."""
    return {name: value for name, value in said.items() if name not in known.fields or known.fields[name] != value}
