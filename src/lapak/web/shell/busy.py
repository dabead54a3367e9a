"""Others were at the same rows: a page says so where no screen has, and a program is told to come again."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lapak.lib.acts import Busy


class BusyMiddleware:
    """503 for `Busy`: nothing is wrong with what was asked, nor with us. A partner sends its message again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django's place for what a view raised."""
        if not isinstance(error, Busy):
            return None
        page = render(request, "503.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        page["Retry-After"] = "5"
        return page
