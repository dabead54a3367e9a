"""A shop in one light page for the link in a profile elsewhere: who it is, its newest goods, and a code to be printed."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lapak.goods.catalogue.queries import ids_on_sale_of_shop, product_cards
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import shop_by_slug
from lapak.web.shell.qr import qr_drawing, qr_file
from lapak.web.shop.answers import public_page
from lapak.web.shop.cards import cards_of

GOODS_SHOWN = 6
"""What a phone shows in three screens: whoever wants more goes on to the shop."""


@require_safe
@public_page
def bio(request: HttpRequest, slug: str) -> HttpResponse:
    """The page: it needs no script, and all of it may be looked at inside a social app."""
    shop = _open_shop(slug)
    cards = cards_of(product_cards(list(ids_on_sale_of_shop(shop)[:GOODS_SHOWN])), with_shop=False)
    return render(request, "shop/bio.html", {"shop": shop, "cards": cards, "qr": qr_drawing(_address(shop))})


@require_safe
@public_page
def bio_code(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - as every view
    """Its code as a file, for the parcel and the stall."""
    shop = _open_shop(slug)
    response = HttpResponse(qr_file(_address(shop)), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="lapak-{shop.slug}.svg"'
    return response


def _address(shop: Shop) -> str:
    return settings.BASE_URL + reverse("shop_bio", args=[shop.slug])


def _open_shop(slug: str) -> Shop:
    found = shop_by_slug(slug)
    if found is None:
        raise Http404
    return found
