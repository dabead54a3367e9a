"""Who promoted the shop at its old platforms, and invitations for them that the shop sends itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.affiliates.invitations import make_creator_invitation
from lapak.affiliates.models import CreatorInvitation
from lapak.affiliates.queries import invitations_of_shop
from lapak.lib.numbers import format_rate
from lapak.moving.formats.registry import title_of
from lapak.moving.past.models import PastCreator
from lapak.moving.past.queries import creators_of_past
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.invitations import address_of
from lapak.web.sell.programme_forms import RateForm
from lapak.web.shell.acts import accepted, page_of, signed_in
from lapak.web.shell.posted import posted_from

CREATORS_ON_A_PAGE = 25


@require_safe
@for_sellers(Duty.PROMOTION)
def creators_before(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Those who sold most first, each with the rate at which they did and the invitation there is."""
    return _page(request, shop)


@posted_from("sell_creators_before", "slug")
@for_sellers(Duty.PROMOTION)
def invite(request: HttpRequest, shop: Shop) -> HttpResponse:
    """There is an address by which this creator can accept a rate."""
    said = {"platform": request.POST.get("platform", ""), "handle": request.POST.get("handle", "")}
    creator = creators_of_past(shop).filter(**said).first()
    if creator is None:
        raise Http404
    form = RateForm(request.POST, now_bp=creator.rate_bp or 0, auto_id=_ids(creator))
    if accepted(form, lambda: _invite(request, shop, creator, form)):
        messages.success(request, _("There is your link. Send it yourself: nobody was told."))
        return redirect("sell_creators_before", shop.slug)
    return _page(request, shop, creator, form)


def _invite(request: HttpRequest, shop: Shop, creator: PastCreator, form: RateForm) -> CreatorInvitation:
    by, place = signed_in(request), title_of(creator.platform)
    return make_creator_invitation(by, shop, place=place, name=creator.handle, rate_bp=form.rate_bp)


def _page(
    request: HttpRequest, shop: Shop, typed_of: PastCreator | None = None, typed: RateForm | None = None
) -> HttpResponse:
    page = page_of(request, creators_of_past(shop), CREATORS_ON_A_PAGE)
    names = {creator.id: (title_of(creator.platform), creator.handle) for creator in page}
    made = invitations_of_shop(shop, names.values())
    rows = [
        {
            "creator": creator,
            "place": names[creator.id][0],
            "invitation": (invitation := made.get(names[creator.id])),
            "address": _address(request, invitation),
            "form": typed if typed_of == creator else _form(creator, invitation),
        }
        for creator in page
    ]
    context: dict[str, Any] = {"page": page, "rows": rows}
    return show(request, shop, "creators_before.html", context)


def _form(creator: PastCreator, invitation: CreatorInvitation | None) -> RateForm:
    rate_bp = invitation.rate_bp if invitation else creator.rate_bp
    initial = {} if rate_bp is None else {"percent": format_rate(rate_bp)}
    return RateForm(initial=initial, auto_id=_ids(creator))


def _ids(creator: PastCreator) -> str:
    """Each row's form has a field for a percentage."""
    return f"before{creator.id}_%s"


def _address(request: HttpRequest, invitation: CreatorInvitation | None) -> str:
    return address_of(request, invitation) if invitation else ""
