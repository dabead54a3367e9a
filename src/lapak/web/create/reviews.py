"""Reviews of the creator's account: what rules saw, what was decided and why, the way to object, and whether it closes."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.integrity.appealing import appeal_finding
from lapak.affiliates.integrity.facts import LOOK_BACK
from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.queries import (
    closing_of,
    events_of_creator,
    events_of_finding,
    finding_for_creator,
    findings_of_creator,
    frozen_lines,
    frozen_sum,
)
from lapak.affiliates.integrity.rules import MOST_PICTURES, FindingState
from lapak.affiliates.models import Creator
from lapak.lib.numbers import filled
from lapak.lib.written import LONGEST_STORY
from lapak.web.create.access import for_creators
from lapak.web.shell.acts import carried_out, page_of, signed_in
from lapak.web.shell.forms import PicturesField
from lapak.web.shell.posted import posted_from

REVIEWS_ON_A_PAGE = 20
EVENTS_SHOWN = 20


class ObjectionForm(forms.Form):
    """What the creator says to it, once."""

    words = forms.CharField(
        label=gettext_lazy("Why is it wrong?"),
        max_length=LONGEST_STORY,
        help_text=gettext_lazy("You can object once. Say where your buyers come from, and show it if you can."),
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
@for_creators
def reviews(request: HttpRequest, creator: Creator) -> HttpResponse:
    """Every review there was, whether the account is to be closed, and all that was logged."""
    page = page_of(request, findings_of_creator(creator), REVIEWS_ON_A_PAGE)
    closing = closing_of(creator)
    context: dict[str, Any] = {
        "creator": creator,
        "page": page,
        "closing": closing,
        "events": events_of_creator(creator)[:EVENTS_SHOWN],
    }
    return render(request, "create/reviews.html", context)


@require_safe
@for_creators
def review(request: HttpRequest, creator: Creator, finding_id: uuid.UUID) -> HttpResponse:
    """One review: what the rule saw, which commissions it holds, until when, and the way to object."""
    return _page(request, creator, finding_for_creator(signed_in(request), finding_id), ObjectionForm())


@posted_from("create_review", "finding_id")
@for_creators
def object_to(request: HttpRequest, creator: Creator, finding_id: uuid.UUID) -> HttpResponse:
    """Another person decides."""
    by, form = signed_in(request), ObjectionForm(request.POST, request.FILES)
    if carried_out(
        request,
        lambda: appeal_finding(by, finding_id, form.cleaned_data["words"], form.cleaned_data["pictures"]),
        _("Your objection is with us. Another person than before decides."),
        form,
    ):
        return redirect("create_review", finding_id)
    return _page(request, creator, finding_for_creator(by, finding_id), form)


def _page(request: HttpRequest, creator: Creator, finding: Finding, form: ObjectionForm) -> HttpResponse:
    _lines, held_idr = frozen_sum(finding)
    context: dict[str, Any] = {
        "creator": creator,
        "finding": finding,
        "days": LOOK_BACK.days,
        "held_idr": held_idr,
        "commissions": frozen_lines(finding),
        "events": events_of_finding(finding),
        "form": form if finding.state == FindingState.UPHELD else None,
    }
    return render(request, "create/review.html", context)
