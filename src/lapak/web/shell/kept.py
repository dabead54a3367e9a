"""What was typed outlives the session and the form's token: it is kept, and asked to be sent again.

A form lies open while its reader is signed out, or signs in again in another tab. What they send then is not done, for it
is not known to be theirs, and not lost: they see it is kept, and send it with one press as whoever they are now. Secrets
are typed anew, and files chosen anew.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.csrf import csrf_failure
from django.views.decorators.http import require_safe

from lapak.web.shell.acts import way_back

COOKIE = f"{settings.COOKIE_PREFIX}lapak_kept"
"""Whose browser it was, and nobody else's: an address alone would let others lay words into a reader's mouth."""

KEPT_S = 30 * 60
"""Long enough to find a password, or to choose a new one."""

LARGEST = 64 * 1024
"""Characters: the longest form has a description of ten thousand."""

NOT_SENT_AGAIN = "csrfmiddlewaretoken"
SECRET = "password"  # noqa: S105 - part of the names of such fields


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was sent: where to, and by name what stood in it. Of secrets and files the names alone."""

    path: str
    fields: list[tuple[str, str]]
    secrets: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def typed_into(request: HttpRequest) -> Typed | None:
    """What was sent, if it came from a page of ours and is no larger than a form is."""
    if not is_from_our_page(request):
        return None
    sent = [(name, str(value)) for name, values in request.POST.lists() if name != NOT_SENT_AGAIN for value in values]
    typed = Typed(
        path=request.get_full_path(),
        fields=[(name, value) for name, value in sent if SECRET not in name],
        secrets=[name for name, _value in sent if SECRET in name],
        files=list(request.FILES),
    )
    return typed if sum(len(name) + len(value) for name, value in sent) <= LARGEST else None


def is_from_our_page(request: HttpRequest) -> bool:
    """By the browser's word (`Origin`, else `Referer`), which no other site can give."""
    referer = urlsplit(request.headers.get("Referer", ""))
    came_from = request.headers.get("Origin") or f"{referer.scheme}://{referer.netloc}"
    return came_from in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """The token is another's or none (setting CSRF_FAILURE_VIEW). From a page of ours it is asked to be sent again; who
    signs in and is signed in already is where they wanted to be."""
    typed = typed_into(request)
    if typed is None:
        return csrf_failure(request, reason)
    if request.user.is_authenticated and urlsplit(typed.path).path in map(
        resolve_url, ("account_login", "account_signup")
    ):
        return redirect(way_back(request, "/"))
    return _ask_again(request, typed)


class KeepTypedMiddleware:
    """Whoever posts and is not signed in any more finds what they typed again once they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        response = self._get_response(request)
        if not _is_sent_to_sign_in(response):
            return response
        typed = typed_into(request) if request.method == "POST" else None
        if typed:
            response = _keep(typed)
        return _of_whole_page(request, response, reverse("again") if typed else _shown_page(request))


@require_safe
@login_required
def again(request: HttpRequest) -> HttpResponse:
    """What was typed before signing in, to be sent now; shown once."""
    key = request.get_signed_cookie(COOKIE, default="", max_age=KEPT_S)
    typed: Typed | None = caches["kept"].get(key) if key else None
    if typed is None:
        return redirect("home")
    caches["kept"].delete(key)
    page = _ask_again(request, typed)
    page.status_code = HTTPStatus.OK
    page.delete_cookie(COOKIE, samesite="Lax")
    return page


def _of_whole_page(request: HttpRequest, response: HttpResponse, back: str) -> HttpResponse:
    """Who is signed out is led to sign in. Where htmx asks for a part of a page, the browser is sent there by this header
    instead: a redirect would put the page to sign in where the part was, and take the form away."""
    if not _is_for_part(request):
        return response
    del response["Location"]
    response.status_code = HTTPStatus.OK
    response["HX-Redirect"] = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    return response


def _shown_page(request: HttpRequest) -> str:
    """The page that the reader looks at, by htmx's word: coming back to the part alone would show no page."""
    return urlsplit(request.headers.get("HX-Current-URL", ""))._replace(scheme="", netloc="").geturl() or "/"


def _is_for_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _keep(typed: Typed) -> HttpResponse:
    key = secrets.token_urlsafe(16)
    caches["kept"].set(key, typed, KEPT_S)
    response = HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?next={reverse('again')}")
    response.set_signed_cookie(COOKIE, key, max_age=KEPT_S, httponly=True, samesite="Lax", secure=settings.IS_ENCRYPTED)
    return response


def _ask_again(request: HttpRequest, typed: Typed) -> HttpResponse:
    page = render(request, "shell/send_again.html", {"typed": typed}, status=HTTPStatus.CONFLICT)
    page["Cache-Control"] = "private, no-store"
    if _is_for_part(request):  # htmx shows nothing that was refused, and would look for the part in it
        page.status_code = HTTPStatus.OK
        page["HX-Retarget"] = page["HX-Reselect"] = "main"
        page["HX-Reswap"] = "outerHTML show:window:top"
    return page


def _is_sent_to_sign_in(response: Any) -> bool:
    if response.status_code != HTTPStatus.FOUND:
        return False
    return bool(urlsplit(response.get("Location", "")).path == resolve_url(settings.LOGIN_URL))
