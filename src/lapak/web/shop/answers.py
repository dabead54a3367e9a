"""Ways to answer that several screens share: after a POST, from shared caches, only to forms of our own."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.views.decorators.csrf import csrf_exempt

from lapak.web.shell.kept import is_from_our_page
from lapak.web.shop.clicks import PARAMETER, remember_arriving_click

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]

SHARED_S = 60
"""How long a shared cache may show a public page: a changed price is refused at purchase, so a minute harms nobody."""

STALE_S = 600
"""How long it may go on showing the old page while it fetches the new one, or while we are away."""


class SeeOther(HttpResponseRedirect):
    """303: the act is done, and what came of it is another page. Going back never repeats the act."""

    status_code = HTTPStatus.SEE_OTHER


def public_page(view: View[Given]) -> View[Given]:
    """The page may be kept by shared caches when it says nothing about its reader; every reader can ask for changes only.

    Shared: an answer without cookies, to a browser without a session. Everything else stays with its reader. A click
    that comes in the address is remembered here, for links lead to public pages.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != HTTPStatus.OK:
            return response
        remember_arriving_click(request, response)
        if _says_nothing_about_its_reader(request, response):
            patch_cache_control(response, public=True, max_age=SHARED_S, stale_while_revalidate=STALE_S)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        set_response_etag(response)
        conditional: HttpResponse | None = get_conditional_response(request, response["ETag"], response=response)
        return conditional or response

    return answer


def private_page(view: View[Given]) -> View[Given]:
    """The page is its reader's alone: nobody keeps it, not even the browser for whoever sits down next."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return answer


def from_our_pages(view: View[Given]) -> View[Given]:
    """Only forms on our own pages may post here, by the browser's word (`Origin`, else `Referer`) instead of a token.

    A token would give every page that carries the form a cookie of its own and keep it out of shared caches.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        if request.method == "POST" and not is_from_our_page(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return answer


def _says_nothing_about_its_reader(request: HttpRequest, response: HttpResponse) -> bool:
    return not (
        settings.SESSION_COOKIE_NAME in request.COOKIES
        or PARAMETER in request.GET
        or response.cookies
        or request.session.modified
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )
