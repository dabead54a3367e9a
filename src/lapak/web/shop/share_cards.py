"""Pictures of goods, shops and creators' pages for whoever shares their address; a link's is that of the page it leads to.

A card is drawn when it is first asked for and kept by what stands on it, so that another price has another picture.
"""

import hashlib
import threading
import uuid

from django.core.cache import caches
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.queries import creator_by_handle, showcase_links
from lapak.affiliates.showcase.queries import hiding_of, showcase_of
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.queries import GoodsCard, ids_on_sale_of_shop, product_cards
from lapak.goods.catalogue.renditions import Renditions
from lapak.goods.catalogue.whole import whole_product
from lapak.lib.money import format_idr
from lapak.people.shops.queries import shop_by_slug
from lapak.web.shop.answers import public_page
from lapak.web.shop.share_drawing import DRAWN_AS, ShareCard, drawn

PICTURES = 4
"""Of the newest goods of a shop or a creator."""

_LARGE_PX = 800
"""The rendition that fills the card's square."""

_one_at_a_time = threading.Lock()
"""Drawing keeps a processor busy for a tenth of a second: of a process's threads, one does it, and the others go on selling."""


@require_safe
@public_page
def product_card(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 - as every view
    """A product on sale: its first picture, title, lowest price, and shop."""
    found = whole_product(uuid.UUID(code))
    if found is None or not found.variants.all():
        raise Http404
    return _answer(*_of_product(found))


@require_safe
@public_page
def shop_card(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - as every view
    """An open shop: its newest goods, name, and place."""
    shop = shop_by_slug(slug)
    if shop is None:
        raise Http404
    goods = product_cards(list(ids_on_sale_of_shop(shop)[:PICTURES]))
    return _answer(ShareCard(shop.name, "", f"{shop.city}, {shop.province_name}"), _pictures(goods))


@require_safe
@public_page
def showcase_card(request: HttpRequest, handle: str) -> HttpResponse:  # noqa: ARG001 - as every view
    """A creator's page: what they showed last, their handle, and what they say of themselves."""
    creator = creator_by_handle(handle)
    showcase = showcase_of(creator)
    if hiding_of(showcase).page:
        raise CreatorNotFound
    shown = showcase_links(creator)[:PICTURES]
    goods = product_cards([link.product_id for link in shown if link.product_id])
    return _answer(ShareCard(f"@{creator.handle}", "", showcase.words), _pictures(goods))


def product_card_address(found: Product) -> str:
    """Where the product's card is, on this site; another one whenever what stands on it changes, as who shows cards keeps
    them by their address."""
    return f"{reverse('product_card', args=[found.id.hex])}?v={_key(*_of_product(found))[:12]}"


def _of_product(found: Product) -> tuple[ShareCard, list[Renditions]]:
    price = format_idr(min(variant.price_idr for variant in found.variants.all()))
    first = [shown.image.renditions for shown in list(found.images.all())[:1]]
    return ShareCard(found.title, price, f"{found.shop.name} · {found.shop.city}"), first


def _pictures(goods: list[GoodsCard]) -> list[Renditions]:
    return [each.picture for each in goods if each.picture]


def _answer(card: ShareCard, pictures: list[Renditions]) -> HttpResponse:
    key = _key(card, pictures)
    return HttpResponse(caches["cards"].get(key) or _draw(key, card, pictures), content_type="image/jpeg")


def _draw(key: str, card: ShareCard, pictures: list[Renditions]) -> bytes:
    with _one_at_a_time:
        files = [data for each in pictures if (data := _read(each))]
        picture = drawn(card, files)
    if len(files) == len(pictures):  # else one is on its way, and the card will be drawn again
        caches["cards"].set(key, picture)
    return picture


def _key(card: ShareCard, pictures: list[Renditions]) -> str:
    """By what stands on the card; a picture's file is named by its content."""
    drawn_of = (DRAWN_AS, card.title, card.price, card.by, *(each.file for each in pictures))
    return hashlib.sha256(repr(drawn_of).encode()).hexdigest()


def _read(picture: Renditions) -> bytes | None:
    """The picture in the size that the card needs; None where its file is not there (yet)."""
    sizes = [size.name for size in picture if max(size.width_px, size.height_px) <= _LARGE_PX]
    name = sizes[-1] if sizes else picture.file
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except OSError:
        return None
