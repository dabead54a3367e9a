"""What Lapak takes categories and options for, for the seller to confirm before anything moves."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lapak.moving.bundle import SourceProduct
from lapak.moving.categories import CategoryMap, Suggestion
from lapak.moving.options import OTHER, Names, folded
from lapak.moving.plan import Action, ProductPlan

MAX_ASKED = 40
"""So many of each on a page; what is beyond goes as it is proposed, and stands in the report."""

MAX_VALUES = 500
"""By so many values an option is known again."""


@dataclass(frozen=True, slots=True)
class CategoryProposal:
    """What a path of the files is taken for, and how many products it has."""

    path: str
    goods: int
    suggestion: Suggestion | None


@dataclass(slots=True)
class OptionProposal:
    """What an option is called whose name no file says, its values, and how many products have it."""

    name: str
    values: dict[str, str]
    """As the first product has each, by how it is compared."""
    goods: int


@dataclass(frozen=True, slots=True)
class Proposals:
    """Those to look at first stand first."""

    categories: list[CategoryProposal]
    options: list[OptionProposal]

    def as_dict(self) -> dict[str, Any]:
        """What an upload keeps of them."""
        return {
            "categories": [
                {
                    "path": each.path,
                    "goods": each.goods,
                    "category_id": each.suggestion.category_id if each.suggestion else None,
                    "is_sure": each.suggestion is not None and each.suggestion.is_sure,
                }
                for each in self.categories[:MAX_ASKED]
            ],
            "options": [
                {"name": each.name, "values": list(each.values.values())[:MAX_VALUES], "goods": each.goods}
                for each in self.options[:MAX_ASKED]
            ],
        }


def proposals(
    goods: Iterable[SourceProduct], planned: Iterable[ProductPlan], categories: CategoryMap, chosen: Names
) -> Proposals:
    """Of all categories in the files, and of the options of new products that the seller has not named before."""
    counts = Counter(product.category for product in goods if product.category)
    found = [CategoryProposal(path, count, categories.suggestion(path)) for path, count in counts.items()]
    found.sort(key=lambda each: (each.suggestion.score if each.suggestion else 0, -each.goods, each.path))
    options = sorted(_grouped(_unnamed_axes(planned, chosen)), key=lambda each: (each.name != OTHER, -each.goods))
    return Proposals(found, options)


def _unnamed_axes(planned: Iterable[ProductPlan], chosen: Names) -> Iterator[tuple[str, dict[str, str]]]:
    for plan in planned:
        said_by_file = plan.source.option_names
        for place, name in enumerate(plan.option_names if plan.action is Action.CREATE else ()):
            if name in said_by_file[place : place + 1]:
                continue
            said = (variant.option_values[place] for variant in plan.variants)
            values = {folded(value): value for value in said}
            if not chosen.keys() >= values.keys():
                yield OTHER if name.startswith(OTHER) else name, values


def _grouped(axes: Iterable[tuple[str, dict[str, str]]]) -> list[OptionProposal]:
    """One for each kind of values; of those no kind is known for, one for all that share any value."""
    groups: dict[int, OptionProposal] = {}
    group_of: dict[str, int] = {}
    for name, values in axes:
        keys = [name] if name != OTHER else [f"{OTHER}/{value}" for value in values]
        met = {group_of[key] for key in keys if key in group_of}
        joined = OptionProposal(name, dict(values), 1)
        for number in met:
            other = groups.pop(number)
            joined = OptionProposal(name, other.values | joined.values, other.goods + joined.goods)
        number = min(met, default=len(group_of))
        groups[number] = joined
        group_of |= dict.fromkeys([name] if name != OTHER else [f"{OTHER}/{value}" for value in joined.values], number)
    return list(groups.values())
