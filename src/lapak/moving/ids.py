"""Ids as files hold them: texts, never numbers; and how to see that a spreadsheet or a script has rounded them.

A number in a computer keeps 15 to 17 digits, an id may have 19. Excel fills with zeros after the fifteenth; pandas and other
scripts keep the nearest double (`1720547031006820094` → `…096`), JavaScript its shortest name (`…000`). One id may look so
by chance; many do not.
"""

import math
import re
from collections.abc import Mapping
from decimal import Decimal

from lapak.moving.plain_text import clean
from lapak.moving.workbook import Cell, cell_text

MAX_EXACT = 10**15
"""Excel keeps every whole number below."""

SHORTENED = re.compile(r"\d+([.,]\d+E\+?|E\+)\d+", re.IGNORECASE)
"""As spreadsheets and scripts shorten a number: by a point, or a plus. `230904E12` may be the number of an order."""
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3}){3,}")
"""A number with its thousands parted, longer than any decimals."""
_WITH_POINT = re.compile(r"(\d+)\.0+")
_EXCEL_DIGITS = 15
_MIN_ZEROS, _MAX_ZEROS = 3, 4
"""One id in a thousand, or in ten thousand, ends so by chance."""
_DOUBLE_BITS = 53
_MAX_DIGITS = 25
"""Longer than any platform's ids; Python itself refuses numbers of thousands of digits."""
_LONG = 10**17
"""Below, so many numbers are doubles exactly (one in 16 and more) that it tells nothing."""
_CHANCE = 10**6
"""One honest file in a million may be refused."""


def id_of(cell: Cell) -> str | None:
    """The id, without what cannot be seen (byte-order marks, zero-width spaces), quotes, parted thousands and an added `.0`.

    None when it is lost: a number with more digits than a spreadsheet keeps, or `1.72E+18`.
    """
    if isinstance(cell, str) and cell.isascii() and cell.isdigit():
        return cell
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if abs(cell) >= MAX_EXACT or not float(cell).is_integer():
            return None
        return str(int(cell))
    text = visible(clean(cell_text(cell))).strip("' ")
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "").replace(",", "")
    if pointed := _WITH_POINT.fullmatch(text):
        text = pointed[1]
        if len(text.lstrip("0")) > _EXCEL_DIGITS:
            return None
    return None if SHORTENED.fullmatch(text) else text


def visible(text: str) -> str:
    """Without characters that nobody sees."""
    return text if text.isascii() else "".join(c for c in text if c.isprintable())


class Suspects:
    """Counts the ids of a column that look rounded, each once."""

    def __init__(self) -> None:
        self._last = ""
        self._cut, self._doubles, self._long = 0, 0, 0
        self._unlikely, self._unlikely_cut = 1, 1
        self._seen = 0

    def add(self, source_id: str) -> None:
        """One more id. The rows of a product come together: its id counts once."""
        if source_id == self._last or not (source_id.isascii() and source_id.isdigit()):
            return
        self._last = source_id
        self._seen += 1
        zeros = min(len(source_id) - _EXCEL_DIGITS, _MAX_ZEROS)
        if zeros >= _MIN_ZEROS and source_id.endswith("0" * zeros):
            self._cut += 1
            if self._unlikely_cut < _CHANCE:
                self._unlikely_cut *= 10**zeros
        number = int(source_id) if len(source_id) <= _MAX_DIGITS else 0
        if number >= _LONG:
            self._long += 1
            if _is_double(number):
                self._doubles += 1
                if self._unlikely < _CHANCE:
                    self._unlikely <<= number.bit_length() - _DOUBLE_BITS - 1

    @property
    def unlikely_cut(self) -> int:
        """One in how many honest columns has as many that end in zeros behind the fifteenth digit; 1 where most do not."""
        return self._unlikely_cut if 10 * self._cut >= self._seen else 1

    @property
    def are_rounded(self) -> bool:
        """Whether so many look rounded that it is no chance."""
        are_doubles = 2 * self._doubles > self._long and self._unlikely >= _CHANCE
        return are_doubles or self.unlikely_cut >= _CHANCE


def rounded_column(columns: Mapping[str, Suspects]) -> str | None:
    """The first column whose ids were rounded.

    Cut to fifteen digits, the ids of goods listed on one day become one: then few are left, and the columns tell together.
    """
    if math.prod(suspects.unlikely_cut for suspects in columns.values()) >= _CHANCE:
        return next(name for name, suspects in columns.items() if suspects.unlikely_cut > 1)
    return next((name for name, suspects in columns.items() if suspects.are_rounded), None)


def _is_double(number: int) -> bool:
    """Whether it is what a double says exactly, or its shortest name, which has 17 digits at most and noughts then."""
    double = float(number)
    return int(double) == number or (number % 10 == 0 and int(Decimal(repr(double))) == number)
