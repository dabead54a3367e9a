"""Amounts as programmes elsewhere write them: in any currency, with two decimals. Pure."""

import re
from decimal import Decimal
from typing import NamedTuple

MAX_AMOUNT = Decimal(10) ** 13
"""Beyond it no commission of any currency lies; what is longer is no amount."""
_LONGEST, _MOST_DECIMALS = 40, 6
"""As long as databases write money."""
_SIGNS = {
    "rp": "IDR", "rp.": "IDR", "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "s$": "SGD", "rm": "MYR",
    "a$": "AUD",
}  # fmt: skip
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3}(?:\1\d{3})*)", re.ASCII)
"""Thousands, parted by one separator throughout."""
_CODE = re.compile(r"[A-Za-z]{3}", re.ASCII)
_WRITTEN = re.compile(
    r"(?P<minus>-?)\s*(?P<before>[^\d\s,()'-]*?)\s*(?P<minus_too>-?)(?P<number>\d[\d.,' ]*)\s*(?P<after>[^\d\s.,()'-]*)",
    re.ASCII,
)
_HUNDREDTH = Decimal("0.01")


class Amount(NamedTuple):
    """`currency` is empty where the cell does not say it."""

    value: Decimal
    currency: str
    has_decimals: bool


def amount_in(text: str) -> Amount | None:
    """`$1,234.50`, `12.5`, `1.234,50 €`, `Rp 125.000`, `(10.00)`, `-3 USD`; None for what is no amount. One separator before
    three digits parts thousands: money has two decimals."""
    said = text.strip()
    is_below = said.startswith("(") and said.endswith(")")
    found = _WRITTEN.fullmatch(said.strip("()")) if len(said) <= _LONGEST else None
    if found is None or (found["before"] and found["after"]):
        return None
    sign = found["before"] or found["after"]
    currency = currency_in(sign) if sign.isupper() or sign.casefold() in _SIGNS or not sign else None
    number = _plain(found["number"])
    value = Decimal(number) if number else MAX_AMOUNT
    if currency is None or value >= MAX_AMOUNT:
        return None
    times = -1 if is_below or found["minus"] or found["minus_too"] else 1
    return Amount(times * value.quantize(_HUNDREDTH), currency, "." in number)


def currency_in(text: str) -> str | None:
    """The code of the currency that is written as a code or a sign; empty for nothing, None for something else."""
    said = text.strip()
    if not said:
        return ""
    return _SIGNS.get(said.casefold()) or (said.upper() if _CODE.fullmatch(said) else None)


def _plain(number: str) -> str:
    """With a dot before its decimals and nothing else; empty for what is no number."""
    digits = re.sub(r"[' ]", "", number).rstrip(".,")
    if _GROUPED.fullmatch(digits):
        return re.sub(r"[.,]", "", digits)
    whole, _separator, decimals = digits.replace(",", ".").rpartition(".")
    if not whole:
        return digits if digits.isdigit() else ""
    bare = (
        re.sub(r"[.,]", "", digits[: len(whole)]) if _GROUPED.fullmatch(digits[: len(whole)]) else digits[: len(whole)]
    )
    return f"{bare}.{decimals}" if bare.isdigit() and len(decimals) <= _MOST_DECIMALS else ""
