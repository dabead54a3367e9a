"""Public pages, kept in a worker process for as long as they say: the cache in front of Django.

Only what says itself that it may be shared is kept (`Cache-Control: public`, see web/shop/answers.py), and only as it was
answered to a browser without cookies of ours; only a browser without a session is shown it. A kept page says how old it
is (`Age`), so that nobody behind us keeps it for longer than it was meant to.
"""

import re
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, parse_cookie
from django.utils.translation import get_language_from_request

from lapak.config.compression import Encoding, accepted_encoding, compressed, is_compressible
from lapak.config.pages import Answer, Headers
from lapak.web.shell.known_device import COOKIE as KNOWN
from lapak.web.shop.clicks import COOKIE as CLICKS

MOST_BYTES = 32_000_000
"""What a worker process keeps at most, before compression: some thousand pages; then what was asked for longest ago goes."""

LARGEST_BYTES = 1_000_000
"""A page is some 50 kB."""

LONGEST_S = 3_600
"""Files that never change are read anew after this long: what nobody asks for does not stay for good."""

_SAYS_NOTHING = {settings.LANGUAGE_COOKIE_NAME, CLICKS, KNOWN}
"""Cookies of ours that public pages do not read, but for the language, which is part of the key."""

_MAX_AGE = re.compile(r"\bmax-age=(\d+)")


class Key(NamedTuple):
    """What a public page depends on."""

    origin: str
    path: str
    query: str
    language: str


@dataclass(slots=True)
class KeptPage:
    """A page, and its body once in each encoding that somebody asked for."""

    headers: Headers
    etag: str
    kept_at: float
    good_until: float
    bodies: dict[Encoding, bytes] = field(default_factory=dict)

    def send(self, scope: Any, protocol: Any, now: float) -> None:
        """Answer with it; with its headers alone to whoever has it already."""
        headers = [*self.headers, ("age", str(int(now - self.kept_at)))]
        if self.etag and self.etag in scope.headers.get("if-none-match", ""):
            protocol.response_empty(HTTPStatus.NOT_MODIFIED, [each for each in headers if each[0] != "content-type"])
            return
        encoding = accepted_encoding(scope.headers.get("accept-encoding", ""))
        if encoding not in self.bodies:
            self.bodies[encoding] = compressed(self.bodies[""], encoding)
        if encoding:
            headers.append(("content-encoding", encoding))
        protocol.response_bytes(HTTPStatus.OK, headers, self.bodies[encoding])


class KeptPages:
    """The pages of one worker process; asked in its event loop alone."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._bytes = 0

    def find(self, key: Key | None) -> KeptPage | None:
        """The page, while it is good."""
        page = self._pages.get(key) if key else None
        if page is None or key is None:
            return None
        if page.good_until <= time.monotonic():
            self._forget(key)
            return None
        self._pages.move_to_end(key)
        return page

    def keep(self, key: Key | None, scope: Any, answer: Answer) -> KeptPage | None:
        """Keep the answer if it may be; the page, if it is kept now."""
        if key is None or not _may_be_kept(scope, answer):
            return None
        headers = {name.lower(): value for name, value in answer.headers}
        good_for_s = min(int(_MAX_AGE.findall(headers["cache-control"])[0]), LONGEST_S)
        headers.pop("content-length", None)
        headers["vary"] = ", ".join(dict.fromkeys([*headers.get("vary", "").split(", "), "Accept-Encoding"])).strip(
            ", "
        )
        etag = headers.get("etag", "")
        if etag:  # the same in every encoding, so a weak one
            headers["etag"] = f"W/{etag.removeprefix('W/')}"
        now = time.monotonic()
        body = answer.content()
        page = KeptPage(list(headers.items()), etag.removeprefix("W/"), now, now + good_for_s, {"": body})
        self._forget(key)
        self._pages[key] = page
        self._bytes += len(body)
        while self._bytes > MOST_BYTES:
            self._forget(next(iter(self._pages)))
        return page

    def _forget(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._bytes -= len(page.bodies[""])


def key_of(scope: Any) -> Key | None:
    """Under what the page asked for may be kept; None when its reader gets one of their own."""
    headers = scope.headers
    if scope.method != "GET" or "hx-request" in headers or "range" in headers or "authorization" in headers:
        return None
    if scope.path.startswith(settings.STATIC_URL):
        return Key("", scope.path, scope.query_string, "")
    cookies = parse_cookie(headers.get("cookie", ""))
    if settings.SESSION_COOKIE_NAME in cookies:
        return None
    forwarded = (headers.get("x-forwarded-proto", ""), headers.get("x-forwarded-host", ""))
    language = _language(cookies.get(settings.LANGUAGE_COOKIE_NAME, ""), headers.get("accept-language", ""))
    return Key(
        f"{scope.scheme} {headers.get('host', '')} {' '.join(forwarded)}", scope.path, scope.query_string, language
    )


def _may_be_kept(scope: Any, answer: Answer) -> bool:
    headers = {name.lower(): value for name, value in answer.headers}
    caching = headers.get("cache-control", "")
    return (
        answer.status == HTTPStatus.OK
        and answer.is_in_memory
        and len(answer.content()) <= LARGEST_BYTES
        and "public" in caching
        and bool(_MAX_AGE.search(caching))
        and "set-cookie" not in headers
        and is_compressible(headers.get("content-type", ""))
        and "content-encoding" not in headers
        and (scope.path.startswith(settings.STATIC_URL) or not _personal_cookies(scope))
    )


def _personal_cookies(scope: Any) -> set[str]:
    return parse_cookie(scope.headers.get("cookie", "")).keys() - _SAYS_NOTHING


@lru_cache(maxsize=1_000)
def _language(cookie: str, accepted: str) -> str:
    """Which of our languages Django's LocaleMiddleware would choose."""
    request = HttpRequest()
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    return get_language_from_request(request)
