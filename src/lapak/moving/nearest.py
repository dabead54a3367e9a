"""Of a file that no format knows: which formats it comes nearest to, and what it lacks of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lapak.moving.layout import PROBLEM, Format, Layout


@dataclass(frozen=True, slots=True)
class Near:
    """A format of which some columns are there, and the names of those that it cannot do without."""

    format: Format
    missing: tuple[str, ...]


def headings(head: Sequence[Sequence[str]]) -> list[str]:
    """The fullest of the first rows, the upper of two: what most likely names the columns."""
    return [cell for cell in max(head, key=lambda row: sum(map(bool, row)), default=()) if cell]


def nearest(names: Iterable[str], formats: Sequence[Format], most: int = 2) -> list[Near]:
    """The formats that know most of these names of columns, the nearest first; those that know one name alone are none."""
    said = list(names)
    found = [
        max((_looked_at(layout, said) for layout in (*fmt.layouts, *fmt.past)), key=lambda each: each[0])
        for fmt in formats
    ]
    near = [(known, Near(fmt, lacks)) for fmt, (known, lacks) in zip(formats, found, strict=True) if known > 1]
    return [each for _known, each in sorted(near, key=lambda pair: -pair[0])[:most]]


def _looked_at(layout: Layout, names: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """How many fields have their column, and what is missing of what the layout needs."""
    fields = {name for cell in names if (name := layout.field_of(cell))} - {PROBLEM}
    lacks = sorted(layout.needs - fields)
    if layout.needs_one_of and fields.isdisjoint(layout.needs_one_of):
        lacks.append(min(layout.needs_one_of))
    return len(fields), tuple(_column(layout, name) for name in lacks)


def _column(layout: Layout, name: str) -> str:
    """What sellers read above the column: a label goes before a machine's key."""
    spelled = [text.replace("{n}", "1") for text in layout.spellings.get(name) or (name,)]
    return next((text for text in spelled if "_" not in text), spelled[0])
