"""How a cell is read: its text as its field means it. Every reader takes the cell and what holds throughout its table."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lapak.goods.catalogue.rules import Origin
from lapak.lib.numbers import NumberStyle
from lapak.moving.numbers import decimal_number, number_of_file
from lapak.moving.plain_text import clean, plain_text
from lapak.moving.values import Number, SourceStatus, Unreadable
from lapak.moving.workbook import Cell, cell_text


@dataclass(slots=True)
class Look:
    """What is known of a whole table before its rows are read."""

    style: NumberStyle = NumberStyle.PLAIN
    lookup: Mapping[str, str] = field(default_factory=dict)
    """What a code in a cell stands for: the full path of a category by its number, the id of a product by its SKU."""


Reader = Callable[[Cell, Look], object]

_NAME_AND_ID = re.compile(r"(.*)\((\d+)\)")
_ID_AND_PATH = re.compile(r"(\d{4,})\s*(?:/|-)\s*(\D.*)")
_STATUS_CODE = re.compile(r"\((\d+)\)\s*$")
_ACTIVE_WORDS = frozenset(
    {"aktif", "active", "live", "activate", "activated", "ya", "yes", "true", "1", "publish", "published", "dijual"}
)
_NO_BRAND = frozenset(
    {"nobrand", "no-brand", "unbranded", "tanpamerek", "tidakadamerek", "tidakbermerek", "noname", "-"}
)
_OPTION_COMMA = re.compile(r",(?!\d)|(?<!\d),")
_WITH_UNIT = re.compile(r"([\d.,]+)\s*(kg|kilogram|gr?|gram|grams)?", re.IGNORECASE)
_COUNTED = re.compile(
    r"([\d.,\s]*\d)\s*(?:pcs?|pieces?|buah|biji|unit|units|lembar|helai|pasang|stok)\.?", re.IGNORECASE
)
_SOLD_OUT = frozenset({"habis", "kosong", "stok habis", "sold out", "out of stock"})
_G_PER_KG = 1_000
_FORMULA = frozenset("=+-@")
_MARKED_CODE = re.compile(r"'(?=[0-9])")
"""How a seller keeps a spreadsheet from taking `0017` for a number."""


YES = "ya"
"""As Lapak's own list says it."""


def text_of(cell: Cell) -> str:
    """What the cell says, clean."""
    return as_meant(clean(cell if isinstance(cell, str) else cell_text(cell)))


def as_meant(said: str) -> str:
    """Without the apostrophe that keeps spreadsheets from reckoning with a text (outgoing.py)."""
    return said[1:] if said[:1] == "'" and said[1:2] in _FORMULA else said


def kept(cell: Cell) -> str:
    """The cell as it stands, but for the one character that PostgreSQL cannot keep."""
    return (cell if isinstance(cell, str) else cell_text(cell)).replace("\0", "")


def text(cell: Cell, look: Look) -> str:  # noqa: ARG001 - readers are called alike
    """Its text."""
    return text_of(cell)


def code(cell: Cell, look: Look) -> str:  # noqa: ARG001
    """A code of the seller's or of its maker: `0017` for `'0017`."""
    said = text_of(cell)
    return said[1:] if _MARKED_CODE.match(said) else said


def html(cell: Cell, look: Look) -> str:  # noqa: ARG001
    """Readable text of what may be HTML."""
    return plain_text(as_meant(cell_text(cell)))


def escaped_html(cell: Cell, look: Look) -> str:
    r"""HTML whose line breaks are written as `\n`, as WooCommerce does."""
    return html(cell_text(cell).replace("\\n", "\n"), look)


def whole(cell: Cell, look: Look) -> Number:
    """A whole number, in the file's way of parting thousands; None for an empty cell."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    said = text_of(cell)
    if not said:
        return None
    number = number_of_file(said, look.style)
    return Unreadable(said) if number is None else number


def pieces(cell: Cell, look: Look) -> Number:
    """How many are there, in whatever they are counted; none in words is none."""
    number = whole(cell, look)
    if not isinstance(number, Unreadable):
        return number
    if number.text.casefold() in _SOLD_OUT:
        return 0
    counted = _COUNTED.fullmatch(number.text)
    return whole(counted[1], look) if counted else number


def shelf(cell: Cell, look: Look) -> Number:
    """Pieces, where a platform lets shops sell what they do not have: fewer than none is none."""
    number = pieces(cell, look)
    return max(0, number) if isinstance(number, int) else number


def kilograms(cell: Cell, look: Look) -> Number:
    """Kilograms with decimals, as whole grams; a part of a gram counts as one. A unit in the cell goes before the column's."""
    return _weight(cell, look, "kg")


