"""Clicks and what they brought side by side: of the links, products or labels that brought a creator most, or were followed
most, in some days."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from lapak.affiliates.clicks.queries import Clicked, clicked_of_each, clicks_by_label, most_clicked_links
from lapak.affiliates.models import Creator, Link
from lapak.affiliates.results.queries import (
    Result,
    brought_by_label,
    brought_by_link,
    brought_by_product,
)
from lapak.goods.catalogue.models import Product
from lapak.lib.days import last_days

LOOKED_AT = 100
"""Of links, products or labels so many are compared: as clicks are (`clicks.queries.LOOKED_AT`)."""

Key = TypeVar("Key", uuid.UUID, str)


@dataclass(frozen=True, slots=True)
class Part:
    """A link, product or label: its words, the link's code if it is one, and what came of it. `per_hundred_bp`: how often a click
    became an order, in basis points; None without clicks."""

    title: str
    code: str
    clicks: int
    people: int
    orders: int
    amount_idr: int

    @property
    def per_hundred_bp(self) -> int | None:
        return per_hundred_bp(self.orders, self.clicks)


def per_hundred_bp(orders: int, clicks: int) -> int | None:
    """How often a click became an order, in basis points; None before the first click."""
    return orders * 10_000 // clicks if clicks else None


def by_link(creator: Creator, today: date, days: int, most: int) -> list[Part]:
    """Of the links that brought most, and those followed most."""
    first = last_days(days, today)[0]
    clicked = dict(most_clicked_links(creator.id, days, most))
    brought = brought_by_link(creator.id, first, today, most, also=clicked)
    links = Link.objects.filter(id__in={*brought, *clicked}).select_related("product", "shop").in_bulk()
    clicked |= clicked_of_each(brought.keys() - clicked.keys(), first, today)
    return _best(links, lambda id_: (_words_of(links[id_]), links[id_].code), clicked, brought, most)


def by_product(creator: Creator, today: date, days: int, most: int) -> list[Part]:
    """Of the products sold, by commission; clicks are those on the creator's links to them."""
    first = last_days(days, today)[0]
    brought = brought_by_product(creator.id, first, today, most)
    leading = dict(Link.objects.filter(creator=creator, product__in=list(brought)).values_list("id", "product__id"))
    clicked: dict[uuid.UUID, Clicked] = {}
    for link_id, found in clicked_of_each(leading, first, today).items():
        product_id = leading[link_id]
        clicked[product_id] = _together(clicked.get(product_id, Clicked()), found)
    titles = dict(Product.objects.filter(id__in=list(brought)).values_list("id", "title"))
    return _best(titles, lambda id_: (titles[id_], ""), clicked, brought, most)


def by_label(creator: Creator, today: date, days: int, most: int) -> list[Part]:
    """Of labels: clicks by that which the link had when it was followed, orders by that which it has now; none is `""`."""
    first = last_days(days, today)[0]
    clicked = dict(clicks_by_label(creator.id, days, LOOKED_AT))
    brought = brought_by_label(creator.id, first, today, LOOKED_AT)
    return _best({*clicked, *brought}, lambda label: (label, ""), clicked, brought, most)


def _best(
    keys: Iterable[Key],
    named: Callable[[Key], tuple[str, str]],
    clicked: dict[Key, Clicked],
    brought: dict[Key, Result],
    most: int,
) -> list[Part]:
    parts = []
    for key in keys:
        clicks, result = clicked.get(key, Clicked()), brought.get(key, Result())
        parts.append(Part(*named(key), clicks.clicks, clicks.people, result.orders, result.amount_idr))
    return sorted(parts, key=lambda part: (-part.amount_idr, -part.clicks, part.title, part.code))[:most]


def _together(one: Clicked, other: Clicked) -> Clicked:
    return Clicked(one.clicks + other.clicks, one.people + other.people)


def _words_of(link: Link) -> str:
    if link.product:
        return link.product.title
    return link.shop.name if link.shop else ""
