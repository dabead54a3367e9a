"""A walk through the site from page to page, as whoever the browser belongs to."""

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

OF_A_KIND = 3
"""Pages looked at for each view: an order in one state is not an order in another."""

NO_PAGES = ("_report", "_file", "return_receipt", "fee_contract")
"""Views whose answer is a file, though the link does not say so."""

_HREFS = "(links) => links.map((link) => link.href)"


def walk(page: Page, address: str, entrances: list[str], walked: Counter[str]) -> Iterator[tuple[str, int]]:
    """Every page that links lead to, but only some of each view: `walked` counts them. Answers a page's path, and which of
    its view's pages it is, from 1 on."""
    to_see, known = deque(entrances), set(entrances)
    while to_see:
        path = to_see.popleft()
        view = _view_of(path)
        if walked[view] < OF_A_KIND and not view.endswith(NO_PAGES):
            answer = page.goto(address + path)
            assert answer, path
            assert answer.status < 500, path
            arrived_at = _view_of(page.url)  # a stranger is led elsewhere
            walked[arrived_at] += 1
            hrefs = page.eval_on_selector_all("a[href]:not([download])", _HREFS)
            yield path, walked[arrived_at]
            fresh = [path for path in dict.fromkeys(_path_within(address, href) for href in hrefs) if path not in known]
            known.update(fresh)
            to_see.extend(path for path in fresh if path)


def _path_within(address: str, href: str) -> str:
    parts = urlsplit(href)
    return parts._replace(scheme="", netloc="", fragment="").geturl() if href.startswith(f"{address}/") else ""


def _view_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return "nothing"
