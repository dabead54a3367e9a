"""What a refusal means to whoever asked: its status, and the page for one that no screen has words or a field for."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from lapak.lib.acts import Busy
from lapak.lib.refusal import Forbidden, Moved, NotFound, Refusal, Unfit, Unproven

STATUS: dict[type[Refusal], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    Forbidden: HTTPStatus.FORBIDDEN,
    Unproven: HTTPStatus.FORBIDDEN,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    Moved: HTTPStatus.CONFLICT,
    Unfit: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal: HTTPStatus.CONFLICT,
}
"""By kind. A rule that stands against it is a conflict with how things are now, as `Moved` is."""

COME_AGAIN_S = 5


def status_of(refusal: Refusal) -> HTTPStatus:
    """The status of the refusal's kind."""
    return next(status for kind, status in STATUS.items() if isinstance(refusal, kind))


def came_from(request: HttpRequest) -> str:
    """The page of ours to go back to once what stood against it is put right: this one, or whose form was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    return f"{page.path}?{page.query}" if page.netloc == request.get_host() else request.path


class RefusalMiddleware:
    """The one place where a refusal becomes an answer: a view calls gates and commands, and lets what they raise pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django's place for what a view raised."""
        if not isinstance(error, Refusal):
            return None
        if isinstance(error, NotFound):
            return page_not_found(request, error)
        status = status_of(error)
        if isinstance(error, Unproven):
            return render(request, "shell/unproven.html", {"refusal": error, "next": came_from(request)}, status=status)
        template = "503.html" if status == HTTPStatus.SERVICE_UNAVAILABLE else "shell/refused.html"
        page = render(request, template, {"refusal": error}, status=status)
        if status == HTTPStatus.SERVICE_UNAVAILABLE:  # nothing is wrong with what was asked, nor with us
            page["Retry-After"] = str(COME_AGAIN_S)
        return page
