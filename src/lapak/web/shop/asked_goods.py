"""What a visitor asks of a list of goods, as its address says it. Pure."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from lapak.lib.money import MAX_IDR

SORTS = ("best", "newest", "price_low", "price_high")

MAX_PAGE = 10_000


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
    sort: str = "best"
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words narrows the list."""
        return bool(self.category or self.in_stock) or self.min_idr is not None or self.max_idr is not None

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
            "sort": asked.sort if asked.sort != "best" else "",
        }
        return urlencode({name: value for name, value in said.items() if value not in {"", None} or name == "q"})


def asked_goods(given: Mapping[str, str]) -> AskedGoods:
    """The question; what cannot be understood is left out. A price range written the wrong way round is turned."""
    min_idr, max_idr = _price(given.get("min", "")), _price(given.get("max", ""))
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
        sort=given["sort"] if given.get("sort") in SORTS else "best",
        page=min(int(page), MAX_PAGE) if re.fullmatch(r"[1-9][0-9]{0,5}", page) else 1,
    )


def _price(text: str) -> int | None:
    """`50000`, `50.000` or `Rp 50.000`; none for anything else."""
    digits = re.sub(r"[Rp.,\s]", "", text)
    return min(int(digits), MAX_IDR) if re.fullmatch(r"[0-9]{1,13}", digits) else None
