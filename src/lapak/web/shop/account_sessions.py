"""Where a user is signed in, and how they end it there."""

import uuid

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.lib import clock
from lapak.people.users.sessions import LASTS, end_other_sessions, end_session, sessions_of_user
from lapak.web.shell.acts import carried_out, password_again, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.session_user import proof_in
from lapak.web.shop.answers import private_page


@require_safe
@private_page
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Each browser, and since when."""
    context = {
        "sessions": sessions_of_user(signed_in(request)),
        "here": _here(request),
        "days": LASTS.on(clock.today()).days,
    }
    return render(request, "shop/account/sessions.html", context)


@posted_from("account_sessions")
@login_required
@password_again
def end(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Sign out of one."""
    user = signed_in(request)
    carried_out(request, lambda: end_session(user, session_id), _("You are signed out there."))
    return redirect("account_sessions")


@posted_from("account_sessions")
@login_required
@password_again
def end_others(request: HttpRequest) -> HttpResponse:
    """Stay signed in here alone."""
    user, here = signed_in(request), _here(request)
    carried_out(request, lambda: end_other_sessions(user, here), _("You are signed in here alone."))
    return redirect("account_sessions")


@posted_from("account_logout")
@login_required
def end_all(request: HttpRequest) -> HttpResponse:
    """Sign out here and everywhere."""
    user = signed_in(request)
    logout(request)
    carried_out(request, lambda: end_other_sessions(user), _("You are signed out on every device."))
    return redirect("home")


def _here(request: HttpRequest) -> uuid.UUID | None:
    proof = proof_in(request.session)
    return proof.session_id if proof else None
