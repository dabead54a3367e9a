"""Numbers as people and files write them.

In Indonesian a dot parts thousands and a comma parts decimals: `150.000`, `2,5`. What can be read in one way only is read,
however it is written; what can be read in two ways is refused with both named, never guessed.
"""

import re
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, cast

from django.utils.formats import number_format
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lapak.lib.money import format_idr
from lapak.lib.refusal import Unfit

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class NumberRefused(Unfit):
    """What was typed is no number, or could be two."""

    code = "number_refused"
    message = gettext_lazy("Type a number.")


class NumberStyle(Enum):
    """How thousands are parted. The value is the separator."""

    PLAIN = ""
    DOTS = "."
    COMMAS = ","


_GROUPED = {
    NumberStyle.DOTS: re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+(,0{1,2})?", re.ASCII),
    NumberStyle.COMMAS: re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.0{1,2})?", re.ASCII),
}
"""Nobody begins a thousand with a nought: `0.500` is half of something."""
_UNGROUPED = {
    NumberStyle.PLAIN: re.compile(r"-?\d+([.,]0{1,2})?", re.ASCII),
    NumberStyle.DOTS: re.compile(r"-?\d+(,0{1,2})?", re.ASCII),
    NumberStyle.COMMAS: re.compile(r"-?\d+(\.0{1,2})?", re.ASCII),
}
_SPACED = re.compile(r"-?[1-9]\d{0,2}( \d{3})+", re.ASCII)
_TWO_WAYS = re.compile(r"(\d{1,3})[.,](\d{1,3})", re.ASCII)
"""One separator that a person may have meant either way: `150,000`, `1.5`."""
_PERCENT = re.compile(r"(-?)(\d{1,3})(?:[.,](\d{1,2}))? ?%?", re.ASCII)
_CURRENCY = re.compile(r"(?<!.)(-?)\s*(?:rp\.?|idr)\s*|\s*(?:idr|rupiah)$|[.,]-{1,2}$", re.IGNORECASE)
_IN_WORDS = re.compile(r"(\d{1,6})(?:(?<!\d{4})[.,](\d{1,2}))? ?(rb|ribu|k|jt|juta)", re.ASCII | re.IGNORECASE)
_TIMES = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000}
"""`150rb` and `1,5 juta`, as prices are said and written everywhere; three decimals of these could be thousands."""
_MAX_LENGTH = 30
"""`Rp 1.000.000.000.000,00` and room; Python itself refuses numbers of thousands of digits."""

_AS_ASCII = {
    **{0xFF01 + n: 0x21 + n for n in range(94)},  # full-width forms, as East Asian keyboards type them
    **dict.fromkeys([0x00A0, 0x2007, 0x2009, 0x202F, 0x3000], 0x20),  # spaces that do not break, and wide ones
    **dict.fromkeys([*range(0x2010, 0x2016), 0x2212], 0x2D),  # dashes, and the minus of typesetters and our own
    **dict.fromkeys([0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]),
}
"""What looks like a plain character is that one. Those that cannot be seen are none: who pastes `150.000` out of a chat or a
workbook does not know that marks of the direction of writing came along."""


def grouped_style(text: str) -> NumberStyle | None:
    """How the number parts its thousands; None when nothing tells."""
    return next((style for style, pattern in _GROUPED.items() if pattern.fullmatch(_plain(text))), None)


def whole_number(text: str, style: NumberStyle) -> int | None:
    """The number, or None when the text is no whole number written in this style.

    A number grouped in the other style is None too: in a file of `125.000`, what does `1,500` mean? Decimals of nothing
    but zeros (`125000.00`) are no decimals, and groups of three after spaces are thousands in any style.
    """
    if len(text) > _MAX_LENGTH:
        return None
    if text.isascii() and text.isdigit():
        return int(text)  # the same in any style, and what nearly every cell of a file is
    plain = _plain(text)
    if _SPACED.fullmatch(plain):
        return int(plain.replace(" ", ""))
    if style in _GROUPED and _GROUPED[style].fullmatch(plain):
        decimals = "," if style is NumberStyle.DOTS else "."
        return int(plain.partition(decimals)[0].replace(style.value, ""))
    if _UNGROUPED[style].fullmatch(plain):
        return int(re.split(r"[.,]", plain)[0])
    return None


def without_currency(text: str) -> str:
    """`Rp 125.000,-` is `125.000`, and `-Rp125.000` `-125.000`. What is longer than any number is left as it is."""
    return _CURRENCY.sub(r"\1", _plain(text)) if len(text) <= 2 * _MAX_LENGTH else text


