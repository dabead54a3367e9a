"""A user shows that the e-mail is theirs, and goes on where that was asked."""

from allauth.account.internal.flows.email_verification import send_verification_email_for_user
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lapak.web.shell.acts import signed_in
from lapak.web.shell.posted import posted_from


@posted_from("account_email")
@login_required
def prove(request: HttpRequest) -> HttpResponse:
    """The link is sent, or again, to the e-mail that is not confirmed yet; it leads to `next` (sign_in.py)."""
    send_verification_email_for_user(request, signed_in(request))
    return redirect("account_email")
