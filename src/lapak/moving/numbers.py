"""How a file writes its numbers: a person types one at a time, a file has a style throughout."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from lapak.lib.numbers import NumberStyle, grouped_style, number_in_words, whole_number, without_currency

_NOUGHTS = re.compile(r"(?<=\d)[.,](?:0{1,2}|0{4,6})$", re.ASCII)
"""Decimals of nothing, as databases write money: three could be thousands, other numbers of digits cannot."""
_BELOW_NOUGHT = re.compile(r"\((?P<in_brackets>[^()]+)\)|(?P<before>.*\d)\s*-")
"""As accountants and their programs write what is below nought: `(5.000)`, `(Rp5.000)`, `5.000-`."""
_DECIMAL = re.compile(r"(-?\d{1,9})(?:[.,](\d{1,6}))?", re.ASCII)


def number_style(texts: Iterable[str]) -> NumberStyle:
    """How the file these numbers come from separates thousands: what most of the grouped numbers show."""
    seen = Counter({NumberStyle.DOTS: 0, NumberStyle.COMMAS: 0})
    seen.update(style for text in texts if (style := grouped_style(_bare(text))))
    most = max(seen, key=lambda style: seen[style])
    return most if seen[most] else NumberStyle.PLAIN


def number_of_file(text: str, style: NumberStyle) -> int | None:
    """The whole number in a cell of a file of this style: `125.000`, `Rp 125.000,00`, `125000.0000`, `125rb`, `(5.000)`; None
    for what is none, or is written in another style."""
    if text.isdigit():
        return whole_number(text, style)  # nearly every cell
    bare = _bare(text)
    number = whole_number(_NOUGHTS.sub("", bare), style)
    return number_in_words(bare) if number is None else number


def _bare(text: str) -> str:
    """Without currency and the apostrophe by which spreadsheets mark a text; what is below nought begins with a minus."""
    said = text.strip().removeprefix("'")
    if found := _BELOW_NOUGHT.fullmatch(said):
        said = f"-{found['in_brackets'] or found['before']}"
    return without_currency(said)


def decimal_number(text: str) -> Decimal | None:
    """A small number with decimals after a dot or a comma, such as kilograms; None for anything else."""
    found = _DECIMAL.fullmatch(text.strip())
    return Decimal(f"{found[1]}.{found[2] or '0'}") if found else None


def number_in(text: str) -> Decimal | None:
    """The number that stands in the text however it is written: `Rp 125.000`, `1,500`, `0,5`; None where none stands alone."""
    whole = (number_of_file(text, style) for style in NumberStyle)
    found = next((number for number in whole if number is not None), None)
    return decimal_number(without_currency(text)) if found is None else Decimal(found)


def is_number(text: str) -> bool:
    """Whether a number stands in the text alone, `0` too."""
    return number_in(text) is not None
