"""Wherever a seller is, the centre's navigation says in which part of it."""

from django.test import Client
from django.urls import URLPattern, reverse

from lapak.testing.cast import Cast
from lapak.web.sell.urls import urlpatterns


def test_every_page_of_a_shop_is_in_a_part_of_the_centre(seller: Client, cast: Cast) -> None:
    pages = [reverse(str(each.name), args=[cast.shop.slug]) for each in urlpatterns if _is_page(each)]
    lost = [path for path in pages if "aria-current" not in _navigation(seller, path)]
    assert len(pages) > 15
    assert lost == []


def _is_page(pattern: URLPattern) -> bool:
    takes = set(pattern.pattern.converters)
    return takes == {"slug"} and not getattr(pattern.callback, "only_posted", False)


def _navigation(seller: Client, path: str) -> str:
    """Of an answer that is no page, or leads elsewhere, nothing is asked."""
    answer = seller.get(path)
    if answer.status_code != 200 or answer.streaming or "side-nav" not in answer.text:
        return "aria-current"
    return answer.text.partition('class="side-nav')[2].partition("</nav>")[0]
