"""The number below a barcode (GTIN): 8, 12, 13 or 14 digits, of which the last checks the others. Pure.

Source: GS1 General Specifications 7.9, "Check digit calculations": from the right, every second digit counts three times.
"""

import re

MAX_BARCODE_LENGTH = 14
_LENGTHS = {8, 12, 13, MAX_BARCODE_LENGTH}
_BETWEEN = re.compile(r"[\s-]+")


def barcode_of(text: str) -> str | None:
    """The number as it is kept, without the blanks and hyphens people write in it; empty for an empty text, None for what is no
    barcode."""
    digits = _BETWEEN.sub("", text)
    if not digits:
        return ""
    is_number = digits.isascii() and digits.isdigit() and len(digits) in _LENGTHS
    return digits if is_number and _checks(digits) else None


def _checks(digits: str) -> bool:
    return sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(reversed(digits))) % 10 == 0
