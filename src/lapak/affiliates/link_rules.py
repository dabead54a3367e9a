"""What a link may be called, what it may put onto an address, and which goods a pasted line means: pure."""

import re
import unicodedata
import uuid
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlencode

from lapak.lib.public_names import RESERVED

SHORTEST_CODE, LONGEST_CODE = 4, 24
"""Of a chosen code. Longer than a word or two nobody types it from a video; shorter ones would be gone in a day."""
MOST_CHOSEN = 50
"""Codes that a creator may choose: enough for a name for each place and campaign, too few to sit on all good words."""

UTM_FIELDS = ("source", "medium", "campaign", "term", "content")
"""As analytics read them: `utm_source` and its four fellows."""
LONGEST_UTM = 50
LONGEST_UTM_QUERY = sum(len(f"utm_{name}=&") + LONGEST_UTM for name in UTM_FIELDS)

MOST_LINKS_A_DAY = 2_000
"""Of one creator: ten pastes of the largest kind. Whoever makes more is a program, and fills the table for nobody."""

MOST_LINES = 200
"""Addresses pasted at once: a month of videos, answered in one page."""

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_FROM_LETTER_TO_LETTER = re.compile(r"[0-9a-z](?:.*[0-9a-z])?", re.ASCII | re.DOTALL)
_PARAMETERS = re.compile(r"(?<=.)[?#].*", re.DOTALL)
_GOODS_IN_ADDRESS = re.compile(r"/p/(?:[^\s/?#]*-)?([0-9a-f]{32})(?![0-9a-f])", re.IGNORECASE)


class Outcome(StrEnum):
    """What became of a pasted line."""

    MADE = "made"
    HAD = "had"
    DOUBLED = "doubled"
    UNKNOWN = "unknown"
    NO_PROGRAMME = "no_programme"


def code_as_chosen(text: str) -> str | None:
    """The code in small letters, from what was typed (with or without the address around it); None if none can be made:
    4 to 24 letters, digits and single hyphens between them."""
    code = text.strip().rstrip("/").rpartition("/")[2].lower()
    return code if SHORTEST_CODE <= len(code) <= LONGEST_CODE and _CODE.fullmatch(code) else None


def code_meant(text: str) -> str:
    """The code, in small letters, without what a sentence or a chat hangs on it: a full stop, a star that makes letters bold,
    a quotation mark, a character that nobody sees, in percent signs or not. No code begins or ends with one of them."""
    found = _FROM_LETTER_TO_LETTER.search(unquote(text).lower())
    return found[0] if found else ""


def code_typed(text: str) -> str:
    """The code that was typed, or pasted with the address before it and parameters behind it."""
    return code_meant(code_meant(_PARAMETERS.sub("", text.strip())).rpartition("/")[2])


def is_reserved(code: str) -> bool:
    """Whether one of its words is the marketplace's own."""
    return not RESERVED.isdisjoint(code.split("-"))


def utm_query(values: Mapping[str, str]) -> str:
    """What a link puts onto its address (`utm_source=tiktok&utm_campaign=lebaran-2026`), by the names of `UTM_FIELDS`: in
    small letters, digits and hyphens, as analytics tell `TikTok` from `tiktok`. Empty ones are left out."""
    return urlencode({f"utm_{name}": cleaned for name in UTM_FIELDS if (cleaned := _plain(values.get(name, "")))})


def utm_values(query: str) -> dict[str, str]:
    """The other way round."""
    return {name.removeprefix("utm_"): value for name, value in parse_qsl(query)}


def lines_pasted(text: str) -> list[str]:
    """The lines that have something in them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def product_in(line: str) -> uuid.UUID | None:
    """The product whose address stands in the line, in capitals or percent signs, with or without words, a host or
    parameters around it; or whose id the line is."""
    found = _GOODS_IN_ADDRESS.search(unquote(line))
    try:
        return uuid.UUID(found[1] if found else line)
    except ValueError:
        return None


def outcomes(
    asked: Sequence[uuid.UUID | None],
    on_sale: Collection[uuid.UUID],
    promoted: Collection[uuid.UUID],
    had: Collection[uuid.UUID],
) -> list[Outcome]:
    """What becomes of each line, by the product it means: of goods on sale that the creator may promote one link each, the
    first time they are named, unless they `had` it before."""
    answers: list[Outcome] = []
    seen: set[uuid.UUID] = set()
    for product_id in asked:
        if product_id is None or product_id not in on_sale:
            answers.append(Outcome.UNKNOWN)
        elif product_id in seen:
            answers.append(Outcome.DOUBLED)
        elif product_id not in promoted:
            answers.append(Outcome.NO_PROGRAMME)
        else:
            answers.append(Outcome.HAD if product_id in had else Outcome.MADE)
        seen |= {product_id} if product_id else set()
    return answers


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._]+", "-", letters).strip("-")
