"""A shop as its visitors see it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapak.goods.catalogue.queries import category_tree, ids_on_sale_of_shop, product_cards
from lapak.goods.catalogue.ratings import rating_of_shop
from lapak.people.shops.queries import shop_by_slug
from lapak.web.shell.acts import page_of
from lapak.web.shop.answers import public_page
from lapak.web.shop.asked_goods import asked_goods
from lapak.web.shop.cards import cards_of
from lapak.web.shop.listing import GOODS_ON_A_PAGE, listing_of


@require_safe
@public_page
def shop(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sells here, whether the business is registered, and its goods; `q` searches among them."""
    found = shop_by_slug(slug)
    if found is None:
        raise Http404
    asked = asked_goods(request.GET.dict())
    context: dict[str, object] = {"shop": found, "asked": asked, "rating": rating_of_shop(found)}
    if asked.text:
        listing = listing_of(asked, category_tree(), shop_id=found.id)
        context |= {"cards": listing.cards, "page": listing.page, "found": listing.found}
    else:
        ids = ids_on_sale_of_shop(found)
        page = page_of(request, ids, GOODS_ON_A_PAGE, total=ids.count())
        context |= {"cards": cards_of(product_cards(page), with_shop=False), "page": page}
    return render(request, "shop/shop.html", context)
