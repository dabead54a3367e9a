"""Addresses as people type them into a bio and chats end them: `/@handle/`, `/s/Shop`, `/s/shop.`, `/p/goods*`."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import is_valid_path

PUBLIC = ("/@", "/s/", "/p/", "/c/")
"""Addresses that people hand on: of creators, shops, goods and categories."""

_HUNG_ON = re.compile(r"[^0-9A-Za-z]+$")


class AddressEndMiddleware:
    """Where nothing public is found, and something would be in small letters and without what hangs on it, that is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        answer = self._get_response(request)
        if answer.status_code != HTTPStatus.NOT_FOUND or request.method not in {"GET", "HEAD"}:
            return answer
        if not request.path_info.startswith(PUBLIC):
            return answer
        path = _HUNG_ON.sub("", request.path_info).lower()
        if path == request.path_info or not is_valid_path(path):
            return answer
        query = request.META["QUERY_STRING"]
        return HttpResponseRedirect(f"{path}?{query}" if query else path)
