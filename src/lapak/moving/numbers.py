"""Whole numbers as people and spreadsheets write them: `125000`, `125.000`, `125,000`."""

import re
from collections.abc import Iterable
from enum import Enum


class NumberStyle(Enum):
    """How a file separates thousands. The value is the separator."""

    PLAIN = ""
    DOTS = "."
    COMMAS = ","


_GROUPED = {
    NumberStyle.DOTS: re.compile(r"-?\d{1,3}(\.\d{3})+(,0{1,2})?", re.ASCII),
    NumberStyle.COMMAS: re.compile(r"-?\d{1,3}(,\d{3})+(\.0{1,2})?", re.ASCII),
}
_UNGROUPED = {
    NumberStyle.PLAIN: re.compile(r"-?\d+([.,]0{1,2})?", re.ASCII),
    NumberStyle.DOTS: re.compile(r"-?\d+(,0{1,2})?", re.ASCII),
    NumberStyle.COMMAS: re.compile(r"-?\d+(\.0{1,2})?", re.ASCII),
}
_MAX_LENGTH = 30
"""`Rp 1.000.000.000.000,00` and room; Python itself refuses numbers of thousands of digits."""
_CURRENCY = re.compile(r"^(rp\.?|idr)\s*|\s*idr$", re.IGNORECASE)


def number_style(texts: Iterable[str]) -> NumberStyle:
    """How the file these numbers come from separates thousands: what most of the grouped numbers show."""
    seen = dict.fromkeys(_GROUPED, 0)
    for text in texts:
        for style, pattern in _GROUPED.items():
            seen[style] += pattern.fullmatch(_bare(text)) is not None
    most = max(seen, key=lambda style: seen[style])
    return most if seen[most] else NumberStyle.PLAIN


def whole_number(text: str, style: NumberStyle) -> int | None:
    """The number, or None when the text is no whole number written in this style.

    A number grouped in the other style is None too: in a file of `125.000`, what does `1,500` mean? Decimals of nothing
    but zeros (`125000.00`) are no decimals.
    """
    if len(text) > _MAX_LENGTH:
        return None
    if text.isdecimal() and text.isascii():
        return int(text)
    bare = _bare(text)
    if style in _GROUPED and _GROUPED[style].fullmatch(bare):
        decimals = "," if style is NumberStyle.DOTS else "."
        return int(bare.partition(decimals)[0].replace(style.value, ""))
    if _UNGROUPED[style].fullmatch(bare):
        return int(re.split(r"[.,]", bare)[0])
    return None


def _bare(text: str) -> str:
    """Without the currency: `Rp 125.000` is `125.000`."""
    return _CURRENCY.sub("", text.strip())
