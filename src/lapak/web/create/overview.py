"""What a creator sees first; and how one becomes a creator."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapak.affiliates.creators import become_creator
from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.models import Creator
from lapak.affiliates.offers import promotes_anything
from lapak.affiliates.posts.queries import fee_totals_idr
from lapak.affiliates.queries import commissions_of_creator, creator_of_user
from lapak.affiliates.releases import releases_lately
from lapak.affiliates.rules import State
from lapak.people.users.queries import require_confirmed_email
from lapak.web.create.access import for_creators
from lapak.web.create.balance import figures
from lapak.web.create.forms import CreatorForm
from lapak.web.create.results import results_in
from lapak.web.shell.acts import accepted, signed_in

RELEASES_SHOWN = 5


@require_safe
@for_creators
def overview(request: HttpRequest, creator: Creator) -> HttpResponse:
    """What was earned, what is coming, who clicked, and what to do next."""
    releases = releases_lately(creator)
    context: dict[str, Any] = {
        "creator": creator,
        **figures(creator),
        **results_in(request, creator),
        "fees": fee_totals_idr(creator),
        "has_reversed": commissions_of_creator(creator, State.REVERSED).exists(),
        "releases": [release for release in releases if release.day][:RELEASES_SHOWN],
        "newest": commissions_of_creator(creator)[:RELEASES_SHOWN],
        "steps": _steps(creator),
    }
    return render(request, "create/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def join(request: HttpRequest) -> HttpResponse:
    """The user promotes from now on; whoever does already is led on."""
    user = signed_in(request)
    try:
        creator_of_user(user)
    except CreatorNotFound:
        require_confirmed_email(user)
        form = CreatorForm(request.POST or None)
    else:
        return redirect("create")
    if accepted(form, lambda: become_creator(user, **form.cleaned_data)):
        messages.success(request, _("Welcome! Join a programme, then make your first link."))
        return redirect("create")
    return render(request, "create/join.html", {"form": form})


def _steps(creator: Creator) -> dict[str, bool]:
    """What a new creator has done and has yet to do; empty when all of it is done."""
    steps = {
        "programme": promotes_anything(creator),
        "link": creator.links.exists(),
        "bank_account": creator.bank_account_id is not None,
    }
    return {} if all(steps.values()) else steps
