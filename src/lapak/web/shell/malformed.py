"""Requests that no browser sends, decided in one place: a wrong question (400, in words), never our fault (500)."""

from collections.abc import Callable
from urllib.parse import urlsplit

import psycopg
from django.core.exceptions import SuspiciousOperation
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.views.defaults import bad_request

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
"""What pages and forms ask with. Nothing here is put, and nobody is told what they sent (TRACE)."""

FROM_WHERE = ("HTTP_REFERER", "HTTP_ORIGIN", "HTTP_HX_CURRENT_URL")
"""Headers that name an address. Extensions and proxies change them: one that is none is as if it were not there."""


class MalformedMiddleware:
    """Before anything reads the address; and when something stumbles over what was in a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        for header in FROM_WHERE:
            if header in request.META and not is_address(request.META[header]):
                del request.META[header]
        try:
            is_readable = "\0" not in request.path_info and not any(map(_holds_nul, request.GET.lists()))
            is_readable = is_readable and all(map(is_address, request.GET.getlist("next")))
        except SuspiciousOperation:  # more parameters than any page has
            is_readable = False
        if is_readable:
            return self._get_response(request)
        request.GET = QueryDict()  # what draws the answer reads it, too
        return bad_request(request, ValueError())

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django's place for what a view raised. Nobody types a NUL or half a character, and PostgreSQL keeps neither."""
        return bad_request(request, error) if _is_about_letters(error) else None


def _is_about_letters(error: Exception) -> bool:
    if isinstance(error, UnicodeEncodeError):
        return error.reason == "surrogates not allowed"
    return isinstance(error, (DataError, psycopg.DataError)) and "NUL (0x00)" in str(error)


def _holds_nul(parameter: tuple[str, list[str]]) -> bool:
    name, values = parameter
    return "\0" in name or any("\0" in value for value in values)


def is_address(text: str) -> bool:
    """Whether it can be read as an address, of ours or anybody's; Python's own readers raise at some that cannot."""
    try:
        return bool(urlsplit(text).port or True)  # a wrong port is found only when it is asked for
    except ValueError:
        return False
