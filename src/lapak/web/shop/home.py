"""The home page, its search, and the categories."""

import dataclasses

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapak.goods.catalogue.queries import category_tree, product_cards
from lapak.goods.search.queries import search
from lapak.web.shop.aisles import aisles_of
from lapak.web.shop.answers import public_page
from lapak.web.shop.asked_goods import AskedGoods, asked_goods
from lapak.web.shop.cards import cards_of
from lapak.web.shop.listing import listing_of, way_to

NEWEST_SHOWN = 20

QUESTIONS = {"q", "category", "min", "max", "stock", "domestic", "sort", "page"}
"""With any of these in its address, the home page is a list of goods."""


@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What Lapak is, its aisles and its newest goods, what is sold out last; with a question, the goods that answer it."""
    tree = category_tree()
    if QUESTIONS & request.GET.keys():
        return render(request, "shop/results.html", {"listing": listing_of(asked_goods(request.GET.dict()), tree)})
    newest = search("", sort="newest", page_size=NEWEST_SHOWN)
    goods = product_cards(newest.ids)
    context = {
        "aisles": aisles_of(tree, newest.categories, goods),
        "cards": sorted(cards_of(goods), key=lambda card: card.is_sold_out),
        "index_ready": newest.index_ready,
        "has_domestic": search("", is_domestic=True, page_size=1).total > 0,
    }
    return render(request, "shop/home.html", context)


@require_safe
@public_page
def category(request: HttpRequest, code: str) -> HttpResponse:
    """A category's goods, newest first unless asked otherwise."""
    tree = category_tree()
    if not way_to(tree, code):
        raise Http404
    asked: AskedGoods = dataclasses.replace(asked_goods(request.GET.dict()), category=code)
    return render(request, "shop/results.html", {"listing": listing_of(asked, tree)})


@require_safe
@public_page
def domestic(request: HttpRequest) -> HttpResponse:
    """The shelf of goods made in Indonesia, newest first unless asked otherwise (Permendag 19/2026 Art. 36–39)."""
    asked: AskedGoods = dataclasses.replace(asked_goods(request.GET.dict()), is_domestic=True)
    return render(request, "shop/results.html", {"listing": listing_of(asked, category_tree())})
