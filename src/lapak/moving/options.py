"""What makes a product's variants differ, from texts that do not say: `Hitam, XL` → Warna: Hitam, Ukuran: XL.

The export joins option values with a comma and gives the axes no names. A comma is taken for a separator only where
every SKU of the product has as many. An axis is called what the seller once called its values, else what most of them are.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
    abu abu-abu aqua army beige biru black blue bronze brown burgundy camel champagne charcoal cognac cokelat coklat
    cream denim dongker dusty emas fuchsia gold gray green grey hijau hitam indigo ivory jingga khaki krem kuning
    lavender lemon lilac lime magenta maroon mauve merah mint misty mocca mocha moka mustard navy nude olive orange
    oranye peach perak pink plum purple putih red rose sage salem salmon silver sogan tan taro taupe terracotta
    tosca turquoise ungu violet warna white wine yellow
"""
_COLOURS = frozenset(_COLOUR_WORDS.split())

_FLAVOUR_WORDS = """
    asam asin balado barbeque bbq bawang cabe cokelat coklat durian gurih jagung keju manis matcha original ori pandan pedas
    rasa rujak sapi strawberry stroberi taro tawar vanila vanilla
"""
_FLAVOURS = frozenset(_FLAVOUR_WORDS.split())
_PHONE_WORDS = """
    galaxy infinix iphone itel oppo poco realme redmi samsung tecno vivo xiaomi
"""
_PHONES = frozenset(_PHONE_WORDS.split())
_GRINDS = frozenset({"biji", "bubuk", "giling", "halus", "kasar", "medium", "sedang", "utuh"})

_WEIGHT = re.compile(r"(berat )?\d+([.,]\d+)? ?(g|gr|gram|kg|kilo|kilogram|ons)", re.IGNORECASE)
_CONTENT = re.compile(
    r"(isi )?\d+([.,]\d+)? ?(ml|l|ltr|liter|cc|pcs|pc|pack|pak|sachet|box|biji|buah|lembar|lusin|pasang)|isi \d+",
    re.IGNORECASE,
)

OTHER = "Varian"

Names = Mapping[str, str]
"""What the seller called an axis, by each of its values (`folded`)."""


@dataclass(frozen=True, slots=True)
class Options:
    """Names of the axes, and for each variant text its value on each axis."""

    names: tuple[str, ...]
    values: dict[str, tuple[str, ...]]


def has_no_option(text: str) -> bool:
    """Whether the text says that the product comes in one way only."""
    return text.casefold() in _NO_OPTION


def folded(value: str) -> str:
    """The value as it is compared: `100 GR` is `100 gr`."""
    return " ".join(value.casefold().split())


def options_of(texts: Sequence[str], chosen: Names | None = None) -> Options:
    """The options that a product's (different) variant texts show.

    A product whose only text says nothing has no options.
    """
    if len(texts) == 1 and has_no_option(texts[0]):
        return Options((), {texts[0]: ()})
    values = split_variations(texts)
    names = axis_names(list(zip(*values, strict=True)), chosen)
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


def axis_names(axes: Sequence[Sequence[str]], chosen: Names | None = None) -> tuple[str, ...]:
    """A name for each axis: the seller's, else by what most of its values are; a second axis of one kind is `Varian 2`."""
    names: list[str] = []
    for n, values in enumerate(axes, 1):
        name = _chosen_for(values, chosen or {}) or kind_of(set(values))
        if name == OTHER or name in names:
            name = OTHER if n == 1 else f"{OTHER} {n}"
        names.append(name)
    return tuple(names)


def _chosen_for(values: Sequence[str], chosen: Names) -> str:
    names = Counter(chosen[value] for value in map(folded, values) if value in chosen)
    return names.most_common(1)[0][0] if names else ""


def kind_of(values: set[str]) -> str:
    """What most of the values are: `Ukuran`, `Warna` …; `OTHER` where nobody can tell."""
    count = {kind: sum(map(is_one, values)) for kind, is_one in _KINDS.items()}
    kind = max(count, key=lambda kind: count[kind])
    return kind if 2 * count[kind] > len(values) else OTHER


def _whole(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value.strip()) is not None


def _with(words: frozenset[str]) -> Callable[[str], bool]:
    return lambda value: not words.isdisjoint(re.split(r"[\s/&+]+", value.casefold()))


# Of kinds that explain equally many values the first is taken: chocolate is a colour, unless cheese is there as well.
_KINDS: dict[str, Callable[[str], bool]] = {
    "Ukuran": _whole(_SIZE),
    "Warna": _with(_COLOURS),
    "Rasa": _with(_FLAVOURS),
    "Berat": _whole(_WEIGHT),
    "Isi": _whole(_CONTENT),
    "Gilingan": _with(_GRINDS),
    "Tipe HP": _with(_PHONES),
}
