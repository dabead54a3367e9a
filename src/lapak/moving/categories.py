"""Which of Lapak's categories another platform's category path means, with a score that says how sure that is.

Names are compared word by word, never letter by letter: `mainan` (toys) is no mistyped `makanan` (food).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from lapak.goods.catalogue.models import Category
from lapak.goods.search.analysis import root, words
from lapak.moving.category_names import ALSO_CALLED
from lapak.moving.for_whom import fits, for_whom, meant

THRESHOLD = 85
"""Below this a suggestion is more often wrong than right; the product then has no category until the seller chooses."""

SURE = 95
"""From here on nobody needs to look at it: all words agree, but for the shelf they stand on."""

_OUT_OF_PLACE = 10
"""Taken off, shared among the words of the name, when the names above it agree in nothing: any `Aksesoris` may be meant, but
only one `Kemeja Batik`."""
_STEP_UP = 0.94
"""A category found by a name above the last one is right, but wider than it could be. Three steps up are too wide."""

_SEPARATOR = re.compile(r"[/>›»]")
_JOINERS = frozenset({"dan", "and", "atau", "or", "for", "of", "untuk", "s"})
_PLURAL = re.compile(r"(\w{2,}[^s])s")
"""Of English names; Indonesian words lose the same letter on both sides."""

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category of Lapak's for a path, and how well its names fit: 100 is the same words, or the seller's own choice."""

    category_id: int
    code: str
    name: str
    score: int
    is_chosen: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether there is no need to look at it: the seller chose it, or it is called just so."""
        return self.is_chosen or self.score >= SURE


class _Fit(NamedTuple):
    """How well a name fits; of two that fit equally, the one of more words does so better."""

    score: float
    words_in_step: int


_NOTHING = _Fit(0, 0)


@dataclass(frozen=True, slots=True)
class _Name:
    """One thing that a category of Lapak's is called, and the words around it: those of its own names and all above it."""

    category: Category
    words: Words
    around: Words
    whom: Words


class CategoryMap:
    """Says a category for each source path: the one the seller chose, or the best by its words. Reads the tree once."""

    def __init__(self, chosen: Mapping[str, int | None] | None = None) -> None:
        """`chosen`: category ids by path; None where the seller wants no category."""
        self._chosen = chosen or {}
        self._by_id = {category.id: category for category in Category.objects.order_by("code")}
        self._by_code = {category.code: category for category in self._by_id.values()}
        self._names = [name for category in self._by_id.values() for name in self._names_of(category)]
        self._found: dict[str, Suggestion | None] = {}

    def suggestion(self, path: str) -> Suggestion | None:
        """The category for `Fashion Muslim/Kain/Kain Batik`; None when none is likely enough."""
        if path not in self._found:
            self._found[path] = self._of_seller(path) if path in self._chosen else self._best(path)
        return self._found[path]

    def _of_seller(self, path: str) -> Suggestion | None:
        category = self._by_id.get(self._chosen[path] or 0)
        return Suggestion(category.id, category.code, category.name, 100, is_chosen=True) if category else None

    def _best(self, path: str) -> Suggestion | None:
        scores = self._scores([step for step in map(_words, _SEPARATOR.split(path)) if step])
        best = max(scores.values(), default=_NOTHING)
        code = _meeting([code for code, score in scores.items() if score == best])
        score = round(best.score if scores.get(code) == best else best.score * _STEP_UP)
        if score < THRESHOLD or code not in self._by_code:
            return None
        category = self._by_code[code]
        return Suggestion(category.id, category.code, category.name, score)

    def _scores(self, steps: list[Words]) -> dict[str, _Fit]:
        """How well each category fits the path, by its code; categories for other people are not among them."""
        whom = for_whom(frozenset[str]().union(*steps))
        names = [name for name in self._names if fits(whom, name.whom)]
        scores: dict[str, _Fit] = {}
        for height, step in enumerate(reversed(steps)):
            above = frozenset[str]().union(*steps[: len(steps) - 1 - height])
            for name in names:
                if name.words & step:
                    fit = _fit(step, above, name, height)
                    scores[name.category.code] = max(fit, scores.get(name.category.code, fit))
        return scores

    def _names_of(self, category: Category) -> list[_Name]:
        branch = [category]
        while branch[-1].parent_id is not None:
            branch.append(self._by_id[branch[-1].parent_id])
        around = _words(" ".join(f"{each.name_id} {each.name_en}" for each in branch))
        called = (category.name_id, category.name_en, *ALSO_CALLED.get(category.code, ()))
        return [_Name(category, _words(name), around, for_whom(around)) for name in called]


def _fit(step: Words, above: Words, name: _Name, height: int) -> _Fit:
    """All of the name stands in the path, and all of the step is said by the category: 100, less for what is above."""
    known = name.words | name.around
    found = name.words & (step | above)
    said = step - for_whom(step) or step
    precise, whole = len(found) / len(name.words), len(said & known) / len(said)
    agreement = 2 * precise * whole / (precise + whole) if whole else 0
    context = above - for_whom(above)
    strange = len(context - known) / len(context) if context else 0
    score = (100 * agreement - strange * _OUT_OF_PLACE / len(found)) * _STEP_UP**height
    return _Fit(score, len(name.words & step))


def _meeting(codes: list[str]) -> str:
    """The deepest of these when all stand on one branch, else the branch they share; empty when they share none."""
    deepest = max(codes, key=len, default="").split(".")
    paths = [code.split(".") for code in codes]
    if all(path == deepest[: len(path)] for path in paths):
        return ".".join(deepest)
    return ".".join(first[0] for first in takewhile(lambda names: len(set(names)) == 1, zip(*paths, strict=False)))


def _words(name: str) -> Words:
    """Its words by their roots, as a search knows them: `kaus` is a `kaos`, `cewek` are `wanita`. Numbers say nothing."""
    roots = [root(word) for word in words(name) if word not in _JOINERS and not word.isdigit()]
    return frozenset(_PLURAL.sub(r"\1", one) for each in roots for one in meant(each))
