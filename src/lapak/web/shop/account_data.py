"""A user takes along what is their own: orders, and of a creator links and commissions."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lapak.moving.queries import takeouts_of_user
from lapak.moving.takeouts import ask_for_own_data, fetch_takeout
from lapak.web.shell.acts import carried_out, password_again, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.takeouts import takeouts_shown

TAKEOUTS_SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@password_again
def data(request: HttpRequest) -> HttpResponse:
    """Ask for the file; and the files before."""
    user = signed_in(request)
    if request.method == "POST":
        done = _("The file is being made. You are told when it is ready.")
        carried_out(request, lambda: ask_for_own_data(user, get_language() or "id"), done)
        return redirect("account_data")
    shown = takeouts_shown(
        takeouts_of_user(user), TAKEOUTS_SHOWN, lambda takeout: reverse("account_data_fetch", args=[takeout.id])
    )
    return render(request, "shop/account/data.html", shown)


@posted_from("account_data")
@login_required
@password_again
def fetch(request: HttpRequest, takeout_id: uuid.UUID) -> HttpResponseBase:
    """The file itself."""
    takeout = fetch_takeout(signed_in(request), takeout_id)
    return FileResponse(takeout.file.open("rb"), as_attachment=True)
