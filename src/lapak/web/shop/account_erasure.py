"""A user has their data erased, or calls it off."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.flows.erase_person.hindrances import hindrances_of
from lapak.lib import clock
from lapak.people.privacy.erasures import ask_for_erasure, call_off_erasure, erasure_of
from lapak.people.privacy.rules import ANSWERED_WITHIN, COOLS_FOR
from lapak.web.shell.acts import carried_out, password_again, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question, asked, asked_with
from lapak.web.shop.answers import private_page


@require_http_methods(["GET", "HEAD"])
@private_page
@login_required
def erasure(request: HttpRequest) -> HttpResponse:
    """What goes, what stays, what it would wait for; or where the one that was asked for stands."""
    user, today = signed_in(request), clock.today()
    context = {
        "erasure": erasure_of(user),
        "hindrances": [each.label for each in hindrances_of(user)],
        "cools_hours": _hours(COOLS_FOR.on(today).total_seconds()),
        "answer_hours": _hours(ANSWERED_WITHIN.on(today).total_seconds()),
    }
    return render(request, "shop/account/erasure.html", context)


def _about(request: HttpRequest) -> Question:
    hours = _hours(COOLS_FOR.on(clock.today()).total_seconds())
    lines = [
        _("Of %(email)s: name, addresses, reviews' words and pictures, notices and files.")
        % {"email": signed_in(request).email},
        _("It begins after %(hours)s hours. Until it is done you can call it off; afterwards nobody can.")
        % {"hours": hours},
    ]
    return Question(_("Have your data erased?"), reverse("account_erasure"), lines)


def _ask(request: HttpRequest, question: Question) -> HttpResponse:
    return render(request, "shop/question.html", asked_with(request, question))


@posted_from("account_erasure")
@private_page
@login_required
@password_again
@asked(_about, _ask)
def ask(request: HttpRequest) -> HttpResponse:
    """The clock has it."""
    user = signed_in(request)
    carried_out(request, lambda: ask_for_erasure(user), _("You have asked for it. It goes on by itself."))
    return redirect("account_erasure")


@posted_from("account_erasure")
@login_required
def call_off(request: HttpRequest) -> HttpResponse:
    """All stays."""
    user = signed_in(request)
    carried_out(request, lambda: call_off_erasure(user), _("Called off. Everything stays as it is."))
    return redirect("account_erasure")


def _hours(seconds: float) -> int:
    return int(seconds // 3600)