def grams(cell: Cell, look: Look) -> Number:
    """Grams that a shop system writes with decimals: a part of a gram counts as one."""
    number = whole(cell, look)
    decimal = decimal_number(number.text) if isinstance(number, Unreadable) else None
    return number if decimal is None else math.ceil(decimal)


def centimetres(cell: Cell, look: Look) -> Number:  # noqa: ARG001
    """A side of a parcel: a part of a centimetre counts as one."""
    said = text_of(cell)
    if not said:
        return None
    number = decimal_number(said)
    return Unreadable(said) if number is None else math.ceil(number)


def weight_with_unit(cell: Cell, look: Look) -> Number:
    """`0.5 kg`, `500 g`, `500 gr`; a number alone is grams."""
    return _weight(cell, look, "g")


def _weight(cell: Cell, look: Look, unit_of_column: str) -> Number:
    said = text_of(cell)
    found = _WITH_UNIT.fullmatch(said)
    if found is None:
        return Unreadable(said) if said else None
    if not (found[2] or unit_of_column).casefold().startswith("k"):
        return whole(found[1], look)
    number = decimal_number(found[1])
    return Unreadable(said) if number is None else math.ceil(number * _G_PER_KG)


def without_id(cell: Cell, look: Look) -> str:  # noqa: ARG001
    """`Batik Trusmi` for `Batik Trusmi (7072630204522563329)`."""
    said = text_of(cell)
    found = _NAME_AND_ID.fullmatch(said)
    return found[1].rstrip() if found else said


def brand(cell: Cell, look: Look) -> str:
    """Its name; nothing where the platform's word for none stands."""
    name = without_id(cell, look)
    return "" if name.casefold().replace(" ", "") in _NO_BRAND else name


def category(cell: Cell, look: Look) -> str:
    """A path parted by slashes, of `Kain (605274)`, `605274`, `101379 - Kopi/Bubuk`, `0123345/Rumah/Lampu` or `Rumah > Lampu`.

    The number is looked up where the file has a list of them.
    """
    said = text_of(cell)
    if found := look.lookup.get(said):
        return found
    if with_id := _NAME_AND_ID.fullmatch(said):
        return look.lookup.get(with_id[2], with_id[1].rstrip())
    if with_path := _ID_AND_PATH.fullmatch(said):
        return look.lookup.get(with_path[1], with_path[2])
    return "/".join(step.strip() for step in said.split(">"))


def first_category(cell: Cell, look: Look) -> str:
    """The first of several paths parted by commas, as WooCommerce lists them."""
    return category(re.split(r"(?<!\\),", text_of(cell))[0].replace("\\,", ",").strip(), look)


def status(cell: Cell, look: Look) -> SourceStatus | None:  # noqa: ARG001
    """`Aktif(1)` is on sale; any other code or word is not; an empty cell says nothing."""
    said = text_of(cell)
    if not said:
        return None
    code = _STATUS_CODE.search(said)
    active = code[1] == "1" if code else said.casefold() in _ACTIVE_WORDS
    return SourceStatus.ACTIVE if active else SourceStatus.INACTIVE


def origin(cell: Cell, look: Look) -> str:  # noqa: ARG001
    """Where it was made, as Lapak's own list says it; nothing of another word."""
    said = text_of(cell)
    return said if said in set(Origin) else Origin.UNSAID


def yes(cell: Cell, look: Look) -> bool:  # noqa: ARG001
    """As Lapak's own list says it: `ya`, or nothing."""
    return text_of(cell) == YES


def spaced_options(cell: Cell, look: Look) -> str:  # noqa: ARG001
    """Option values parted by `, ` where the platform parts them by a comma alone: `Merah,XL`. `1,5 kg` is one value."""
    return ", ".join(value.strip() for value in _OPTION_COMMA.split(text_of(cell)))


READERS: Mapping[str, Reader] = {
    "title": text,
    "description": html,
    "category": category,
    "brand": brand,
    "status": status,
    "weight_g": whole,
    "length_cm": centimetres,
    "width_cm": centimetres,
    "height_cm": centimetres,
    "origin": origin,
    "has_ai_pictures": yes,
    "has_ai_words": yes,
    "variation": text,
    "seller_sku": code,
    "barcode": code,
    "price_idr": whole,
    "stock": pieces,
}
"""How a field is read unless a layout says otherwise."""
