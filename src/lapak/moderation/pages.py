"""What may be reported, as everybody sees it: a product on sale, an open shop, a creator's page that is not hidden."""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lapak.affiliates.integrity.signs import RuleName
from lapak.affiliates.models import Creator
from lapak.affiliates.showcase.queries import is_hidden, showcase_of
from lapak.goods.catalogue.models import Product, StoredImage
from lapak.goods.catalogue.on_sale import on_sale
from lapak.moderation.errors import NothingToReport
from lapak.moderation.rules import LONGEST_SHOWN
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import is_member
from lapak.people.users.models import User


class PageKind(StrEnum):
    """What a page is about."""

    PRODUCT = "product"
    SHOP = "shop"
    CREATOR = "creator"


@dataclass(frozen=True, slots=True)
class Page:
    """What is reported: `of` names it in a case, `kept` is what a case keeps of how it looked."""

    kind: PageKind
    id: uuid.UUID
    title: str
    of: dict[str, Any]
    kept: dict[str, Any]
    picture: StoredImage | None = None

    def is_theirs(self, user: User) -> bool:
        """Whether it is the user's own, to change as they like."""
        if shop := self.of.get("shop"):
            return is_member(user, shop.id)
        return bool(self.of["creator"].user_id == user.id)


def page_shown(kind: str, id_: uuid.UUID) -> Page:
    """The page as everybody sees it now; `NothingToReport` for what nobody does."""
    if kind == PageKind.PRODUCT:
        return page_of_product(on_sale().filter(id=id_).select_related("shop").first())
    if kind == PageKind.SHOP:
        return _of_shop(Shop.objects.filter(id=id_, is_open=True).first())
    return _of_creator(Creator.objects.filter(id=id_).select_related("user").first())


def page_of_product(product: Product | None) -> Page:
    """Of goods, with the first of their pictures."""
    if product is None:
        raise NothingToReport
    pictures = [each.image for each in product.images.order_by("position").select_related("image")]
    shown = {**_shown(product.title, product.description), "brand": product.brand, "pictures": len(pictures)}
    return Page(
        PageKind.PRODUCT,
        product.id,
        product.title,
        {"product": product, "shop": product.shop},
        {"shown": shown},
        next(iter(pictures), None),
    )


def _of_shop(shop: Shop | None) -> Page:
    if shop is None:
        raise NothingToReport
    return Page(PageKind.SHOP, shop.id, shop.name, {"shop": shop}, {"shown": _shown(shop.name, shop.description)})


def _of_creator(creator: Creator | None) -> Page:
    if creator is None or is_hidden(creator, RuleName.SHOWCASE_PAGE):
        raise NothingToReport
    showcase = showcase_of(creator)
    kept = {"shown": _shown(str(creator), showcase.words)}
    return Page(PageKind.CREATOR, creator.id, str(creator), {"creator": creator}, kept, showcase.cover)


def _shown(title: str, words: str) -> dict[str, Any]:
    return {"title": title, "words": words[:LONGEST_SHOWN]}
