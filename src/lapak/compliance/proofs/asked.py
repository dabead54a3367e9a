"""Lapak's own pages, asked for as a visitor asks: what is shown here was really sent."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import get_language, override

from lapak.goods.catalogue.on_sale import on_sale
from lapak.people.shops.queries import open_shops

BROWSER = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
)
FETCHED = {
    "script": "src", "img": "src", "link": "href", "iframe": "src", "form": "action", "source": "src", "video": "src",
    "audio": "src", "embed": "src", "object": "data", "use": "href", "input": "src",
}  # fmt: skip
"""What a browser asks for without being told to, and where forms go; a link is a step of the reader's own."""
NAMES_ONLY = {"canonical", "alternate"}
"""What a `<link>` may name without anybody fetching it."""


_asked: ContextVar[dict[tuple[str, str, str], HttpResponse] | None] = ContextVar("asked", default=None)


@contextmanager
def each_page_once() -> Iterator[None]:
    """Inside this block a page that was asked for is not asked for again: several proofs look at the same."""
    before = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(before)


def ask(path: str, user_agent: str = BROWSER, language: str = "id") -> HttpResponse:
    """What a visitor with this browser is answered. Nothing is followed, and nothing is raised here."""
    answers = _asked.get()
    key = path, user_agent, language
    answer = (answers or {}).get(key) or _answer(path, user_agent, language)
    if answers is not None:
        answers[key] = answer
    return answer


def _answer(path: str, user_agent: str, language: str) -> HttpResponse:
    own = urlsplit(settings.BASE_URL)
    client = Client(raise_request_exception=False)
    with override(get_language()):  # the page that is asked for speaks its visitor's language, and leaves it behind
        answer: Any = client.get(
            path,
            headers={"host": own.netloc, "user-agent": user_agent, "accept-language": language},
            secure=own.scheme == "https",
        )
    return answer  # type: ignore[no-any-return]  # the test client's answer is the response itself


def public_pages() -> list[str]:
    """One of each kind of public page that there is now, and one that there is not."""
    shop, product = open_shops().first(), on_sale().order_by("-id").first()
    shown = [f"/s/{shop.slug}"] if shop else []
    shown += [product.path] if product else []
    return ["/", "/help", "/cart", "/account/sign-in", "/account/join", "/closing", *shown, "/no-such-page"]


def fetched_from_others(page: HttpResponse) -> list[str]:
    """What the page makes a browser fetch from, or send to, another site than ours."""
    reader = _Fetched()
    reader.feed(page.content.decode(errors="replace"))
    own = urlsplit(settings.BASE_URL).netloc
    return sorted({url for url in reader.urls if urlsplit(url).netloc not in ("", own)})


def policy_of(page: HttpResponse) -> dict[str, list[str]]:
    """The content policy that came with the page, by directive, without the words that change with each page."""
    parts = [part.split() for part in page.headers.get("Content-Security-Policy", "").split(";") if part.strip()]
    return {name: [re.sub(r"'nonce-[^']*'", "'nonce'", word) for word in words] for name, *words in parts}


class _Fetched(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        url = given.get(FETCHED.get(tag, ""))
        if url and not (tag == "link" and NAMES_ONLY & set((given.get("rel") or "").split())):
            self.urls.append(url)
