"""`/promo/<code>`: what a creator promotes as a card, for other sites to show within their pages.

The one page of Lapak that others may frame. So nothing can be done in it: it has no form and no script, knows nobody, and leads
out through the creator's link, in a window of its own.
"""

from dataclasses import replace

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from lapak.affiliates.link_rules import code_meant
from lapak.affiliates.queries import LinkTarget, link_for_code
from lapak.goods.catalogue.queries import product_cards
from lapak.people.shops.queries import shop_by_slug
from lapak.web.shop.answers import public_page
from lapak.web.shop.cards import Card, cards_of

FRAMED_BY_ANYBODY = {"frame-ancestors": ["*"], "script-src": [NONE], "form-action": [NONE]}


@csp_replace(FRAMED_BY_ANYBODY)  # type: ignore[arg-type]  # it knows no view with parameters
@xframe_options_exempt
@require_safe
@public_page
def promo(request: HttpRequest, code: str) -> HttpResponse:
    """The goods, else the shop, else the creator's page that the link leads to now; of an unknown code, that it is none."""
    target = link_for_code(code_meant(code))
    if target is None:
        return render(request, "shop/promo.html", {"is_gone": True}, status=404)
    href = f"/r/{code_meant(code)}"
    shop = shop_by_slug(target.shop_slug) if target.shop_slug else None
    context = {"href": href, "handle": target.handle, "shop": shop, "cards": _cards(target, href)}
    return render(request, "shop/promo.html", context)


def _cards(target: LinkTarget, href: str) -> list[Card]:
    goods = product_cards([target.product_id] if target.product_id else [])
    return [replace(card, href=href) for card in cards_of(goods)]
