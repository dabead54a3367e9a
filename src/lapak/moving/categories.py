"""Which of Lapak's categories another platform's category path means, with a score that says how sure that is."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from lapak.goods.catalogue.models import Category
from lapak.moving.category_names import ALSO_CALLED

THRESHOLD = 85
"""Below this a suggestion is more often wrong than right; the product then has no category until the seller chooses."""

_LEAF_WEIGHT, _PATH_WEIGHT = 0.8, 0.2
"""The last name says what the goods are; the names above only tell namesakes apart (men's and women's trousers)."""
_STEP_UP = 0.9
"""A category found by the path's last name but one is right, but wider than it could be."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category of Lapak's for a path, and how well its names fit: 100 is the same words."""

    category_id: int
    code: str
    name: str
    score: int


@dataclass(frozen=True, slots=True)
class _Known:
    """One of Lapak's categories with everything it is called, and the names above it."""

    category: Category
    above: str


class CategoryMap:
    """Suggests a category for each source path; reads the tree once."""

    def __init__(self) -> None:
        by_id = {category.id: category for category in Category.objects.order_by("code")}
        self._names: list[str] = []
        self._known: list[_Known] = []
        for category in by_id.values():
            known = _Known(category, _names_above(category, by_id))
            for name in (category.name_id, category.name_en, *ALSO_CALLED.get(category.code, ())):
                self._names.append(_comparable(name))
                self._known.append(known)
        self._found: dict[str, Suggestion | None] = {}

    def suggestion(self, path: str) -> Suggestion | None:
        """The best category for `Fashion Muslim/Kain/Kain Batik`; None when none is likely enough."""
        if path not in self._found:
            best = max(self._candidates(path), key=lambda found: found.score, default=None)
            self._found[path] = best if best is not None and best.score >= THRESHOLD else None
        return self._found[path]

    def _candidates(self, path: str) -> list[Suggestion]:
        steps = [step for step in map(_comparable, path.split("/")) if step]
        candidates = []
        for height, leaf in enumerate(reversed(steps[-2:])):
            above = " ".join(steps[: len(steps) - 1 - height])
            for _name, score, index in process.extract(leaf, self._names, scorer=fuzz.token_sort_ratio, limit=12):
                known = self._known[index]
                # A path of one name has nothing above to compare: its name alone decides.
                path_score = fuzz.token_set_ratio(above, known.above) if above else score
                total = (_LEAF_WEIGHT * score + _PATH_WEIGHT * path_score) * _STEP_UP**height
                category = known.category
                candidates.append(Suggestion(category.id, category.code, category.name, round(total)))
        return candidates


def _names_above(category: Category, by_id: dict[int, Category]) -> str:
    names = []
    while category.parent_id is not None:
        category = by_id[category.parent_id]
        names += [category.name_id, category.name_en, *ALSO_CALLED.get(category.code, ())]
    return _comparable(" ".join(names))


def _comparable(name: str) -> str:
    return " ".join(name.casefold().replace("&", " ").replace(",", " ").replace("-", " ").split())
