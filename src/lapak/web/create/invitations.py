"""A shop's invitation, as the creator sees it whom it is for, or to whom the shop has sent it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.affiliates.invitations import decline_creator_invitation
from lapak.affiliates.models import Creator
from lapak.affiliates.offers import own_programme, programmes_good_in
from lapak.affiliates.queries import invitation_of_code
from lapak.flows.accept_invitation import accept_invitation
from lapak.moving.partners.queries import links_of, partner_of
from lapak.web.create.access import for_creators
from lapak.web.create.forms import DeclineForm
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.posted import posted_from


@require_safe
@for_creators
def invitation(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:
    """Whose it is, the rate and its end, the shop's words, and until when it can be answered."""
    return _page(request, creator, code, DeclineForm())


@posted_from("create_invitation", "code")
@for_creators
def accept(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:  # noqa: ARG001 - the door gives the creator
    """The creator promotes the shop at this rate."""
    carried_out(request, lambda: accept_invitation(signed_in(request), code), _("Accepted. Now make a link."))
    return redirect("create_invitation", code)


@posted_from("create_invitation", "code")
@for_creators
def decline(request: HttpRequest, creator: Creator, code: str) -> HttpResponse:
    """The creator does not want to, and says why if they like."""
    form = DeclineForm(request.POST)
    if carried_out(
        request,
        lambda: decline_creator_invitation(signed_in(request), code, form.cleaned_data["reason"]),
        _("Declined. The shop is told."),
        form,
    ):
        return redirect("create_programmes")
    return _page(request, creator, code, form)


def _page(request: HttpRequest, creator: Creator, code: str, form: DeclineForm) -> HttpResponse:
    found = invitation_of_code(code)
    if found.invited not in {None, creator}:
        raise Http404
    rates = [each.rate_bp for each in programmes_good_in(creator, [found.shop_id])]
    context = {
        "creator": creator,
        "invitation": found,
        "form": form,
        "is_mine": found.creator == creator,
        "is_gone": found.is_over,
        "old_links": links_of(partner).count() if (partner := partner_of(found)) else 0,
        "now_bp": max(rates, default=0),
        "ends_own": bool(found.rate_ends_on and own_programme(found.shop, creator)),
    }
    return render(request, "create/invitation.html", context)
