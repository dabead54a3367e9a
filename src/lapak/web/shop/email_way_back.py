"""The link of the mail to an old e-mail: whoever reads that mailbox takes its change back."""

import uuid
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import logout
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lapak.lib import clock
from lapak.people.users.email_changes import (
    TAKEN_BACK_WITHIN,
    change_to_take_back,
    note_email_change,
    take_back_email_change,
)
from lapak.people.users.errors import EmailChangeNotFound
from lapak.people.users.models import EmailChange, User
from lapak.web.shop.answers import private_page

_signer = Signer(salt="way back to an e-mail")


def told_of(change: EmailChange) -> dict[str, Any]:
    """What the mail says: the page's address, which nobody else can make, and for how long."""
    hours = TAKEN_BACK_WITHIN.on(clock.today()) // timedelta(hours=1)
    return {"way_back": reverse("account_email_way_back", args=[_signer.sign(change.id.hex)]), "way_back_hours": hours}


def note(user: User, from_email_address: EmailAddress | None, to_email_address: EmailAddress, **_: object) -> None:
    """allauth calls this (`email_changed`), before the mail. Only who had confirmed the old e-mail has a way back by it."""
    if from_email_address and from_email_address.verified:
        note_email_change(user, old=from_email_address.email, new=to_email_address.email)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def way_back(request: HttpRequest, token: str) -> HttpResponse:
    """What happens is said, and then done; a new password is chosen by a link to the mailbox."""
    try:
        change = change_to_take_back(_change_id(token))
    except EmailChangeNotFound:
        return render(request, "account/email_way_back.html", status=404)
    if request.method == "POST":
        take_back_email_change(change.id)
        logout(request)
        return render(request, "account/email_taken_back.html", {"email": change.old})
    return render(request, "account/email_way_back.html", {"change": change})


def _change_id(token: str) -> uuid.UUID:
    try:
        return uuid.UUID(_signer.unsign(token))
    except BadSignature as error:
        raise EmailChangeNotFound from error
