"""Whom a shop has invited to promote it at a rate of their own, what they answered, and inviting more."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lapak.affiliates.invitations import BY_MAIL, Answer, Asked, Offered, invite_creators, withdraw_creator_invitation
from lapak.affiliates.models import CreatorInvitation
from lapak.affiliates.queries import invitations_made_by
from lapak.affiliates.rules import MOST_INVITED
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.programme_forms import InviteForm
from lapak.web.shell.acts import accepted, carried_out, page_of, signed_in
from lapak.web.shell.posted import posted_from

INVITATIONS_ON_A_PAGE = 25

ANSWERS = {
    Asked.ASKED: ("good", _("invited")),
    Asked.ANNOUNCED: ("info", _("new rate announced")),
    Asked.DOUBLED: ("quiet", _("stands above already")),
    Asked.UNKNOWN: ("bad", _("no such creator")),
    Asked.DECLINED: ("warn", _("declined not long ago")),
    Asked.LATELY: ("warn", _("invited not long ago")),
    Asked.UNRATED: ("quiet", _("no rate is known: invite them by hand")),
}
"""What became of a line, as the shop reads it: tone and words."""


@require_safe
@for_sellers(Duty.PROMOTION)
def invitations(request: HttpRequest, shop: Shop) -> HttpResponse:
    """All that the shop made, the newest first, each with what was answered; `?who=` are those to be invited now."""
    chosen = "\n".join(request.GET.getlist("who")[:MOST_INVITED]).replace("\0", "")
    return _page(request, shop, form=InviteForm(shop=shop, initial={"who": chosen}))


@posted_from("sell_invitations", "slug")
@for_sellers(Duty.PROMOTION)
def invite(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Each line of handles and e-mail addresses is asked, and answered for."""
    form = InviteForm(request.POST, shop=shop)
    answers: list[Answer] = []
    if accepted(form, lambda: answers.extend(_invite(request, shop, form))):
        return _page(request, shop, answers=answers)
    return _page(request, shop, form=form)


@posted_from("sell_invitations", "slug")
@for_sellers(Duty.PROMOTION)
def withdraw(request: HttpRequest, shop: Shop, invitation_id: uuid.UUID) -> HttpResponse:
    """Nobody can accept it any more."""
    carried_out(request, lambda: withdraw_creator_invitation(signed_in(request), invitation_id), _("Withdrawn."))
    return redirect("sell_invitations", shop.slug)


def address_of(invitation: CreatorInvitation) -> str:
    """Where it is answered."""
    return f"{settings.BASE_URL}{reverse('create_invitation', args=[invitation.code])}"


def _invite(request: HttpRequest, shop: Shop, form: InviteForm) -> list[Answer]:
    typed = form.cleaned_data
    offered = Offered(message=typed["message"], rate_ends_on=typed["rate_ends_on"], answer_on=typed["answer_on"])
    return invite_creators(signed_in(request), shop, typed["who"], form.rate_bp, offered)


def _page(
    request: HttpRequest, shop: Shop, *, form: forms.Form | None = None, answers: list[Answer] | None = None
) -> HttpResponse:
    page = page_of(request, invitations_made_by(shop), INVITATIONS_ON_A_PAGE)
    context: dict[str, Any] = {
        "form": form or InviteForm(shop=shop),
        "answers": [(answer, *ANSWERS[answer.outcome]) for answer in answers or []],
        "page": page,
        "by_mail": BY_MAIL,
        "rows": [(each, "" if each.invited_id and not each.email else address_of(each)) for each in page],
    }
    return show(request, shop, "invitations.html", context)
