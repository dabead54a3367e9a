"""Passwords that anybody would try first at a marketplace called Lapak. The most met ones everywhere are Django's own list."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lapak.people.users.models import User

OBVIOUS = (
    "lapak", "tokopedia", "tokped", "shopee", "tiktok", "lazada", "bukalapak", "blibli", "toko", "shop", "pasar", "market",
    "belanja", "jualan", "jual", "beli", "dagang", "penjual", "pembeli", "kreator", "pengelola", "seller", "buyer", "creator",
    "operator", "admin", "staff", "kata", "sandi", "password", "rahasia", "masuk", "login", "qris", "bank", "uang", "duit",
    "indonesia", "jakarta", "rupiah", "akun", "account", "user", "saya", "aku", "the", "my", "dan", "di",
)  # fmt: skip
"""What the market is called, what it is like, what is done there and by whom; and what people add to that."""

LONGEST_LOOKED_AT = 30
"""Nobody guesses seven of these words in their order."""

_NOTHING_ELSE = re.compile(f"(?:{'|'.join(OBVIOUS)})+")
_AS_LETTERS = str.maketrans("0134578@$!", "oieasbtasi")
_NO_LETTER = re.compile(r"[\W\d_]")


class NotObvious:
    """A validator of passwords as Django wants it: refuses one that is such words and nothing else, whatever digits and
    signs are between them or stand for letters."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 - Django calls it so
        """Raises `ValidationError`."""
        if is_obvious(password):
            raise ValidationError(_("Somebody would try this one first. Choose one that only you would think of."))

    def get_help_text(self) -> str:
        """Django's hook; the fields have their own help."""
        return ""


def is_obvious(password: str) -> bool:
    """Whether it is made of `OBVIOUS` words alone."""
    small = password.casefold()[: LONGEST_LOOKED_AT + 1]
    readings = {_NO_LETTER.sub("", small), _NO_LETTER.sub("", small.translate(_AS_LETTERS))}
    return len(small) <= LONGEST_LOOKED_AT and any(map(_NOTHING_ELSE.fullmatch, readings))
