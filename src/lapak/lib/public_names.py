"""What people, shops and creators may be called, where others read it: nothing that is not seen, nothing that looks like other
letters, nothing that passes for the marketplace itself."""

import re
import unicodedata
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

OURS = "lapak"
"""Also an ordinary word for a stall: `Lapak Bu Siti` is a shop's own name, `Lapak Resmi` is not."""

RESERVED = frozenset(
    {"admin", "administrator", "bantuan", "help", OURS, "official", "operator", "promo", "resmi", "staff", "support"}
)
"""Words that nobody has in a code or a handle."""

_TITLES = RESERVED - {OURS, "promo"} | {"customer", "service", "helpdesk", "layanan", "pelanggan"}
"""Whoever is called by these alone, or has one of them beside our name, speaks for us."""
_BESIDE_OURS = {
    "promo",
    "id",
    "indonesia",
    "pusat",
    "pay",
    "store",
    "shop",
    "toko",
    "tim",
    "team",
    "cs",
    "care",
    "mall",
    "app",
}
"""With our name and nothing else, it is still ours."""

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f")
"""Letters and marks that are drawn as nothing."""
_JOINER = "\u200d"
"""Joins what several emoji make together, and is seen by that."""

_ALIKE_SCRIPTS = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE", "LISU"}
"""Scripts with letters that are drawn like another's."""
_LOOKS_LIKE = str.maketrans(
    {"0": "o", "1": "l", "|": "l", "i": "l", "I": "l", "!": "l", "4": "a", "@": "a", "$": "s", "5": "s", "3": "e"}
    | dict(zip("аеорсухкіѕԁӏһ", "aeopcyxklsdlh", strict=True))
    | dict(zip("αορκνικΑΡΚΛΕΟΙΝΤΧ", "aopkvlkAPKAEOlNTX", strict=True))
    | dict(zip("АВЕКМНОРСТХЈЅІ", "ABEKMHOPCTXJSl", strict=True))
)
"""The pairs that matter for our name and the titles; an i and an l are one. Of other
words nobody is asked to be protected from their like."""


def _read_by(words: Collection[str]) -> str:
    """As the eye takes them, as alternatives."""
    return "|".join(word.translate(_LOOKS_LIKE) for word in words)


_ONLY_TITLES = re.compile(rf"(?:{_read_by(_TITLES)})+")
_BESIDE = _read_by(_TITLES | _BESIDE_OURS | {OURS})
_ONLY_OURS = re.compile(rf"(?:{_BESIDE})*{OURS}(?:{_BESIDE})*")
_TITLE = re.compile(_read_by(_TITLES))


def public_name(name: str) -> None:
    """A validator of fields: refuses (`ValidationError`) what others should not have to read."""
    if _has_unseen(name):
        raise ValidationError(_("Write it on one line, without characters that nobody sees."))
    if _is_disguised(name):
        raise ValidationError(_("Write it in plain letters of one script: some of these only look like others."))
    if passes_for_us(name):
        raise ValidationError(_("This would pass for Lapak itself. Choose another name."))


def cleaned_name(name: str) -> str:
    """The name on one line without what nobody sees, as what comes from elsewhere is taken over."""
    seen = "".join(" " if each.isspace() else each for each in name if each.isspace() or not _is_unseen(each, ""))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def passes_for_us(name: str) -> bool:
    """Whether readers would take it for the marketplace, its staff or its own shop, however it is spelt."""
    words = re.findall(r"[a-z]+", unicodedata.normalize("NFKC", name).translate(_LOOKS_LIKE).casefold())
    together = "".join(words)
    if _ONLY_TITLES.fullmatch(together) or _ONLY_OURS.fullmatch(together):
        return True
    return any(OURS in word for word in words) and any(map(_TITLE.fullmatch, words))


def _has_unseen(name: str) -> bool:
    return any(_is_unseen(each, before) for before, each in zip(f" {name}", name, strict=False))


def _is_unseen(character: str, before: str) -> bool:
    if character == _JOINER and unicodedata.category(before or " ") in {"So", "Sk", "Mn"}:
        return False
    return unicodedata.category(character) in _UNSEEN or character in _BLANKS


def _is_disguised(name: str) -> bool:
    """A word of several scripts that look alike, or letters that are other letters in another dress."""
    words = re.findall(r"[^\W\d_]+", name)
    dressed = any(unicodedata.normalize("NFKC", letter) != letter for word in words for letter in word)
    return dressed or any(len(_scripts(word) & _ALIKE_SCRIPTS) > 1 for word in words)


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(letter, "?").partition(" ")[0] for letter in word}
