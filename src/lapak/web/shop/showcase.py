"""A creator's own page: the goods they praise, each through their link (*etalase*; docs/concepts/links-and-commission.md)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapak.affiliates.queries import creator_by_handle, showcase_links
from lapak.web.shell.acts import page_of
from lapak.web.shop.answers import public_page
from lapak.web.shop.cards import cards_of_links
from lapak.web.shop.listing import PAGE_SIZE


@require_safe
@public_page
def showcase(request: HttpRequest, handle: str) -> HttpResponse:
    """The creator's goods on sale, newest link first."""
    creator = creator_by_handle(handle)
    page = page_of(request, showcase_links(creator), PAGE_SIZE)
    return render(
        request, "shop/showcase.html", {"creator": creator, "page": page, "cards": cards_of_links(list(page))}
    )
