"""What makes a product's variants differ, from texts that do not say: `Hitam, XL` → Warna: Hitam, Ukuran: XL.

The export joins option values with a comma and gives the axes no names. A comma is taken for a separator only where
every SKU of the product has as many, and names are guessed from the values; the seller may change both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SEPARATOR = ", "
MAX_AXES = 3
"""As many as the catalogue takes."""

# What Seller Center writes for a product without options.
_NO_OPTION = frozenset({"", "default", "-"})

_SIZE = re.compile(
    r"(\d{0,2}x{0,5}[sml]|x{1,5}l|\d{1,2}xl|all ?size|free ?size|one ?size|jumbo|ukuran .+|size .+|\d{1,3}([.,]5)?"
    r"|\d{1,4} ?[x×] ?\d{1,4}( ?[x×] ?\d{1,4})?( ?(cm|mm|m))?|\d+([.,]\d+)? ?(cm|mm|m|inch|tahun|thn|bulan|bln)"
    r"|\d{1,2} ?- ?\d{1,2}( ?(tahun|thn|bulan|bln))?)",
    re.IGNORECASE,
)
_COLOUR_WORDS = """
    abu abu-abu aqua army beige biru black blue bronze brown burgundy cokelat coklat cream dongker dusty emas fuchsia
    gold green grey gray hijau hitam indigo ivory jingga khaki kuning krem lavender lemon lilac lime magenta maroon mauve
    merah mint misty mocca mocha moka mustard navy nude olive orange oranye peach perak pink plum purple putih red
    rose sage salem salmon silver sogan taro terracotta tosca turquoise ungu violet warna white wine yellow
"""
_COLOURS = frozenset(_COLOUR_WORDS.split())

SIZE, COLOUR, OTHER = "Ukuran", "Warna", "Varian"


@dataclass(frozen=True, slots=True)
class Options:
    """Names of the axes, and for each variant text its value on each axis."""

    names: tuple[str, ...]
    values: dict[str, tuple[str, ...]]


def has_no_option(text: str) -> bool:
    """Whether the text says that the product comes in one way only."""
    return text.casefold() in _NO_OPTION


def options_of(texts: Sequence[str], names: tuple[str, ...] = ()) -> Options:
    """The options that a product's (different) variant texts show; `names` where the file has them.

    A product whose only text says nothing has no options.
    """
    if len(texts) == 1 and has_no_option(texts[0]):
        return Options((), {texts[0]: ()})
    values = split_variations(texts)
    axes = list(zip(*values, strict=True))
    if len(names) != len(axes):
        names = axis_names(axes)
    return Options(names, dict(zip(texts, values, strict=True)))


def split_variations(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Each text's values: cut at commas when that gives equally many for all, whole otherwise."""
    cut = [tuple(text.split(SEPARATOR)) for text in texts]
    counts = {len(values) for values in cut}
    is_clean = all(value.strip() == value and value for values in cut for value in values)
    if len(counts) == 1 and is_clean and counts <= set(range(2, MAX_AXES + 1)):
        return cut
    return [(text,) for text in texts]


def fitted(text: str, axes: int) -> tuple[str, ...] | None:
    """The text's values for a product that has so many axes already; None when it does not fit them."""
    if axes == 0:
        return () if has_no_option(text) else None
    values = (text,) if axes == 1 else tuple(text.split(SEPARATOR))
    return values if len(values) == axes and all(value.strip() for value in values) else None


def axis_names(axes: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """A name for each axis by what most of its values are; a second axis of one kind is `Varian 2`."""
    names: list[str] = []
    for n, values in enumerate(axes, 1):
        guess = _kind(set(values))
        if guess == OTHER or guess in names:
            guess = OTHER if n == 1 else f"{OTHER} {n}"
        names.append(guess)
    return tuple(names)


def _kind(values: set[str]) -> str:
    for kind, is_one in ((SIZE, _is_size), (COLOUR, _is_colour)):
        if 2 * sum(map(is_one, values)) > len(values):
            return kind
    return OTHER


def _is_size(value: str) -> bool:
    return _SIZE.fullmatch(value.strip()) is not None


def _is_colour(value: str) -> bool:
    return not _COLOURS.isdisjoint(re.split(r"[\s/&+]+", value.casefold()))
