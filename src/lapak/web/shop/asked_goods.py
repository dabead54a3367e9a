"""What a visitor asks of a list of goods, as its address says it. Pure."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from lapak.lib.money import MAX_IDR
from lapak.lib.numbers import NumberRefused, read_idr

SORTS = ("best", "newest", "price_low", "price_high")

MAX_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Unread:
    """A price that cannot be understood, as it was typed, and why not."""

    typed: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedGoods:
    """Words and filters. Prices are whole rupiah, both ends included; `category` is a category's code; `exact`: the words
    as they were typed, none corrected."""

    text: str = ""
    exact: bool = False
    category: str = ""
    min_idr: int | None = None
    max_idr: int | None = None
    in_stock: bool = False
    is_domestic: bool = False
    sort: str = "best"
    page: int = 1
    unread: Mapping[str, Unread] = field(default_factory=dict, compare=False)
    """By the name of its field. It narrows nothing, but is said."""

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words narrows the list; the aisle one stands in does not."""
        is_within_aisle = bool(self.category and self.text)
        is_narrowed = self.in_stock or self.is_domestic or self.min_idr is not None or self.max_idr is not None
        return is_within_aisle or is_narrowed

    @property
    def without_filters(self) -> str:
        """The query of the address where nothing narrows it: in its aisle where it has no words, else everywhere."""
        return AskedGoods(text=self.text, category="" if self.text else self.category).query()

    def query(self, **changes: object) -> str:
        """The same question with some things changed, as the query of an address; back on its first page."""
        asked = dataclasses.replace(self, page=1, **changes)  # type: ignore[arg-type]  # each checked by its user
        said = {
            "q": asked.text,
            "exact": "1" if asked.exact else "",
            "category": asked.category,
            "min": asked.min_idr,
            "max": asked.max_idr,
            "stock": "1" if asked.in_stock else "",
            "domestic": "1" if asked.is_domestic else "",
            "sort": asked.sort if asked.sort != "best" else "",
        }
        return urlencode({name: value for name, value in said.items() if value not in {"", None} or name == "q"})


def asked_goods(given: Mapping[str, str]) -> AskedGoods:
    """The question; what cannot be understood is left out. A price range written the wrong way round is turned."""
    unread: dict[str, Unread] = {}
    min_idr, max_idr = _price(given, "min", unread), _price(given, "max", unread)
    if min_idr is not None and max_idr is not None and min_idr > max_idr:
        min_idr, max_idr = max_idr, min_idr
    page = given.get("page", "")
    return AskedGoods(
        text=given.get("q", "").strip(),
        exact=given.get("exact") == "1",
        category=given.get("category", ""),
        min_idr=min_idr,
        max_idr=max_idr,
        in_stock=given.get("stock") == "1",
        is_domestic=given.get("domestic") == "1",
        sort=given["sort"] if given.get("sort") in SORTS else "best",
        page=min(int(page), MAX_PAGE) if re.fullmatch(r"[1-9][0-9]{0,5}", page) else 1,
        unread=unread,
    )


def _price(given: Mapping[str, str], name: str, unread: dict[str, Unread]) -> int | None:
    """The price in this field, if there is one that can be understood."""
    typed = given.get(name, "").strip()
    if not typed:
        return None
    try:
        price_idr = read_idr(typed)
    except NumberRefused as refusal:
        unread[name] = Unread(typed, str(refusal))
        return None
    return min(price_idr, MAX_IDR) if price_idr >= 0 else None
