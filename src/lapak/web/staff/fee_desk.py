"""Fees: a new schedule is announced or called off, and objections of shops are answered."""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.goods.catalogue.models import Category
from lapak.lib import clock
from lapak.lib.number_fields import PercentField
from lapak.lib.numbers import format_rate
from lapak.money.fees.commands import accept_objection, announce_fees, call_off_fees, decline_objection
from lapak.money.fees.models import Schedule
from lapak.money.fees.queries import (
    all_schedules,
    objection_for_operator,
    objections_to_answer,
    schedule_ahead,
    schedule_of_today,
)
from lapak.money.fees.rules import (
    EVERYTHING,
    LONGEST_WORDS,
    MOST_FEE_BP,
    Answer,
    Rate,
    earliest_begin,
    is_dearer,
    most_for_small_bp,
)
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.fees import rows_of, rules_of_fees
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import Buttons, DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

DESK = "admin:fee_desk"
OBJECTIONS_ON_A_PAGE = 50
OF_CATEGORY = "of_"


class AnnounceForm(DeskForm):
    """From when on, and how much of which goods; small sellers pay half."""

    begins_on = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    words = forms.CharField(
        label=gettext_lazy("What changes, and why"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Every shop reads it; it stands in the contract, in the language you write it in."),
    )
    rate_bp = PercentField(label=gettext_lazy("Fee of all goods"), max_value=MOST_FEE_BP)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["begins_on"].initial = earliest_begin(clock.today())
        self._categories = list(Category.objects.filter(parent=None))
        for category in self._categories:
            self.fields[f"{OF_CATEGORY}{category.code}"] = PercentField(
                label=category.name, max_value=MOST_FEE_BP, required=False
            )

    @property
    def rates(self) -> dict[str, Rate]:
        """As typed; a category without a rate of its own has that of all goods."""
        typed = {each.code: self.cleaned_data[f"{OF_CATEGORY}{each.code}"] for each in self._categories}
        named = {EVERYTHING: self.cleaned_data["rate_bp"], **typed}
        return {code: Rate(bp, most_for_small_bp(bp)) for code, bp in named.items() if bp is not None}

    @property
    def said(self) -> dict[str, Any]:
        """What the command takes."""
        return {"begins_on": self.cleaned_data["begins_on"], "words": self.cleaned_data["words"], "rates": self.rates}


class CallOffForm(DeskForm):
    """They do not begin."""


class AnswerForm(DeskForm):
    """What becomes of an objection."""

    words = forms.CharField(
        label=gettext_lazy("Lapak's answer"), max_length=LONGEST_WORDS, widget=forms.Textarea({"rows": 4})
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=Buttons,
        choices=[
            (Answer.KEPT, gettext_lazy("Accept: the shop keeps its fees")),
            (Answer.DECLINED, gettext_lazy("Decline: no other fees are offered")),
        ],
    )


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The schedules there are, and what shops object."""
    return _desk(request, Forms())


def _about_announcing(request: HttpRequest) -> Question | None:
    form = AnnounceForm(request.POST)
    if not form.is_valid() or form.cleaned_data["begins_on"] < earliest_begin(clock.today()) or schedule_ahead():
        return None
    names = {each.code: each.name for each in Category.objects.filter(parent=None)}
    rates = [
        f"{names.get(code, _('All goods'))}: {format_rate(rate.rate_bp)}%, {format_rate(rate.small_bp)}%"
        for code, rate in form.rates.items()
    ]
    who = (
        _("Somebody pays more: they hold for shops that agree.")
        if is_dearer(form.rates, schedule_of_today().rates_by_category)
        else _("Nobody pays more: they hold for every shop.")
    )
    day = date_format(form.cleaned_data["begins_on"], "j F Y")
    asks = _("Announce to every shop that these fees begin on %(day)s?") % {"day": day}
    return Question(asks, reverse(DESK), [*rates, who, form.cleaned_data["words"]])


@asked_first(_about_announcing, DESK)
def announce(request: HttpRequest) -> HttpResponse:
    """Every shop is told."""
    form = AnnounceForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: announce_fees(signed_in(request), **form.said),
        _("Announced. Every shop is told."),
        back=DESK,
        page=partial(_desk, request),
    )


def _about_calling_off(request: HttpRequest, schedule_id: uuid.UUID) -> Question | None:  # noqa: ARG001 - as the view
    ahead = schedule_ahead()
    if ahead is None or ahead.id != schedule_id:
        return None
    asks = _("Call it off that other fees begin on %(day)s?") % {"day": date_format(ahead.begins_on, "j F Y")}
    return Question(asks, reverse(DESK), [_("Fees stay as they are, and every shop that was told is told so.")])


@asked_first(_about_calling_off, DESK)
def call_off(request: HttpRequest, schedule_id: uuid.UUID) -> HttpResponse:
    """Fees stay as they are."""
    get_object_or_404(Schedule, id=schedule_id)
    return done_or_again(
        request,
        CallOffForm(request.POST, of=schedule_id),
        lambda: call_off_fees(signed_in(request), schedule_id),
        _("Called off. Fees stay as they are."),
        back=DESK,
        page=partial(_desk, request),
    )


@require_safe
def objection(request: HttpRequest, consent_id: uuid.UUID) -> HttpResponse:
    """One of them."""
    return _objection(request, consent_id, Forms())


@posted_from("admin:fee_objection", "consent_id")
def answer(request: HttpRequest, consent_id: uuid.UUID) -> HttpResponse:
    """Lapak has answered."""
    by, form = signed_in(request), AnswerForm(request.POST)

    def act() -> object:
        decide = accept_objection if form.cleaned_data["answer"] == Answer.KEPT else decline_objection
        return decide(by, consent_id, form.cleaned_data["words"])

    page = partial(_objection, request, consent_id)
    return done_or_again(request, form, act, _("Answered. The shop is told."), back=DESK, page=page)


def _desk(request: HttpRequest, forms_: Forms) -> HttpResponse:
    ahead = schedule_ahead()
    context: dict[str, Any] = {
        "title": _("Fees"),
        "today": schedule_of_today(),
        "schedules": [(each, rows_of(each)) for each in all_schedules()],
        "ahead": ahead,
        "call_off": forms_(CallOffForm, ahead.id) if ahead else None,
        "announce": None if ahead else forms_(AnnounceForm),
        "page": page_of(request, objections_to_answer(), OBJECTIONS_ON_A_PAGE),
        **rules_of_fees(),
    }
    return forms_.page(request, "staff/fee_desk.html", context)


def _objection(request: HttpRequest, consent_id: uuid.UUID, forms_: Forms) -> HttpResponse:
    consent = objection_for_operator(signed_in(request), consent_id)
    is_open = consent.state == Answer.OBJECTED
    context: dict[str, Any] = {
        "title": _("Objection of %(shop)s") % {"shop": consent.shop.name},
        "consent": consent,
        "events": consent.events.select_related("actor").order_by("happened_at", "id"),
        "form": forms_(AnswerForm) if is_open else None,
    }
    return forms_.page(request, "staff/fee_objection.html", context)
