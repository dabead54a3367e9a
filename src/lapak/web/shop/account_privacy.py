"""A user decides about their own data."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.flows.take_consent_back import take_consent_back
from lapak.people.privacy.breaches import breaches_of_person
from lapak.people.privacy.consents import consents_of, consents_said, give_consent
from lapak.people.users.looking import looks_at
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shop.answers import private_page

SAID_SHOWN = 20
PAGES_SHOWN = 500
"""Looked at by operators: more than anybody looks at in many a quarter of an hour."""


@require_safe
@private_page
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Consents, and the ways to everything else."""
    user = signed_in(request)
    context = {
        "consents": consents_of(user),
        "said": consents_said(user)[:SAID_SHOWN],
        "looked_at": looks_at(user)[:PAGES_SHOWN],
        "breaches": breaches_of_person(user)[:SAID_SHOWN],
    }
    return render(request, "shop/account/privacy.html", context)


@posted_from("account_privacy")
@login_required
def answer_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Yes to the words that were shown, or no more."""
    user, version = signed_in(request), request.POST.get("version", "")
    if request.POST.get("answer") == "yes":
        read = int(version) if version.isascii() and version.isdigit() and len(version) <= 4 else 0
        carried_out(request, lambda: give_consent(user, purpose, version=read), _("You have said yes."))
    else:
        carried_out(
            request, lambda: take_consent_back(user, purpose), _("You have taken it back. What we kept is gone.")
        )
    return redirect("account_privacy")
