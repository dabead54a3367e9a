"""What a page looks like where it is shared: a picture of 1200 × 630 pixels, drawn here. Pure, but for the letters' files.

The size is the one that WhatsApp, Facebook, X and Telegram show large. Letters are Plus Jakarta Sans (`fonts/`, SIL Open Font
License), which has all that Indonesian is written with; what it has no letter for is left out instead of drawn as a box.
"""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

WIDTH_PX, HEIGHT_PX = 1200, 630
DRAWN_AS = 1
"""Raised when the same words and pictures are drawn differently: what was drawn before is then drawn anew."""

_FONTS = Path(__file__).parent / "fonts"
_PLAIN, _HEAVY = "plus-jakarta-sans-latin-500-normal.woff", "plus-jakarta-sans-latin-800-normal.woff"

_PAPER, _INK, _SOFT, _INDIGO, _TURMERIC = "#faf5eb", "#26211a", "#62584a", "#25427f", "#f2b53c"
"""The light colours of the pages (`tokens.css`)."""

_EDGE_PX = 60
_STRIPE_PX = 14
_GAP_PX = 6
_MOST_LINES = 4
_MOST_PICTURES = 4


@dataclass(frozen=True, slots=True)
class ShareCard:
    """The words of a card: a title, what counts most (a price), and by whom it is."""

    title: str
    price: str
    by: str


def drawn(card: ShareCard, files: Sequence[bytes]) -> bytes:
    """The card as a JPEG: pictures at the left, one or four; words at the right, or alone where no picture can be read."""
    pictures = list(_readable(files[:_MOST_PICTURES]))
    canvas = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), _PAPER)
    left_px = HEIGHT_PX if pictures else 0
    if pictures:
        canvas.paste(_tiled(pictures), (0, 0))
    _write(ImageDraw.Draw(canvas), card, left_px + _EDGE_PX)
    encoded = io.BytesIO()
    canvas.save(encoded, "JPEG", quality=85, optimize=True, progressive=True)
    return encoded.getvalue()


def legible(text: str) -> str:
    """The text in letters that can be drawn: ornate ones are made plain, emoji and other scripts are left out."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text))
    return " ".join("".join(letter if letter.isspace() or _has(letter) else " " for letter in plain).split())


def lines_of(text: str, font: ImageFont.FreeTypeFont, width_px: int, most: int) -> list[str]:
    """The text in so many lines of that width at most; a longer one ends in an ellipsis, an endless word is cut."""
    lines: list[str] = []
    for word in _fitting_words(text, font, width_px):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        last = lines[most - 1]
        while last and font.getlength(f"{last}…") > width_px:
            last = last[:-1]
        lines[most - 1 :] = [f"{last.rstrip()}…"]
    return lines


def _fitting_words(text: str, font: ImageFont.FreeTypeFont, width_px: int) -> Iterator[str]:
    for word in text.split():
        rest = word
        while font.getlength(rest) > width_px:
            fits = next(
                end for end in range(len(rest) - 1, 0, -1) if end == 1 or font.getlength(rest[:end]) <= width_px
            )
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _write(draw: ImageDraw.ImageDraw, card: ShareCard, left_px: int) -> None:
    width_px = WIDTH_PX - left_px - _EDGE_PX
    draw.rectangle((left_px - _EDGE_PX, HEIGHT_PX - _STRIPE_PX, WIDTH_PX, HEIGHT_PX), fill=_TURMERIC)
    draw.text((left_px, _EDGE_PX), "Lapak", _INDIGO, _font(_HEAVY, 34))
    top_px = _EDGE_PX + 78
    title = _font(_HEAVY, 50 if left_px > _EDGE_PX else 68)
    for line in lines_of(legible(card.title), title, width_px, _MOST_LINES):
        draw.text((left_px, top_px), line, _INK, title)
        top_px += round(title.size * 1.22)
    if card.price:
        draw.text((left_px, top_px + 14), card.price, _INDIGO, _font(_HEAVY, 62))
        _write_shop(draw, card.by, (left_px, HEIGHT_PX - _EDGE_PX - _STRIPE_PX - 20), width_px, most=1)
    else:
        _write_shop(draw, card.by, (left_px, top_px + 20), width_px, most=_MOST_LINES)


def _write_shop(draw: ImageDraw.ImageDraw, shop: str, at: tuple[int, int], width_px: int, *, most: int) -> None:
    font, (left_px, top_px) = _font(_PLAIN, 30), at
    for line in lines_of(legible(shop), font, width_px, most):
        draw.text((left_px, top_px), line, _SOFT, font)
        top_px += round(font.size * 1.4)


def _readable(pictures: Sequence[bytes]) -> Iterator[Image.Image]:
    """Each that is whole, on the paper's colour where it is transparent."""
    for data in pictures:
        try:
            with Image.open(io.BytesIO(data)) as given:
                pixels = given.convert("RGBA")
        except OSError:
            continue
        paper = Image.new("RGBA", pixels.size, _PAPER)
        yield Image.alpha_composite(paper, pixels).convert("RGB")


def _tiled(pictures: Sequence[Image.Image]) -> Image.Image:
    """One picture fills the square; four share it. Two or three are as good as one: a gap would look like a fault."""
    square = Image.new("RGB", (HEIGHT_PX, HEIGHT_PX), _PAPER)
    if len(pictures) < _MOST_PICTURES:
        square.paste(ImageOps.fit(pictures[0], (HEIGHT_PX, HEIGHT_PX)))
        return square
    side_px = (HEIGHT_PX - _GAP_PX) // 2
    for place, picture in enumerate(pictures):
        row, column = divmod(place, 2)
        square.paste(
            ImageOps.fit(picture, (side_px, side_px)), (column * (side_px + _GAP_PX), row * (side_px + _GAP_PX))
        )
    return square


@lru_cache(maxsize=8)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / name, size)


@lru_cache(maxsize=2048)
def _has(letter: str) -> bool:
    """Whether the font has it: what it has not is drawn as the same box for every letter."""
    font = _font(_HEAVY, 34)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff")) and letter.isprintable()
