"""Mobile numbers as Indonesians write them."""

import re

MOBILE = r"^(\+62|0)8\d{7,12}$"
"""As they are kept: in the country's own way or in the world's, without a sign between the digits."""

_BETWEEN = re.compile(r"[\s().-]")


def phone_in(text: str) -> str | None:
    """The number as it is kept, however it was typed (`0812-3456-7890`, `+62 812 3456 7890`, `62812…`); None if it is none."""
    digits = _BETWEEN.sub("", text)
    if digits.startswith("62"):
        digits = f"+{digits}"
    return digits if re.match(MOBILE, digits) else None


def spellings(phone: str) -> tuple[str, str]:
    """Both ways in which a number that is kept may be written."""
    rest = phone.removeprefix("+62").removeprefix("0")
    return f"0{rest}", f"+62{rest}"
