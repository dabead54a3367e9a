"""Choosing a variant by its options: which chips there are, and where each leads. Pure."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from lapak.goods.catalogue.models import Variant


@dataclass(frozen=True, slots=True)
class Chip:
    """A value of an option, and the variant that pressing it chooses."""

    text: str
    variant: Variant
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """An option of a product, such as its colour, with every value it comes in."""

    name: str
    chips: list[Chip]


@dataclass(frozen=True, slots=True)
class Choice:
    """What has been chosen, if anything, and what else can be."""

    variant: Variant | None
    axes: list[Axis]

    @property
    def options(self) -> str:
        """The options' names in a sentence: `Warna, Ukuran`."""
        return ", ".join(axis.name for axis in self.axes)


def choice_of(option_names: Sequence[str], variants: Sequence[Variant], chosen_id: uuid.UUID | None) -> Choice:
    """The chips of every option; a product of one variant leaves nothing to choose."""
    chosen = next((variant for variant in variants if variant.id == chosen_id), None)
    if len(variants) == 1:
        chosen = variants[0]
    return Choice(chosen, [_axis(place, name, variants, chosen) for place, name in enumerate(option_names)])


def _axis(place: int, name: str, variants: Sequence[Variant], chosen: Variant | None) -> Axis:
    values = dict.fromkeys(variant.option_values[place] for variant in variants)
    return Axis(name, [_chip(place, value, variants, chosen) for value in values])


def _chip(place: int, value: str, variants: Sequence[Variant], chosen: Variant | None) -> Chip:
    """The chip keeps every other option as chosen where there is such a variant; where not, it prefers one in stock."""

    def worth(variant: Variant) -> tuple[int, bool]:
        same = _same_options(variant, chosen) if chosen else 0
        return same, variant.available > 0

    with_value = [variant for variant in variants if variant.option_values[place] == value]
    return Chip(
        text=value,
        variant=max(with_value, key=worth),  # of equals the first, as the shop ordered them
        is_chosen=chosen is not None and chosen.option_values[place] == value,
    )


def _same_options(variant: Variant, other: Variant) -> int:
    return sum(mine == theirs for mine, theirs in zip(variant.option_values, other.option_values, strict=True))
