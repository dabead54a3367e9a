"""The sizes in which pages show a picture: WebP files beside it, so that no screen fetches more than it can draw. Pure, but for
the address under which the media storage is reached."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import default_storage

SMALL_PX = 240
"""Longer side of the picture beside a line of a cart or a list, 64 to 88 px wide, on phones with 2.7 pixels to each."""
CARD_PX = 480
"""Of a product card, half as wide as a phone of 360 px: the same phones."""
LONGER_SIDES_PX = (SMALL_PX, CARD_PX, 800, 1280)
"""The last two fill a phone's width, and half a desk's, at 2 to 3 pixels for each."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of a picture, in pixels, under the name of its file."""

    name: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Renditions:
    """A stored picture in all its sizes: the name of its own file, and its width and height in pixels."""

    file: str
    width_px: int
    height_px: int

    def __iter__(self) -> Iterator[Rendition]:
        """The smallest first; the last is the first that holds the whole picture: none is larger than it."""
        stem, longer_px = _stem(self.file), max(self.width_px, self.height_px)
        for side_px in LONGER_SIDES_PX:
            scale = min(1, side_px / longer_px)
            width_px, height_px = (max(1, round(length_px * scale)) for length_px in (self.width_px, self.height_px))
            yield Rendition(f"{stem}-{side_px}.webp", width_px, height_px)
            if side_px >= longer_px:
                return

    @property
    def small(self) -> str:
        """The address of the smallest."""
        return f"{_stem(default_storage.url(self.file))}-{SMALL_PX}.webp"

    @property
    def for_card(self) -> str:
        """Addresses and widths, as the attribute `srcset` takes them, as large as a product card needs them."""
        return self._srcset(CARD_PX)

    @property
    def for_page(self) -> str:
        """As `for_card`, for a picture that fills a page's column."""
        return self._srcset(LONGER_SIDES_PX[-1])

    def _srcset(self, most_px: int) -> str:
        stem = _stem(default_storage.url(self.file))  # once: a page shows forty
        sizes = zip(LONGER_SIDES_PX, self, strict=False)
        return ", ".join(f"{stem}-{side_px}.webp {size.width_px}w" for side_px, size in sizes if side_px <= most_px)


def _stem(name: str) -> str:
    return name.rpartition(".")[0]
