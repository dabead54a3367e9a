"""A shop's invitation, as the creator sees it whom the shop has sent it to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.affiliates.invitations import accept_creator_invitation
from lapak.affiliates.models import Creator
from lapak.affiliates.queries import invitation_of_code
from lapak.lib import clock
from lapak.web.create.access import for_creators
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.posted import posted_from


@require_safe
@for_creators
def invitation(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:
    """Whose it is, the rate, and until when it can be accepted."""
    found = invitation_of_code(code)
    context = {
        "creator": creator,
        "invitation": found,
        "is_mine": found.creator == creator,
        "is_gone": found.creator not in {None, creator} or (found.creator is None and found.ends_at <= clock.now()),
    }
    return render(request, "create/invitation.html", context)


@posted_from("create_invitation", "code")
@for_creators
def accept(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:  # noqa: ARG001 - the door gives the creator
    """The creator promotes the shop at this rate."""
    carried_out(request, lambda: accept_creator_invitation(signed_in(request), code), _("Accepted. Now make a link."))
    return redirect("create_invitation", code)
