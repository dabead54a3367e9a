"""What buyers complain of, and what the shop says to it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.trade.complaints.commands import answer_complaint_for_shop
from lapak.trade.complaints.queries import complaint_for_seller, complaints_of_shop, events_of_complaint
from lapak.trade.complaints.rules import LONGEST_COMPLAINT, SHORTEST_COMPLAINT, ComplaintState
from lapak.web.sell.access import for_sellers, own_of_shop, show
from lapak.web.shell.acts import accepted, page_of, signed_in
from lapak.web.shell.complaint_story import story_of_complaint

COMPLAINTS_ON_A_PAGE = 25

ALL = "all"
"""The tab of every complaint; the other is of those that wait for the shop."""


class AnswerForm(forms.Form):
    """What the shop does about it."""

    words = forms.CharField(
        label=gettext_lazy("Your answer"),
        min_length=SHORTEST_COMPLAINT,
        max_length=LONGEST_COMPLAINT,
        help_text=gettext_lazy("The buyer reads it, and Lapak if they are not content."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_safe
@for_sellers(Duty.ORDERS)
def complaints(request: HttpRequest, shop: Shop) -> HttpResponse:
    """What waits for the shop, or everything, newest first."""
    shows_all, found = request.GET.get("show") == ALL, complaints_of_shop(shop)
    waiting = found if shows_all else found.filter(state=ComplaintState.WITH_SHOP)
    context: dict[str, Any] = {"shows_all": shows_all, "page": page_of(request, waiting, COMPLAINTS_ON_A_PAGE)}
    return show(request, shop, "complaints.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_sellers(Duty.ORDERS)
def complaint(request: HttpRequest, shop: Shop, complaint_id: uuid.UUID) -> HttpResponse:
    """One of them, and the shop's answer."""
    own, seller = own_of_shop(request, shop, complaint_for_seller, complaint_id), signed_in(request)
    form = AnswerForm(request.POST or None)
    if accepted(form, lambda: answer_complaint_for_shop(seller, own.id, form.cleaned_data["words"])):
        messages.success(request, _("The buyer reads your answer now."))
        return redirect("sell_complaint", shop.slug, own.id)
    context: dict[str, Any] = {
        "complaint": own,
        "story": story_of_complaint(own, events_of_complaint(own)),
        "form": form if form.is_bound or own.state == ComplaintState.WITH_SHOP else None,
    }
    return show(request, shop, "complaint.html", context)
