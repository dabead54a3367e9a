"""Codes of old links: what is one, and which other one may be had where it is taken. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from lapak.affiliates.link_rules import LONGEST_CODE, SHORTEST_CODE
from lapak.lib.public_names import RESERVED

_IN_QUERY = ("via", "ref", "rfsn", "aff", "tap_a")
"""By which programmes of affiliates name whose link it is in an address."""
_BETWEEN = re.compile(r"[\s,;|]+")
_MOST_PROPOSED = 50


def codes_in(text: str) -> list[str]:
    """The codes in a cell: `alex`, `alex, alex-tiktok`, `https://go.example.com/alex`, `https://example.com/?via=alex`."""
    return [code for word in _BETWEEN.split(text) if word and (code := _code_in(word))]


def _code_in(word: str) -> str:
    try:
        parts = urlsplit(word if "//" in word else f"//{word}" if "/" in word else "")
    except ValueError:  # an address of no form
        return ""
    if not (parts.netloc or parts.path):
        return word
    said = dict(parse_qsl(parts.query))
    named = next((said[name] for name in _IN_QUERY if name in said), "")
    return named or unquote(parts.path).strip("/").rpartition("/")[2]


def plain_code(text: str) -> str:
    """The nearest that can be a code here: `Alex_Tan 2024` is `alex-tan-2024`; empty where nothing is left."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_CODE].strip("-")


def proposals(code: str, handle: str) -> Iterator[str]:
    """Codes like it, the likest first: itself as it can be here, with its creator's handle, with numbers; without words that
    would pass for the marketplace itself."""
    own = plain_code(handle)
    stem = "-".join(word for word in plain_code(code).split("-") if word not in RESERVED) or own
    likes = (stem, f"{stem}-{own}", f"{own}-{stem}", *(f"{_cut(stem, n)}-{n}" for n in range(2, _MOST_PROPOSED)))
    yield from (like for like in likes if SHORTEST_CODE <= len(like) <= LONGEST_CODE)


def _cut(stem: str, number: int) -> str:
    return stem[: LONGEST_CODE - len(f"-{number}")].rstrip("-")
