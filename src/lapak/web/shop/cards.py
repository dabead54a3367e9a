"""Goods in a grid: what a card shows, whichever list it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lapak.affiliates.models import Link
from lapak.goods.catalogue.queries import GoodsCard, product_cards


@dataclass(frozen=True, slots=True)
class Card:
    """One product in a grid. `price_idr` is its lowest price; `is_from` says that there are higher ones. `shop` and
    `place` are empty where the whole page is of one shop. `average` is of the stars that `review_count` reviews gave."""

    href: str
    title: str
    image: str
    srcset: str
    price_idr: int
    is_from: bool
    is_sold_out: bool
    sold: int
    shop: str
    place: str
    average: Decimal | None
    review_count: int


def cards_of(goods: Iterable[GoodsCard], *, with_shop: bool = True) -> list[Card]:
    """Cards of goods; what has nothing to buy has none."""
    return [card for each in goods if (card := _card(each, each.path, with_shop=with_shop))]


def cards_of_links(links: Sequence[Link]) -> list[Card]:
    """Cards of what a creator shows, each leading through their link; one statement."""
    goods = {each.id: each for each in product_cards(link.product_id for link in links if link.product_id)}
    shown = [(goods[link.product_id], link) for link in links if link.product_id in goods]
    return [card for each, link in shown if (card := _card(each, f"/r/{link.code}", with_shop=True))]


def _card(goods: GoodsCard, href: str, *, with_shop: bool) -> Card | None:
    if goods.price_from_idr is None or goods.price_to_idr is None:
        return None
    return Card(
        href=href,
        title=goods.title,
        image=goods.picture.small if goods.picture else "",
        srcset=goods.picture.for_card if goods.picture else "",
        price_idr=goods.price_from_idr,
        is_from=goods.price_to_idr > goods.price_from_idr,
        is_sold_out=goods.on_hand <= goods.reserved,
        sold=goods.sold,
        shop=goods.shop_name if with_shop else "",
        place=goods.city if with_shop else "",
        average=goods.average,
        review_count=goods.review_count,
    )
