"""An operator looks at pages as somebody sees them: `request.user` is that somebody, for one request at a time.

Three things keep it to looking, each by itself: only GET and HEAD come through; the database refuses to write within the
request; and what is a file, or is about signing in and one's own data, is not shown at all.
"""

import uuid
from collections.abc import Callable
from http import HTTPStatus

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from lapak.lib.refusal import NotFound, Refusal
from lapak.people.users.looking import end_look, look_at
from lapak.people.users.models import Look
from lapak.web.shell.acts import signed_in
from lapak.web.shell.looking_mark import MARK, is_looking
from lapak.web.shell.posted import posted_from

LOOKS = {"GET", "HEAD"}

NOT_SHOWN = (
    "account_", "mfa_", "sell_takeout", "sell_move_out", "sell_tax_file", "sell_feed", "sell_order_slip", "sell_orders_slips",
    "order_contract", "again", "feed", "unsubscribe",
)  # fmt: skip
"""How the names begin of pages about signing in, sessions, privacy and one's own data, and of documents."""

ITS_END = "look_end"

SAME_FOR_ALL = {ITS_END, "media", "style_sheet", "favicon", "product_card", "shop_card", "showcase_card"}
"""What is asked for as by anybody: public pictures and styles, which are no pages, and the end itself."""


class LookingMiddleware:
    """Behind the one that says who is signed in, before all that goes by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        if not is_looking(request.COOKIES.get(settings.SESSION_COOKIE_NAME)):
            return self._get_response(request)
        name = _name_of(request)
        if name in SAME_FOR_ALL:
            return self._get_response(request)
        try:
            look = _look_of(request)
        except Refusal:  # its time is over
            del request.session[MARK]
            return redirect("admin:index")
        request.look, request.user = look, look.of  # type: ignore[attr-defined]
        if request.method not in LOOKS or name.startswith(NOT_SHOWN) or request.path.startswith("/staff"):
            return _not_shown(request)
        return _as_seen(request, self._in_reading(request))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page that writes when it is opened."""
        if not hasattr(request, "look") or not _is_about_writing(error):
            return None
        request.look_wrote = True  # type: ignore[attr-defined]
        return HttpResponse(status=HTTPStatus.FORBIDDEN)

    def _in_reading(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            answer = self._get_response(request)
            transaction.set_rollback(True)
        return _not_shown(request) if hasattr(request, "look_wrote") else answer


@posted_from("admin:index")
def end(request: HttpRequest) -> HttpResponse:
    """The operator sees their own pages again."""
    by, look_id = signed_in(request), request.session.pop(MARK, None)
    if look_id is None:
        return redirect("admin:index")
    try:
        look = end_look(by, uuid.UUID(look_id))
    except NotFound:  # its time was over
        return redirect("admin:index")
    return redirect("admin:users_user_change", look.of_id)


def _look_of(request: HttpRequest) -> Look:
    if not request.user.is_authenticated:
        raise NotFound
    path = request.get_full_path() if request.method in LOOKS else f"{request.method} {request.path}"
    return look_at(signed_in(request), uuid.UUID(request.session[MARK]), path)


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path).url_name or ""
    except Resolver404:
        return ""


def _as_seen(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """A page is nobody's to keep; a file that is not public is not shown."""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    is_public = "public" in answer.headers.get("Cache-Control", "") and "Content-Disposition" not in answer.headers
    if answer.status_code == HTTPStatus.OK and not is_page and not is_public:
        if isinstance(answer, FileResponse) and answer.file_to_stream:
            answer.file_to_stream.close()
        return _not_shown(request)
    if is_page:
        answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _not_shown(request: HttpRequest) -> HttpResponse:
    words = _(
        "Whoever sees the pages of somebody else does nothing there, and is shown no documents, no data to take along, and "
        "nothing about signing in."
    )
    return render(request, "shell/refused.html", {"refusal": words}, status=HTTPStatus.FORBIDDEN)


def _is_about_writing(error: BaseException | None) -> bool:
    """Whichever library has put it into its own words."""
    return error is not None and (
        isinstance(error, psycopg.errors.ReadOnlySqlTransaction)
        or _is_about_writing(error.__cause__ or error.__context__)
    )
