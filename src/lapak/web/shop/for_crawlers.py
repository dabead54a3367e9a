"""What machines ask for: the key of files that leave; and, for search engines, which pages are theirs to read (RFC 9309), and
where the goods and shops are (sitemaps.org)."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lapak.goods.catalogue.queries import newest_on_sale
from lapak.lib import clock
from lapak.moving.seal import public_key, shown
from lapak.people.shops.queries import open_shops

NOT_FOR_CRAWLERS = (
    "/account",
    "/cart",
    "/checkout",
    "/create",
    "/hand-over/",
    "/orders",
    "/pay/",
    "/promo/",
    "/r/",
    "/sell",
    "/staff",
)
"""A person's own pages, and links whose clicks count."""

SAID_ANEW_AFTER = timedelta(days=180)
"""RFC 9116 2.5.5 wants less than a year: whoever reads an old copy looks for a new one."""

MOST_GOODS = 20_000
MOST_SHOPS = 5_000
"""The newest of each; together half of what one sitemap may hold. Older goods stand on their shop's pages."""


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Everything public may be read."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS),
        f"Sitemap: {_absolute(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The home page, the shops and the goods on sale."""
    addresses = [_absolute("/"), *_shops(), *_goods()]
    response = render(request, "shop/sitemap.xml", {"addresses": addresses}, content_type="application/xml")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def market_key(_request: HttpRequest) -> HttpResponse:
    """By which files are known that left with a shop of this marketplace: as people compare it, and as machines do."""
    return HttpResponse(f"{shown(public_key())}\n{public_key()}\n", content_type="text/plain")


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116); not there while nobody can be written to."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    expires = (clock.now() + SAID_ANEW_AFTER).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: id, en",
        f"Canonical: {_absolute(reverse('security'))}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _shops() -> Iterable[str]:
    return (
        _absolute(reverse("shop", args=[slug])) for slug in open_shops().values_list("slug", flat=True)[:MOST_SHOPS]
    )


def _goods() -> Iterable[str]:
    return (_absolute(product.path) for product in newest_on_sale()[:MOST_GOODS])


def _absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
