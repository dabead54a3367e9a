"""Joining: a form, a code by mail, and on to where one was going. The answers are the same whoever is known by the e-mail."""

import uuid
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.signup import complete_signup
from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.flows.join import join as join_lapak
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.users.errors import JoiningOver
from lapak.people.users.joining import CODE_LASTS, Known, Sent, begin_joining, joining_waiting, send_code_again
from lapak.web.shell.acts import accepted, carried_out, way_back
from lapak.web.shop.answers import private_page
from lapak.web.shop.entrance import goods_in_sight
from lapak.web.shop.sign_in import CodeForm, JoinForm

WAITING = "lapak_joining"
"""Of a visitor's session: what they typed, by its id. The code is in no cookie, for a cookie can be read."""

LETTERS = {
    Known.NOBODY: "account/email/joining_code",
    Known.USER: "account/email/joining_known",
    Known.RETURNS: "account/email/joining_returns",
}


@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="signup")  # type: ignore[untyped-decorator]  # allauth carries no types
def join(request: HttpRequest) -> HttpResponse:
    """What is typed waits for the code."""
    way_on = way_back(request, "/")
    if request.user.is_authenticated:
        return redirect(way_on)
    form = JoinForm(request.POST or None)
    if accepted(form, lambda: _begin(request, form)):
        return redirect(_with(reverse("account_join_code"), way_on))
    ways = {"next": way_on, "sign_in": _with(reverse("account_login"), way_on)}
    return render(request, "account/signup.html", {"form": form, "goods": goods_in_sight(request, way_on), **ways})


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def enter_code(request: HttpRequest) -> HttpResponse:
    """Whoever types the code is signed in, and goes on."""
    way_on = way_back(request, "/")
    if request.user.is_authenticated:
        return redirect(way_on)
    try:
        return _with_code(request, way_on)
    except JoiningOver as over:
        messages.error(request, str(over))
        return redirect(_with(reverse("account_signup"), way_on))


def _with_code(request: HttpRequest, way_on: str) -> HttpResponse:
    waiting = joining_waiting(_waiting_id(request))
    if request.method == "POST" and "again" in request.POST:
        said = _("The message is sent again. Only its code counts.")
        carried_out(request, lambda: write_letter(request, lambda: send_code_again(waiting.id)), said)
        return redirect(_with(request.path, way_on))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        user = join_lapak(waiting.id, form.cleaned_data["code"])
        if user is not None:
            del request.session[WAITING]
            done: HttpResponse = complete_signup(request, user=user, redirect_url=way_on)
            return done
        form.add_error("code", _("This is not the code. Look at the newest message."))
    minutes = CODE_LASTS.on(clock.today()) // timedelta(minutes=1)
    ways = {"next": way_on, "anew": _with(reverse("account_signup"), way_on)}
    return render(request, "account/join_code.html", {"form": form, "email": waiting.email, "minutes": minutes, **ways})


def _begin(request: HttpRequest, form: JoinForm) -> None:
    typed = form.cleaned_data
    sent = write_letter(
        request,
        lambda: begin_joining(
            email=typed["email"],
            name=typed["name"],
            password=typed["password1"],
            language=get_language() or "id",
            consents=form.consents,
        ),
    )
    request.session[WAITING] = str(sent.joining_id)


@act
def write_letter(request: HttpRequest, do: Any) -> Sent:
    """The step is done, and its mailbox reads of it."""
    sent: Sent = do()
    ways = {"sign_in_url": reverse("account_login"), "new_password_url": reverse("account_reset_password")}
    get_adapter(request).send_mail(LETTERS[sent.known], sent.email, {"code": sent.code, **ways})
    return sent


def _waiting_id(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.session[WAITING])
    except (KeyError, ValueError) as error:
        raise JoiningOver from error


def _with(path: str, way_on: str) -> str:
    return f"{path}?{urlencode({'next': way_on})}" if way_on != "/" else path
