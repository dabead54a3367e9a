"""Choosing a variant by its options, one at a time: which chips there are, and where each leads. Pure."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlencode

from lapak.goods.catalogue.models import Variant

PICKED = "o"
"""Query parameter: what is picked of each option, in their order; empty where nothing is yet."""

VARIANT = "v"
"""Query parameter: the variant, once every option is picked."""

Picks = tuple[str, ...]
"""A value for each option of the product; empty where nothing is picked."""

_SIZE = re.compile(r"(?P<count>\d*)(?P<many>X*)(?P<letter>[SML])", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)(?:\s*\w+)?")


@dataclass(frozen=True, slots=True)
class Chip:
    """A value of an option, and the query that pressing it asks for."""

    text: str
    query: str
    is_chosen: bool
    is_sold_out: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """An option of a product, such as its colour, with every value it comes in."""

    name: str
    chips: list[Chip]


@dataclass(frozen=True, slots=True)
class Choice:
    """What has been picked, if anything, and what else can be."""

    variant: Variant | None
    fitting: list[Variant]
    """The variants with everything that was picked: what a price and what is left are shown of."""
    axes: list[Axis]
    missing: list[str]
    """The options of which nothing is picked yet."""


def choice_of(
    option_names: Sequence[str], variants: Sequence[Variant], chosen_id: uuid.UUID | None, picked: Sequence[str] = ()
) -> Choice:
    """The chips of every option; what comes in one value only leaves nothing to choose.

    What was picked and is no value of these goods counts as not picked: addresses are typed and kept.
    """
    chosen = next((variant for variant in variants if variant.id == chosen_id), None)
    picks = tuple(chosen.option_values) if chosen else _read(picked, len(option_names), variants)
    fitting = _fitting(picks, variants)
    return Choice(
        variant=fitting[0] if all(picks) else None,
        fitting=fitting,
        axes=[_axis(place, name, variants, picks) for place, name in enumerate(option_names)],
        missing=[name for name, pick in zip(option_names, picks, strict=True) if not pick],
    )


def in_order(values: Iterable[str]) -> list[str]:
    """Sizes from small to large (`S, M, L, XL, 2XL`; `38, 39`; `250 ml, 1000 ml`); all else as the shop wrote it."""
    values = list(values)
    for measure in (_letter_size, _number):
        sizes = {value: measure(value) for value in values}
        if None not in sizes.values():
            return sorted(values, key=lambda value: sizes[value] or 0)
    return values


def _axis(place: int, name: str, variants: Sequence[Variant], picks: Picks) -> Axis:
    values = in_order(dict.fromkeys(variant.option_values[place] for variant in variants))
    return Axis(name, [_chip(place, value, variants, picks) for value in values])


def _chip(place: int, value: str, variants: Sequence[Variant], picks: Picks) -> Chip:
    """The chip keeps the other picks as far as the goods come with them; the rest is open again, not picked for people."""
    leads_to = _with(place, value, variants, picks)
    fitting = _fitting(leads_to, variants)
    return Chip(
        text=value,
        query=urlencode({VARIANT: fitting[0].id.hex} if all(leads_to) else {PICKED: leads_to}, doseq=True),
        is_chosen=picks[place] == value,
        is_sold_out=not any(variant.available for variant in fitting),
    )


def _with(place: int, value: str, variants: Sequence[Variant], picks: Picks) -> Picks:
    others = [other for other, pick in enumerate(picks) if pick and other != place]
    for kept in range(len(others), -1, -1):
        for keeping in combinations(others, kept):
            wanted = tuple(value if i == place else pick if i in keeping else "" for i, pick in enumerate(picks))
            if _fitting(wanted, variants):
                return wanted
    raise AssertionError("a chip's value is some variant's")


def _read(picked: Sequence[str], count: int, variants: Sequence[Variant]) -> Picks:
    """As asked, if there is such a variant; an option of one value is picked already."""
    picks: Picks = tuple(picked) if len(picked) == count and _fitting(picked, variants) else ("",) * count
    values = [{variant.option_values[place] for variant in variants} for place in range(count)]
    return tuple(next(iter(all_)) if len(all_) == 1 else pick for pick, all_ in zip(picks, values, strict=True))


def _fitting(picks: Sequence[str], variants: Sequence[Variant]) -> list[Variant]:
    return [
        variant
        for variant in variants
        if all(not pick or pick == value for pick, value in zip(picks, variant.option_values, strict=True))
    ]


def _letter_size(text: str) -> int | None:
    """`XS` is -2, `M` 0, `XL` and `1XL` 2, `3XL` and `XXXL` 4; none for what is no such size."""
    size = _SIZE.fullmatch(text.strip())
    if size is None:
        return None
    extra = int(size["count"] or 1) + len(size["many"]) - 1 if size["many"] else 0
    return {"S": -1 - extra, "M": 0, "L": 1 + extra}[size["letter"].upper()]


def _number(text: str) -> float | None:
    number = _NUMBER.fullmatch(text.strip())
    return float(number[1].replace(",", ".")) if number else None
