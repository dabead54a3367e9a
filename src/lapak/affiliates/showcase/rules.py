"""What fits on a showcase, and in which order: pure."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_WORDS = 300
"""Of a creator about themselves: what a phone shows above the goods. Elsewhere a bio has 80 to 150."""
LONGEST_TITLE = 60
MOST_SECTIONS = 12
MOST_IN_SECTION = 24
MOST_PINNED = 6
"""A page that is arranged is read whole at once: 294 goods at most. All others stand below, in pages."""

PINNED = ""
"""The section without a title, above all others."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """A section as its creator wants it: its title, and its goods in their order."""

    title: str
    product_ids: tuple[uuid.UUID, ...]

    @property
    def most(self) -> int:
        """So many goods fit."""
        return MOST_IN_SECTION if self.title else MOST_PINNED


@dataclass(frozen=True, slots=True)
class Wish:
    """Where goods are wanted: in which section, at which place (as typed; none: after the others)."""

    product_id: uuid.UUID
    section: str
    place: int | None


def arranged(titles: Iterable[tuple[str, str, int | None]], wishes: Iterable[Wish]) -> list[Arranged]:
    """The page as wished: the pinned first, then the sections (key, title, place) in the order of their places; those
    without a place come last, and equal places stay as they stood. Whose title was cleared is gone, and its goods are
    loose, as are those wanted in no section."""
    sections = [(key, title.strip(), place) for key, title, place in titles]
    sections.sort(key=lambda section: _last_without(section[2]))
    goods = sorted(wishes, key=lambda wish: _last_without(wish.place))

    def within(key: str) -> tuple[uuid.UUID, ...]:
        return tuple(dict.fromkeys(wish.product_id for wish in goods if wish.section == key))

    return [
        Arranged(PINNED, within("pinned")),
        *(Arranged(title, within(key)) for key, title, _place in sections if title),
    ]


def _last_without(place: int | None) -> tuple[bool, int]:
    return place is None, place or 0
