"""What Lapak decided about the shop and its goods, why, and the way to object."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.lib.numbers import filled
from lapak.lib.written import LONGEST_STORY
from lapak.moderation.appealing import appeal_case
from lapak.moderation.models import Case
from lapak.moderation.queries import case_for_seller, cases_of_shop
from lapak.moderation.rules import MOST_PICTURES, CaseState
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Role
from lapak.web.sell.access import for_sellers, own_of_shop, role_of, show
from lapak.web.shell.acts import carried_out, page_of, signed_in
from lapak.web.shell.forms import PicturesField
from lapak.web.shell.posted import posted_from

DECISIONS_ON_A_PAGE = 25


class ObjectionForm(forms.Form):
    """What the shop says to it, once."""

    words = forms.CharField(
        label=gettext_lazy("Why is it wrong, or what have you changed?"),
        max_length=LONGEST_STORY,
        help_text=gettext_lazy("You can object once. Show a licence, a letter or an invoice if you can."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    pictures = PicturesField(
        label=gettext_lazy("Pictures"),
        required=False,
        help_text=filled(
            gettext_lazy("Up to {most}, seen by you and Lapak only. JPEG, PNG or WebP."), most=MOST_PICTURES
        ),
    )


@require_safe
@for_sellers()
def decisions(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Every one there was, newest first."""
    page = page_of(request, cases_of_shop(shop), DECISIONS_ON_A_PAGE)
    return show(request, shop, "decisions.html", {"page": page})


@require_safe
@for_sellers()
def decision(request: HttpRequest, shop: Shop, case_id: uuid.UUID) -> HttpResponse:
    """One of them: why, until when, and the way to object."""
    return _page(request, shop, own_of_shop(request, shop, case_for_seller, case_id), ObjectionForm())


@posted_from("sell_decision", "slug", "case_id")
@for_sellers()
def object_to(request: HttpRequest, shop: Shop, case_id: uuid.UUID) -> HttpResponse:
    """Another person decides, where there is one."""
    own, by = own_of_shop(request, shop, case_for_seller, case_id), signed_in(request)
    form = ObjectionForm(request.POST, request.FILES)
    if carried_out(
        request,
        lambda: appeal_case(by, own.id, form.cleaned_data["words"], form.cleaned_data["pictures"]),
        _("Your objection is with us. You are told what came of it."),
        form,
    ):
        return redirect("sell_decision", shop.slug, own.id)
    return _page(request, shop, own_of_shop(request, shop, case_for_seller, case_id), form)


def _page(request: HttpRequest, shop: Shop, own: Case, form: ObjectionForm) -> HttpResponse:
    is_owner = role_of(request) == Role.OWNER
    context: dict[str, Any] = {
        "case": own,
        "is_owner": is_owner,
        "form": form if own.state == CaseState.UPHELD and is_owner else None,
        "pictures": own.pictures.filter(report=None, is_as_shown=False) if is_owner else [],
        "answer": own.events.filter(state__in=[CaseState.LIFTED, CaseState.FINAL]).order_by("-happened_at").first(),
    }
    return show(request, shop, "decision.html", context)
