"""An order that is sent: the short way to a purchase, before Django's stack (docs/reference/speed.md).

It does what the page's stack would (host, session, form token, own browser) and answers only the ordinary: a purchase that
is placed. Whatever else it meets it leaves to the page, which says why in words.
"""

from http import HTTPStatus
from typing import Any
from wsgiref.types import WSGIEnvironment

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from lapak.flows.place_purchase.facts import Waiting
from lapak.flows.place_purchase.lane import Lane
from lapak.trade.orders.errors import PurchaseRefused
from lapak.web.shell.in_app import in_app_browser
from lapak.web.shell.looking_mark import is_looking
from lapak.web.shell.policy import OF_DOOR
from lapak.web.shell.session_user import session_of
from lapak.web.shop.checkout_form import CODE, read_purchase
from lapak.web.shop.clicks import remembered_clicks

log = structlog.get_logger(__name__)

PATH = "/checkout"
FORM = "application/x-www-form-urlencoded"

HEADERS = [*OF_DOOR, ("Content-Length", "0")]


async def place_quickly(lane: Lane, environ: WSGIEnvironment) -> list[tuple[str, str]] | None:
    """The headers of a 303 to the pay page; none when it is not as simple as that."""
    waiting = _read(environ)
    if waiting is None:
        return None
    try:
        outcome = await lane.place(waiting)
    except Exception:
        log.exception("purchase_left_to_the_page")  # which tries again, by the same key, and says what is wrong
        return None
    if isinstance(outcome, PurchaseRefused):
        return None
    return [*HEADERS, ("Location", f"/pay/{outcome.id}")]


def _read(environ: WSGIEnvironment) -> Waiting | None:
    """Who asks for what, if all is in order."""
    if not environ.get("CONTENT_TYPE", "").startswith(FORM) or in_app_browser(environ.get("HTTP_USER_AGENT", "")):
        return None
    request = WSGIRequest(environ)
    try:
        request.get_host()
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        proof = session_of(cookie)
        if proof is None or is_looking(cookie) or not _is_from_our_page(request):
            return None
        fields = dict(request.POST.lists())
        if "look" in fields or any(map(str.strip, fields.get(CODE, ()))):
            return None
        return Waiting(proof.user_id, read_purchase(fields), remembered_clicks(request), proof)
    except (PurchaseRefused, SuspiciousOperation, RequestDataTooBig, TooManyFieldsSent):
        return None


class _TokenCheck(CsrfViewMiddleware):
    """Django's check, which says no instead of drawing a page about it."""

    def _reject(self, _request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=HTTPStatus.FORBIDDEN)


def _no_page(_request: Any) -> HttpResponse:
    return HttpResponse()


_token_check = _TokenCheck(_no_page)


def _is_from_our_page(request: HttpRequest) -> bool:
    _token_check.process_request(request)
    return _token_check.process_view(request, _no_page, (), {}) is None
