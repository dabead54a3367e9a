"""A list of goods that answers a question: the cards, and where each filter leads."""

import uuid
from dataclasses import dataclass, field, replace

from django.core.paginator import Page, Paginator

from lapak.goods.catalogue.models import Category
from lapak.goods.catalogue.queries import CategoryNode, product_cards
from lapak.goods.search.queries import PriceBand, SearchPage, search
from lapak.web.shop.asked_goods import AskedGoods
from lapak.web.shop.cards import Card, cards_of

GOODS_ON_A_PAGE = 40
"""Fills whole rows of two, four and five cards."""


@dataclass(frozen=True, slots=True)
class CategoryLink:
    """A category to narrow the list to, with how many of the goods found lie in it."""

    category: Category
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class BandLink:
    """A price band to narrow the list to."""

    band: PriceBand
    href: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What the page of a list shows. `above` are the category asked for and those over it, from the top."""

    asked: AskedGoods
    found: SearchPage
    cards: list[Card]
    page: "Page[int]"
    above: list[Category] = field(default_factory=list)
    narrower: list[CategoryLink] = field(default_factory=list)
    bands: list[BandLink] = field(default_factory=list)
    without: dict[str, str] = field(default_factory=dict)
    """Where each filter that narrows the list is taken away: `price`, `stock`, `domestic`."""


def listing_of(asked: AskedGoods, tree: list[CategoryNode], *, shop_id: uuid.UUID | None = None) -> Listing:
    """Search, and draw every filter from what was found. `tree` is the category tree."""
    found, page = _search(asked, shop_id)
    above = way_to(tree, asked.category)
    below = above[-1].children if above else tree
    links = [
        CategoryLink(node.category, found.categories[node.category.code], _address(asked, node.category.code))
        for node in below
        if node.category.code in found.categories
    ]
    bands = [
        BandLink(band, f"/?{asked.query(min_idr=band.from_idr or None, max_idr=band.below_idr and band.below_idr - 1)}")
        for band in found.price_bands
        if band.count
    ]
    return Listing(
        asked=asked,
        found=found,
        cards=cards_of(product_cards(found.ids)),
        page=page,
        above=[node.category for node in above],
        narrower=sorted(links, key=lambda link: -link.count),
        bands=bands,
        without=_without(asked),
    )


def way_to(tree: list[CategoryNode], code: str) -> list[CategoryNode]:
    """The categories from the top to the one with this code; none if there is no such category."""
    for node in tree:
        if node.category.code == code:
            return [node]
        below = way_to(node.children, code) if code.startswith(f"{node.category.code}.") else []
        if below:
            return [node, *below]
    return []


def _without(asked: AskedGoods) -> dict[str, str]:
    away: dict[str, AskedGoods] = {}
    if asked.min_idr is not None or asked.max_idr is not None:
        away["price"] = replace(asked, min_idr=None, max_idr=None)
    if asked.in_stock:
        away["stock"] = replace(asked, in_stock=False)
    if asked.is_domestic:
        away["domestic"] = replace(asked, is_domestic=False)
    return {name: _address(left, left.category) for name, left in away.items()}


def _address(asked: AskedGoods, category: str) -> str:
    """A category alone has a page of its own."""
    is_alone = category and not asked.text and asked.query(category="") == AskedGoods().query()
    return f"/c/{category}" if is_alone else f"/?{asked.query(category=category)}"


def _search(asked: AskedGoods, shop_id: uuid.UUID | None) -> "tuple[SearchPage, Page[int]]":
    """The page asked for; the last one there is for whoever asks beyond it."""
    found = _found(asked, shop_id, asked.page)
    pages = Paginator(range(found.page_count * GOODS_ON_A_PAGE), GOODS_ON_A_PAGE)
    page = pages.get_page(asked.page)
    return (found if page.number == asked.page else _found(asked, shop_id, page.number)), page


def _found(asked: AskedGoods, shop_id: uuid.UUID | None, page: int) -> SearchPage:
    return search(
        asked.text,
        category=asked.category or None,
        shop_id=shop_id,
        min_idr=asked.min_idr,
        max_idr=asked.max_idr,
        in_stock=True if asked.in_stock else None,
        is_domestic=True if asked.is_domestic else None,
        exact=asked.exact,
        sort=asked.sort,
        page=page,
        page_size=GOODS_ON_A_PAGE,
    )
