"""Goods in a grid: what a card shows, whichever list it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass

from lapak.affiliates.models import Link
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.queries import GoodsCard
from lapak.goods.catalogue.renditions import Renditions


@dataclass(frozen=True, slots=True)
class Card:
    """One product in a grid. `price_idr` is its lowest price; `is_from` says that there are higher ones."""

    href: str
    title: str
    image: str
    srcset: str
    price_idr: int
    is_from: bool
    is_sold_out: bool
    place: str


def cards_of(goods: Iterable[GoodsCard], *, with_place: bool = True) -> list[Card]:
    """Cards of goods; what has nothing to buy has none."""
    return [
        Card(
            href=each.path,
            title=each.title,
            image=each.picture.small if each.picture else "",
            srcset=each.picture.for_card if each.picture else "",
            price_idr=each.price_from_idr,
            is_from=each.price_to_idr > each.price_from_idr,
            is_sold_out=each.on_hand <= each.reserved,
            place=each.city if with_place else "",
        )
        for each in goods
        if each.price_from_idr is not None and each.price_to_idr is not None
    ]


def cards_of_links(links: Iterable[Link]) -> list[Card]:
    """Cards of what a creator shows, each leading through their link."""
    cards = []
    for link in links:
        product = link.product
        prices = [variant.price_idr for variant in product.variants.all() if variant.is_active] if product else []
        if product and prices:
            picture = _first_picture(product)
            cards.append(
                Card(
                    href=f"/r/{link.code}",
                    title=product.title,
                    image=picture.small if picture else "",
                    srcset=picture.for_card if picture else "",
                    price_idr=min(prices),
                    is_from=max(prices) > min(prices),
                    is_sold_out=False,
                    place=link.shop.city if link.shop else "",
                )
            )
    return cards


def _first_picture(product: Product) -> Renditions | None:
    images = product.images.all()
    return images[0].image.renditions if images else None
