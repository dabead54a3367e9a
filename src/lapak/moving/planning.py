"""Planning a move-in: each listing is compared with what was last read of it, never with the living goods."""

from collections.abc import Sequence
from typing import Any

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
    for variant in checked.left_out_variants:
        _leave_out(plan, variant)
    for start in range(0, len(checked.listings), _PRODUCTS_A_LOOK):
        listings = checked.listings[start : start + _PRODUCTS_A_LOOK]
        memory = Memory(shop, platform, listings)
        for listing in listings:
            _Planner(plan, memory, pictures, categories, option_names).plan(listing)
    return plan


class _Planner:
    """Plans one listing."""

    def __init__(
        self, plan: Plan, memory: Memory, pictures: Pictures, categories: CategoryMap, option_names: Names
    ) -> None:
        self._plan = plan
        self._memory = memory
        self._pictures = pictures
        self._categories = categories
        self._option_names = option_names

    def plan(self, listing: Listing) -> None:
        product, counts = listing.source, self._plan.counts
        known = self._memory.products.get(product.product_id)
        missing = [] if known else list(missing_for_a_new_product(listing))
        if missing:
            self._plan.problems += missing
            self._drop(listing.variants)
            return
        if known is None and product.weight_g is None:
            self._note_once(product, "weight_g", filled(_ASSUMED_WEIGHT, grams=ASSUMED_WEIGHT_G))
        if known is None and status_here(product) == Product.Status.DRAFT:
            self._note_once(product, "status", _DRAFTS)
        names, values = self._options(listing, known)
        self._know_again(listing, known, values)
        variants, problems = [], self._problems(listing, known, names, values)
        for variant in listing.variants:
            if problem := problems.get(variant.sku_id):
                self._plan.problems.append(problem)
                _leave_out(self._plan, variant)
            else:
                variants.append(self._variant(variant, values[variant.sku_id] or ()))
        if not variants:
            counts.products.left_out += 1
            return
        changes = _changes(product_fields(product), known) if known else _NONE
        if known and names != self._memory.option_names.get(known.target_id, ()):
            changes["option_names"] = list(names)
        new_pictures = self._new_pictures(product, known)
        changed = bool(changes or new_pictures)
        action = Action.CREATE if known is None else Action.CHANGE if changed else Action.LEAVE
        category = self._categories.suggestion(product.category) if product.category else None
        counts.products.count(action)
        plan = ProductPlan(
            source=product,
            action=action,
            known=known,
            changes=changes,
            option_names=names,
            category_id=category.category_id if category else None,
            new_pictures=new_pictures,
            variants=[variant for variant in variants if not variant.is_idle],
        )
        if plan.variants or action is not Action.LEAVE or plan.refreshes_memory:
            self._plan.products.append(plan)

    def _options(
        self, listing: Listing, known: Remembered | None
    ) -> tuple[tuple[str, ...], dict[str, tuple[str, ...] | None]]:
        """The option axes, and each SKU row's values. A product that is here already keeps its axes."""
        names = self._memory.option_names.get(known.target_id, ()) if known else ()
        if names:
            return names, {v.sku_id: self._kept_options(v) or _fitted(v, len(names)) for v in listing.variants}
        return _fresh_options(listing, self._option_names)

    def _kept_options(self, variant: SourceVariant) -> tuple[str, ...]:
        """What the SKU's options are here already, if the file says nothing about them."""
        known = self._memory.skus.get(variant.sku_id) if variant.variation is None else None
        return tuple(known.fields["option_values"]) if known else ()

    def _problem_of(
        self, variant: SourceVariant, values: tuple[str, ...] | None, names: tuple[str, ...]
    ) -> Problem | None:
        """Why the SKU cannot come in beside what is here already."""
        known = self._memory.skus.get(variant.sku_id)
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
            text = message % {"options": ", ".join(names)}
            return Problem(Weight.ERROR, variant.sheet, variant.row, "variation", text)
        return None

    def _know_again(self, listing: Listing, product: Remembered | None, values: _ValuesBySku) -> None:
        """Platforms give new ids to what they list anew: of the same options, it is the SKU that was here."""
        for variant in listing.variants if product else ():
            said = values[variant.sku_id]
            if product and said is not None and variant.sku_id not in self._memory.skus:
                known = self._memory.known_again(product.target_id, said)
                if known:
                    self._memory.skus[variant.sku_id] = known

    def _problems(
        self, listing: Listing, product: Remembered | None, names: tuple[str, ...], values: _ValuesBySku
    ) -> dict[str, Problem]:
        """Why SKUs cannot come in, by id. A known one that cannot keeps the options it has, which no other may have then."""
        problems = {
            v.sku_id: found for v in listing.variants if (found := self._problem_of(v, values[v.sku_id], names))
        }
        if product is None:
            return problems
        for sku_id in problems.keys() & self._memory.skus.keys():
            self._memory.stays(self._memory.skus[sku_id])
        staying = self._memory.staying(product.target_id)
        for variant in listing.variants:
            said = values[variant.sku_id]
            if variant.sku_id not in problems and said is not None and clashes(said, staying):
                problems[variant.sku_id] = clash(variant, said)
        return problems

    def _variant(self, variant: SourceVariant, values: tuple[str, ...]) -> VariantPlan:
        known = self._memory.skus.get(variant.sku_id)
        changes = _changes(variant_fields(variant, values), known) if known else _NONE
        action = Action.CREATE if known is None else Action.CHANGE if changes else Action.LEAVE
        if action is Action.CREATE and variant.stock is None:
            self._note_once(variant, "stock", _("The file does not say the stock. It is 0 here until you set it."))
        self._plan.counts.skus.count(action)
        pieces = variant.stock if isinstance(variant.stock, int) else 0
        leaves_stock = action is Action.CHANGE and "stock" not in changes
        self._plan.counts.stock.count(Action.LEAVE if leaves_stock else action, pieces)
        return VariantPlan(variant, values, action, known, changes)

    def _note_once(self, row: SourceProduct | SourceVariant, name: str, message: "str | Promise") -> None:
        """Once for a list that has no column for it, of all its goods; else for each empty cell."""
        if (row.sheet, name) in self._plan.noted_once:
            return
        number = row.row
        if not row.sheet.has(name):
            self._plan.noted_once.add((row.sheet, name))
            number = row.sheet.header_row
        self._plan.problems.append(Problem(Weight.NOTE, row.sheet, number, name, str(message)))

    def _new_pictures(self, product: SourceProduct, known: Remembered | None) -> list[str]:
        moved = set(known.fields.get("pictures", ())) if known else set()
        wanted = [key for key in product.images or () if key not in moved]
        found = [key for key in wanted if key in self._pictures]
        if missing := len(wanted) - len(found):
            message = _("%(missing)d of %(all)d pictures were not among the files. The product goes without them.")
            if settings.FETCH_PICTURES and any("://" in said for said in product.originals.values()):
                message = _(
                    "%(missing)d of %(all)d pictures were not among the files. They are fetched from their addresses when the "
                    "goods are in."
                )
            text = message % {"missing": missing, "all": len(product.images or ())}
            self._plan.problems.append(Problem(Weight.NOTE, product.sheet, product.row, "images", text))
        tally = self._plan.counts.images
        tally.created += len(found)
        tally.left_out += missing
        tally.unchanged += len(product.images or ()) - len(wanted)
        return found

    def _drop(self, variants: Sequence[SourceVariant]) -> None:
        self._plan.counts.products.left_out += 1
        for variant in variants:
            _leave_out(self._plan, variant)


def _fresh_options(listing: Listing, chosen: Names) -> tuple[tuple[str, ...], dict[str, tuple[str, ...] | None]]:
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


def _leave_out(plan: Plan, variant: SourceVariant) -> None:
    plan.left_out.append(variant)
    plan.counts.skus.left_out += 1
    plan.counts.stock.left_out += variant.stock if isinstance(variant.stock, int) and variant.stock > 0 else 0
