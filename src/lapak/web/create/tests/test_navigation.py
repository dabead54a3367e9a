"""Wherever a creator is, the centre's navigation says in which part of it."""

from django.test import Client
from django.urls import URLPattern, reverse

from lapak.web.create.urls import urlpatterns


def test_every_page_is_in_a_part_of_the_centre(creator: Client) -> None:
    pages = [reverse(str(each.name)) for each in urlpatterns if _is_page(each)]
    lost = [path for path in pages if "aria-current" not in _navigation(creator, path)]
    assert len(pages) > 12
    assert lost == []


def _is_page(pattern: URLPattern) -> bool:
    return not pattern.pattern.converters and not getattr(pattern.callback, "only_posted", False)


def _navigation(creator: Client, path: str) -> str:
    """Of an answer that leads elsewhere, or is a file, nothing is asked."""
    answer = creator.get(path)
    return (
        answer.text.partition('class="side-nav')[2].partition("</nav>")[0]
        if answer.status_code == 200 and not answer.streaming
        else "aria-current"
    )
