"""Searching the goods. Answers are product ids: `catalogue.queries.product_cards` shows those still on sale."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from tantivy import FieldType, Occur, Order, Query

from lapak.goods.search.analysis import pairs, words
from lapak.goods.search.index import SCHEMA, ids_of_hits
from lapak.goods.search.listings import branch
from lapak.goods.search.reader import Snapshot, current_snapshot
from lapak.goods.search.readings import RARE, Reading, all_of, completions, corrected, finds, reading_of, readings
from lapak.lib.money import MAX_IDR

MAX_TEXT_LENGTH = 200
MAX_WORDS = 12
"""Nobody types more; what is longer was pasted, and each word costs time."""

MAX_PAGE_SIZE = 100
MAX_DEPTH = 10_000
"""Hits that can be paged to. Whoever has not found it by then filters; every deeper page would cost as much as all before."""

FEW = 5
"""With fewer hits than this a likelier spelling is offered."""

PRICE_BANDS_IDR = (50_000, 100_000, 250_000, 500_000, 1_000_000)
"""Where one price band ends and the next begins: each holds a fair part of what people buy, from snacks to phones."""

MAX_CATEGORIES = 2_000
"""Above any tree of categories: the count of each is asked for."""

# "best" is the order of the scores; what raises them is in `_by_fit` and `ranking.merit`.
_ORDERS = {
    "newest": ("by_age", Order.Desc),
    "price_low": ("by_price", Order.Asc),
    "price_high": ("by_price", Order.Desc),
}


@dataclass(frozen=True, slots=True)
class PriceBand:
    """How many hits cost at least `from_idr` and less than `below_idr` (None: no upper end)."""

    from_idr: int
    below_idr: int | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One page of what was found.

    `total`, `categories` (hits by category code, each hit also counted in the categories above its own) and
    `price_bands` are about all hits. `corrected_text` is what was searched instead of what was typed, `suggested_text`
    what was perhaps meant; both are empty when there is nothing to say. `missing_words` are words that no goods have.
    `index_ready` is false before the first index.
    """

    page: int
    page_size: int
    ids: list[uuid.UUID] = field(default_factory=list)
    total: int = 0
    categories: dict[str, int] = field(default_factory=dict)
    price_bands: tuple[PriceBand, ...] = ()
    corrected_text: str = ""
    suggested_text: str = ""
    matches_every_word: bool = True
    missing_words: tuple[str, ...] = ()
    index_ready: bool = True

    @property
    def page_count(self) -> int:
        """Pages that can be opened."""
        return -(-min(self.total, MAX_DEPTH) // self.page_size)


@dataclass(frozen=True, slots=True)
class _Filters:
    category: str | None
    shop_id: uuid.UUID | None
    min_idr: int | None
    max_idr: int | None
    in_stock: bool | None
    is_domestic: bool | None

    def queries(self) -> list[Query]:
        """One query for each filter that is set; they add nothing to a score."""
        found = []
        if self.category is not None:
            found.append(_term("branch", self.category))
        if self.shop_id is not None:
            found.append(_term("shop", self.shop_id.hex))
        if self.min_idr is not None or self.max_idr is not None:
            found.append(_price_range(self.min_idr, self.max_idr))
        if self.in_stock is not None:
            found.append(_term("in_stock", self.in_stock))
        if self.is_domestic is not None:
            found.append(_term("is_domestic", self.is_domestic))
        return [Query.const_score_query(query, 0) for query in found]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is looked for, in whatever order."""

    typed: tuple[str, ...]
    exact: bool
    filters: _Filters


@dataclass(frozen=True, slots=True)
class _Found:
    """What words and filters find, whatever the order and page."""

    reading: Reading
    wanted: Query
    total: int
    categories: dict[str, int]
    price_bands: tuple[PriceBand, ...]
    suggested_text: str


def search(
    text: str,
    *,
    category: str | None = None,
    shop_id: uuid.UUID | None = None,
    min_idr: int | None = None,
    max_idr: int | None = None,
    in_stock: bool | None = None,
    is_domestic: bool | None = None,
    exact: bool = False,
    sort: str = "best",
    page: int = 1,
    page_size: int = 24,
) -> SearchPage:
    """The products that fit a buyer's words (`readings` says how these are read) and all the filters.

    `sort`: "best" (how well the words fit, in stock before sold out, sold often before seldom), "newest", "price_low",
    "price_high"; without words "best" is "newest". Every order is the same for everyone, and no place in it can be bought.
    `category` takes its whole
    branch; `is_domestic` is what the shop says of where goods were made; prices are of the cheapest variant, both ends
    included. `exact`: no word is corrected or completed. Any text is fine; pages and sizes out of bounds are brought within.
    """
    page_size = min(max(page_size, 1), MAX_PAGE_SIZE)
    page = min(max(page, 1), MAX_DEPTH // page_size)
    snapshot = current_snapshot()
    if snapshot is None:
        return SearchPage(page=page, page_size=page_size, index_ready=False)
    question = _Question(
        typed=tuple(words(text[:MAX_TEXT_LENGTH])[:MAX_WORDS]),
        exact=exact,
        filters=_Filters(category, shop_id, min_idr, max_idr, in_stock, is_domestic),
    )
    return snapshot.remembered(
        ("page", question, sort, page, page_size),
        lambda: _found(snapshot, question, sort, SearchPage(page=page, page_size=page_size)),
    )


def suggestions(text: str, limit: int = 8) -> list[str]:
    """What a buyer who is typing may want to say: the text with its last word completed, the most frequent first."""
    snapshot = current_snapshot()
    typed = words(text[:MAX_TEXT_LENGTH])[:MAX_WORDS]
    if snapshot is None or not typed or not text[-1].isalnum():
        return []
    *before, last = typed
    among = reading_of(snapshot, before).matching if before else None
    return [" ".join([*before, word]) for word in completions(snapshot, last, limit, among)]


def _found(snapshot: Snapshot, question: _Question, sort: str, empty: SearchPage) -> SearchPage:
    what = snapshot.remembered(("what", question), lambda: _what_is_found(snapshot, question))
    order = _ORDERS.get(sort, None if question.typed else _ORDERS["newest"])
    return replace(
        empty,
        ids=_ids(snapshot, what, order, empty.page_size, (empty.page - 1) * empty.page_size) if what.total else [],
        total=what.total,
        categories=what.categories,
        price_bands=what.price_bands,
        corrected_text=what.reading.corrected_text,
        suggested_text=what.suggested_text,
        matches_every_word=what.reading.matches_every_word,
        missing_words=what.reading.missing_words,
    )


def _what_is_found(snapshot: Snapshot, question: _Question) -> _Found:
    """By the first reading that finds anything at all, though the filters may leave nothing of it."""
    restrictions = question.filters.queries()
    for reading in readings(snapshot, question.typed, exact=question.exact):
        wanted = all_of([reading.matching, *restrictions])
        categories, price_bands = _facets(snapshot, wanted)
        total = sum(band.count for band in price_bands)
        if total or (restrictions and finds(snapshot, reading)):
            break
    is_little = total < FEW or not reading.matches_every_word
    suggested_text = _suggested_text(snapshot, question.typed, reading) if is_little else ""
    return _Found(reading, wanted, total, categories, price_bands, suggested_text)


def _ids(snapshot: Snapshot, what: _Found, order: tuple[str, Order] | None, limit: int, offset: int) -> list[uuid.UUID]:
    searcher = snapshot.searcher
    if order:
        field_name, direction = order
        result = searcher.search(
            what.wanted, limit, count=False, offset=offset, order_by_field=field_name, order=direction
        )
    else:
        fitting = _by_fit(what.wanted, what.reading.exact_words)
        result = searcher.search(fitting, limit, count=False, offset=offset, weight_by_field="merit")
    return ids_of_hits(searcher, [address for _, address in result.hits])


def _by_fit(wanted: Query, exact_words: Sequence[str]) -> Query:
    """Scored by the roots that matched; titles with the very words get more, next to each other more still.

    One optional clause with the others inside it: side by side they would be scored for listings that do not match.
    """
    if not exact_words:
        return wanted
    exactly = [(Occur.Must, _term("title", word)) for word in exact_words]
    neighbours = [(Occur.Should, _term("title", pair)) for pair in pairs(exact_words)]
    return Query.boolean_query([(Occur.Must, wanted), (Occur.Should, Query.boolean_query(exactly + neighbours))])


def _facets(snapshot: Snapshot, wanted: Query) -> tuple[dict[str, int], tuple[PriceBand, ...]]:
    # Tantivy adds the bands below the first edge and above the last.
    inner_bands = [{"from": edge, "to": next_edge} for edge, next_edge in pairwise(PRICE_BANDS_IDR)]
    found = snapshot.searcher.aggregate(
        wanted,
        {
            "categories": {"terms": {"field": "category", "size": MAX_CATEGORIES}},
            "prices": {"range": {"field": "price_idr", "ranges": inner_bands}},
        },
    )
    categories = Counter[str]()
    for bucket in found["categories"]["buckets"]:
        categories.update(dict.fromkeys(branch(bucket["key"]), bucket["doc_count"]))
    return dict(categories), tuple(_price_band(bucket) for bucket in found["prices"]["buckets"])


def _price_band(bucket: dict[str, Any]) -> PriceBand:
    return PriceBand(int(bucket.get("from", 0)), int(bucket["to"]) if "to" in bucket else None, bucket["doc_count"])


def _suggested_text(snapshot: Snapshot, typed: Sequence[str], reading: Reading) -> str:
    """A likelier spelling that finds something, unless one was searched for already."""
    if reading.corrected_text or not typed:
        return ""
    likelier = corrected(snapshot, typed, rarer_than=RARE)
    return likelier.corrected_text if likelier and finds(snapshot, likelier) else ""


def _term(field_name: str, value: str | bool) -> Query:
    return Query.term_query(SCHEMA, field_name, value)


def _price_range(min_idr: int | None, max_idr: int | None) -> Query:
    lower, upper = (idr if idr is None else min(max(idr, 0), MAX_IDR) for idr in (min_idr, max_idr))
    return Query.range_query(SCHEMA, "price_idr", FieldType.Unsigned, lower, upper)
