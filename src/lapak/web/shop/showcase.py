"""A creator's own page: the goods they praise, each through their link (*etalase*; docs/concepts/links-and-commission.md)."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapak.affiliates.queries import creator_by_handle
from lapak.affiliates.showcase.queries import hiding_of, loose_links, sections_of, showcase_of
from lapak.web.shell.acts import page_of
from lapak.web.shop.answers import public_page
from lapak.web.shop.cards import cards_of_links
from lapak.web.shop.listing import GOODS_ON_A_PAGE


@require_safe
@public_page
def showcase(request: HttpRequest, handle: str) -> HttpResponse:
    """What the creator arranged, then everything else they link to, newest first; further pages have only that."""
    creator = creator_by_handle(handle)
    shown = showcase_of(creator)
    hiding = hiding_of(shown)
    if hiding.page:
        return render(request, "shop/showcase_hidden.html", {"creator": creator}, status=HTTPStatus.NOT_FOUND)
    if hiding.cover:
        shown.cover = None
    sections = sections_of(creator)
    placed = [link for section in sections for link in section.links]
    page = page_of(request, loose_links(creator, [link.product_id for link in placed]), GOODS_ON_A_PAGE)
    context = {
        "creator": creator,
        "showcase": shown,
        "page": page,
        "cards": cards_of_links(list(page)),
        "sections": [],
    }
    if page.number == 1 and placed:
        cards = {card.href: card for card in cards_of_links(placed)}
        context["sections"] = [
            (section.title, [card for link in section.links if (card := cards.get(f"/r/{link.code}"))])
            for section in sections
        ]
    return render(request, "shop/showcase.html", context)
