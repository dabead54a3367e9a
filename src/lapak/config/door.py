"""The door: what the web server calls (RSGI), in one event loop a worker process.

Two ways are answered here, before Django's stack: a creator's link that is followed, and an order that is sent. All else
is a page: a public one as it is kept (kept_pages.py), or asked of Django in a thread, with a request that is complete. So
whoever sends or reads slowly holds a connection, and nothing that others need.
"""

import asyncio
import os
import time
from contextlib import suppress
from http import HTTPStatus
from typing import IO, Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapak.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import parse_cookie
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined] # the name that its documentation gives

_django = get_wsgi_application()

from lapak.affiliates.clicks.buffer import store_clicks_at_once  # noqa: E402 - tables can be imported only once Django is set up
from lapak.config.body import Unread, has_body, read_body  # noqa: E402
from lapak.config.kept_pages import KeptPage, KeptPages, Key, key_of  # noqa: E402
from lapak.config.pages import Answer, Application, Pages, environ_of  # noqa: E402
from lapak.config.proxies import address_through_proxies  # noqa: E402
from lapak.config.worker import hear_the_end_once  # noqa: E402
from lapak.flows.place_purchase.lane import Lane  # noqa: E402
from lapak.web.shell.looking_mark import is_looking  # noqa: E402
from lapak.web.shell.policy import OF_DOOR  # noqa: E402
from lapak.web.shell.session_user import session_of  # noqa: E402
from lapak.web.shop import quick_checkout, redirect  # noqa: E402

PAGE_THREADS = 2
"""With two workers on two cores: more threads only queue for the interpreter lock (docs/reference/speed.md)."""


class Door:
    """The application of one worker process."""

    def __init__(self, django: Application = _django) -> None:
        self._pages = Pages(django, PAGE_THREADS)
        self._kept = KeptPages()
        self._being_made: dict[Key | None, asyncio.Future[KeptPage | None]] = {}
        self._lane = Lane()

    def __rsgi_init__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """The server is about to let requests in."""
        hear_the_end_once()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request, or nobody, who has gone meanwhile."""
        with suppress(ProtocolClosed):
            await self._answer(scope, protocol)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """The last request is answered: what is still in memory is stored."""
        loop.run_until_complete(self._lane.close())
        self._pages.close()
        store_clicks_at_once()

    async def _answer(self, scope: Any, protocol: Any) -> None:
        path, method = scope.path, scope.method  # made anew each time that the server is asked
        if path.startswith(redirect.PREFIX) and method in ("GET", "HEAD"):
            visit = _visit_of(scope, path, method)
            if redirect.is_remembered(path):
                headers = redirect.answer_click(*visit)
            else:
                headers = await asyncio.to_thread(redirect.answer_click, *visit)  # asks the database
            if headers is not None:
                protocol.response_empty(HTTPStatus.FOUND, headers)
                return
        try:
            body = await self._body(scope, protocol)
        except Unread as unread:
            protocol.response_empty(unread.status, [*OF_DOOR, ("connection", "close")])
            return
        if method == "POST" and path == quick_checkout.PATH and body is not None:
            headers = await quick_checkout.place_quickly(self._lane, environ_of(scope, body))
            if headers is not None:
                body.close()
                protocol.response_empty(HTTPStatus.SEE_OTHER, headers)
                return
            body.seek(0)
        await self._show_page(scope, protocol, body)

    async def _show_page(self, scope: Any, protocol: Any, body: IO[bytes] | None) -> None:
        """As it is kept, or as Django answers now; who asks for a public page that is being made waits for it."""
        key = key_of(scope) if body is None else None
        page = self._kept.find(key)
        if page is None and key in self._being_made:
            page = await self._being_made[key]
        if page is None:
            answer = await self._pages.ask(scope, body) if key is None else await self._make(key, scope)
            page = self._kept.find(key)
        if page is not None:
            page.send(scope, protocol, time.monotonic())
        else:
            await (await self._pages.shrink(scope, answer)).send(protocol)

    async def _make(self, key: Key, scope: Any) -> Answer:
        """Django's answer, kept if it may be; whoever else waits for it has it at once."""
        made = self._being_made.setdefault(key, asyncio.get_running_loop().create_future())
        try:
            answer = await self._pages.ask(scope)
            self._kept.keep(key, scope, answer)
            return answer
        finally:
            self._being_made.pop(key, None)
            if not made.done():
                made.set_result(self._kept.find(key))

    async def _body(self, scope: Any, protocol: Any) -> IO[bytes] | None:
        if not has_body(scope.headers):
            return None
        return await read_body(scope, protocol, is_signed_in=lambda: _is_signed_in(scope.headers.get("cookie", "")))


def _visit_of(scope: Any, path: str, method: str) -> tuple[str, str, str, str, bool]:
    """What `answer_click` is asked with."""
    headers = scope.headers
    cookies = headers.get("cookie", "")
    only_looks = method == "HEAD" or _is_fetched_ahead(headers) or is_looking(_session_cookie(cookies))
    return path, _address_of(scope, headers), headers.get("user-agent", ""), cookies, only_looks


def _address_of(scope: Any, headers: Any) -> str:
    peer: str = scope.client.rpartition(":")[0]
    if not settings.PROXIES:
        return peer
    forwarded_for = ",".join(value for name, value in headers.items() if name == "x-forwarded-for")
    return address_through_proxies(forwarded_for, peer, settings.PROXIES)


def _is_fetched_ahead(headers: Any) -> bool:
    """Before anybody has tapped (the Fetch standard's `Sec-Purpose`, and the names it had before)."""
    return any("prefetch" in headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))


def _is_signed_in(cookies: str) -> bool:
    return session_of(_session_cookie(cookies)) is not None


def _session_cookie(cookies: str) -> str | None:
    """Most visitors have none, and are answered thousands of times a second."""
    named = settings.SESSION_COOKIE_NAME
    return parse_cookie(cookies).get(named) if named in cookies else None
