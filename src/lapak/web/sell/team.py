"""Who works for the shop, as what; and what was changed there, by whom."""

import uuid
from typing import Any

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.people.audit.queries import changes_of_shop
from lapak.people.shops import members
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import invitations_of_shop, members_of_shop
from lapak.people.shops.rules import DUTIES, DUTIES_OF, Duty, Role
from lapak.web.sell import questions
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.forms import InviteMemberForm
from lapak.web.shell.acts import accepted, carried_out, page_of, signed_in
from lapak.web.shell.changes import shown_changes
from lapak.web.shell.posted import posted_from

CHANGES_ON_A_PAGE = 30


@require_safe
@for_sellers()
def team(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Everyone who works here, and what each role may do; an owner can change it."""
    return _page(request, shop, InviteMemberForm())


@posted_from("sell_team", "slug")
@for_sellers(Duty.OWNERSHIP)
@rate_limit(action="invite_member")  # type: ignore[untyped-decorator]  # allauth carries no types
def invite(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Somebody is asked to work here."""
    form = InviteMemberForm(request.POST)
    if accepted(form, lambda: members.invite_member(signed_in(request), shop.id, **form.cleaned_data)):
        messages.success(request, _("Invited. They find the invitation in their seller centre."))
        return redirect("sell_team", shop.slug)
    return _page(request, shop, form)


@posted_from("sell_team", "slug")
@for_sellers(Duty.OWNERSHIP)
def withdraw(request: HttpRequest, shop: Shop, invitation_id: uuid.UUID) -> HttpResponse:
    """An invitation is taken back."""
    by = signed_in(request)
    carried_out(request, lambda: members.withdraw_invitation(by, shop.id, invitation_id), _("Taken back."))
    return redirect("sell_team", shop.slug)


@posted_from("sell_team", "slug")
@for_sellers(Duty.OWNERSHIP)
@questions.asked_first(questions.about_role)
def change_role(request: HttpRequest, shop: Shop, user_id: uuid.UUID) -> HttpResponse:
    """A member has another role."""
    by, role = signed_in(request), request.POST.get("role", "")
    carried_out(request, lambda: members.change_role(by, shop.id, user_id, role), _("Saved."))
    return redirect("sell_team", shop.slug)


@posted_from("sell_team", "slug")
@for_sellers(Duty.OWNERSHIP)
@questions.asked_first(questions.about_removing)
def remove(request: HttpRequest, shop: Shop, user_id: uuid.UUID) -> HttpResponse:
    """A member works here no longer."""
    by = signed_in(request)
    carried_out(request, lambda: members.remove_member(by, shop.id, user_id), _("They no longer work here."))
    return redirect("sell_team" if by.id != user_id else "sell", *([shop.slug] if by.id != user_id else []))


@posted_from("sell_team", "slug")
@for_sellers()
@questions.asked_first(questions.about_leaving)
def leave(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The user works here no longer."""
    if carried_out(request, lambda: members.leave_shop(signed_in(request), shop.id), _("You no longer work there.")):
        return redirect("sell")
    return redirect("sell_team", shop.slug)


@require_safe
@for_sellers(Duty.OWNERSHIP)
def history(request: HttpRequest, shop: Shop) -> HttpResponse:
    """What was changed of the shop, its members and its prices, newest first."""
    page = page_of(request, changes_of_shop(shop.id), CHANGES_ON_A_PAGE)
    return show(request, shop, "history.html", {"page": page, "changes": shown_changes(page)})


@posted_from("sell")
@login_required
def accept(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """The user works for the shop that asked."""
    member = members.accept_invitation(signed_in(request), invitation_id)
    messages.success(request, _("Welcome to %(shop)s.") % {"shop": member.shop.name})
    return redirect("sell_shop", member.shop.slug)


@posted_from("sell")
@login_required
def decline(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """The user does not work for the shop that asked."""
    members.decline_invitation(signed_in(request), invitation_id)
    messages.success(request, _("Declined."))
    return redirect("sell")


def _page(request: HttpRequest, shop: Shop, invite_form: InviteMemberForm) -> HttpResponse:
    context: dict[str, Any] = {
        "members": members_of_shop(shop),
        "invitations": invitations_of_shop(shop),
        "invite_form": invite_form,
        "roles": [(role, [DUTIES[duty] for duty in Duty if duty in DUTIES_OF[role]]) for role in Role],
    }
    return show(request, shop, "team.html", context)