def number_in_words(text: str) -> int | None:
    """`150rb` is 150000 and `1,5 juta` 1500000; None for what is not written so."""
    found = _IN_WORDS.fullmatch(_plain(text))
    if found is None:
        return None
    whole, decimals, times = found.groups()
    return int(whole + (decimals or "").ljust(2, "0")) * _TIMES[times.lower()] // 100


def read_count(typed: str) -> int:
    """A whole number as typed: `1.000` is a thousand. Refuses (`NumberRefused`) what is none, or could be two."""
    return _read(typed, typed, format_whole)


def read_idr(typed: str) -> int:
    """Whole rupiah as typed: `150.000`, `150000`, `Rp 150.000`, `Rp150.000,-`, `150.000,00`, `150rb`, `1,5 juta`. Refuses as
    `read_count`."""
    bare = without_currency(typed)
    number = number_in_words(bare)
    return _read(typed, bare, format_idr) if number is None else number


def read_rate_bp(typed: str) -> int:
    """Basis points of a percentage as typed: `1,2`, `1.2` and `1,20 %` are 120. Nobody parts the thousands of a percentage,
    so dot and comma mean the same. Refuses (`NumberRefused`) more than two decimals."""
    found = _PERCENT.fullmatch(_plain(typed))
    if found is None:
        raise NumberRefused(
            _("“%(typed)s” is not a percentage. Type it like 10 or %(example)s, with up to two decimals.")
            % {"typed": typed[:_MAX_LENGTH], "example": localised("2.5")}
        )
    sign, whole, decimals = found.groups()
    rate_bp = int(whole) * 100 + int((decimals or "").ljust(2, "0"))
    return -rate_bp if sign else rate_bp


def _in_groups(number: int) -> str:
    return str(number_format(number, force_grouping=True))


_grouped: Callable[[int], str] = lazy(_in_groups, str)


def filled(message: "str | Promise", **numbers: int) -> "_StrPromise":
    """A sentence with the numbers of its rule, `{most}`, grouped as its reader groups digits; put together when it is read."""
    return format_lazy(cast("str", message), **{name: _grouped(number) for name, number in numbers.items()})


def format_whole(number: int) -> str:
    """`1.000`, as Indonesians write it."""
    return f"{number:,}".replace(",", ".")


def format_count(number: int) -> str:
    """How many, as the page's language writes it: `1.000` in Indonesian, `1,000` in English, where a dot parts decimals."""
    return str(number_format(number, force_grouping=True))


def format_rate(rate_bp: int) -> str:
    """A rate in percent, without the sign: 250 → `2,5` in Indonesian, `2.5` in English."""
    return localised(f"{rate_bp / 100:.2f}".rstrip("0").rstrip("."))


def localised(written: str) -> str:
    """A number written with a decimal point, with the decimal sign of the reader's language."""
    return written if (get_language() or "id").startswith("en") else written.replace(".", ",")


def _read(typed: str, bare: str, write: Callable[[int], str]) -> int:
    """The one whole number that `bare` can be; English ways of writing (`1,000.00`) too, when nothing else is meant."""
    number = whole_number(bare, NumberStyle.DOTS)
    if number is None and not _TWO_WAYS.fullmatch(_plain(bare)):
        number = whole_number(bare, NumberStyle.COMMAS)
    if number is None:
        raise _refused(typed, _plain(bare), write)
    return number


def _refused(typed: str, plain: str, write: Callable[[int], str]) -> NumberRefused:
    if not plain:
        return NumberRefused()
    shown = typed.strip()[:_MAX_LENGTH]
    two_ways = _TWO_WAYS.fullmatch(plain)
    if two_ways is None:
        return NumberRefused(_("“%(typed)s” is not a whole number. Type it like 1.000, or 1000.") % {"typed": shown})
    whole, rest = two_ways.groups()
    more = int(whole + rest.ljust(3, "0"))
    decimals = rest.rstrip("0")
    less = write(int(whole)) + (f",{decimals}" if decimals else "")
    return NumberRefused(
        _("“%(typed)s” could be %(less)s or %(more)s. For %(more)s type %(grouped)s, or %(digits)d without a dot.")
        % {"typed": shown, "less": less, "more": write(more), "grouped": format_whole(more), "digits": more}
    )


def _plain(text: str) -> str:
    """In the plain characters of a keyboard."""
    return text.translate(_AS_ASCII).strip()
