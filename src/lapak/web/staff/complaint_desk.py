"""Complaints that Lapak answers, the oldest first; and those that came by mail, phone or letter, noted like the others."""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.trade.complaints.commands import LONGEST_CONTACT, answer_complaint, note_complaint
from lapak.trade.complaints.models import Complaint
from lapak.trade.complaints.queries import (
    complaint_for_operator,
    complaints_to_answer,
    events_of_complaint,
    figures,
)
from lapak.trade.complaints.rules import FIGURES_DAYS, LONGEST_COMPLAINT, WAITS_FOR_LAPAK
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.complaint_story import story_of_complaint
from lapak.web.shell.posted import posted_from
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again

COMPLAINTS_ON_A_PAGE = 50


class ReplyForm(DeskForm):
    """What Lapak says to it."""

    words = forms.CharField(
        label=gettext_lazy("Lapak's answer"),
        max_length=LONGEST_COMPLAINT,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy(
            "Say what was found and what is done. It ends the complaint here; whoever made it reads where else to go."
        ),
    )


class NotingForm(DeskForm):
    """What came elsewhere."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"), choices=[each for each in Complaint.Channel.choices if each[0] != "page"]
    )
    contact = forms.CharField(
        label=gettext_lazy("E-mail address or phone number"),
        max_length=LONGEST_CONTACT,
        help_text=gettext_lazy(
            "If it is the e-mail address of somebody here, they read the answer on their own page, too."
        ),
    )
    topic = forms.ChoiceField(label=gettext_lazy("What is it about?"), choices=Complaint.Topic.choices)
    words = forms.CharField(
        label=gettext_lazy("What they say"), max_length=LONGEST_COMPLAINT, widget=forms.Textarea({"rows": 4})
    )


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the oldest first, and how the term was kept."""
    return _desk(request, Forms())


@posted_from("admin:complaint_desk")
def note(request: HttpRequest) -> HttpResponse:
    """It came by mail, phone or letter."""
    by, form = signed_in(request), NotingForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: note_complaint(by, **form.cleaned_data),
        _("Noted. It waits for an answer below."),
        back="admin:complaint_desk",
        page=partial(_desk, request),
    )


@require_safe
def case(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """One of them."""
    return _case(request, complaint_id, Forms())


@posted_from("admin:complaint_case", "complaint_id")
def answer(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """Lapak has answered."""
    by, form = signed_in(request), ReplyForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: answer_complaint(by, complaint_id, form.cleaned_data["words"]),
        _("Answered. Whoever made it is told."),
        back="admin:complaint_desk",
        page=partial(_case, request, complaint_id),
    )


def _desk(request: HttpRequest, forms_: Forms) -> HttpResponse:
    context: dict[str, Any] = {
        "title": _("Complaints"),
        "page": page_of(request, complaints_to_answer(), COMPLAINTS_ON_A_PAGE),
        "figures": figures(),
        "days": FIGURES_DAYS,
        "form": forms_(NotingForm),
    }
    return forms_.page(request, "staff/complaint_desk.html", context)


def _case(request: HttpRequest, complaint_id: uuid.UUID, forms_: Forms) -> HttpResponse:
    complaint = complaint_for_operator(signed_in(request), complaint_id)
    context: dict[str, Any] = {
        "title": _("Complaint %(number)s") % {"number": complaint.number},
        "complaint": complaint,
        "story": story_of_complaint(complaint, events_of_complaint(complaint)),
        "form": forms_(ReplyForm) if complaint.state in WAITS_FOR_LAPAK else None,
    }
    return forms_.page(request, "staff/complaint_case.html", context)
