"""Settings: what holds, what is coming, who chose it and why."""

import uuid
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.lib import clock
from lapak.lib.number_fields import CountField
from lapak.people.settings.commands import change_setting, take_setting_back
from lapak.people.settings.errors import LONGEST_WORDS
from lapak.people.settings.models import Step
from lapak.people.settings.queries import first_of, setting_for_operator, steps_chosen, values_of
from lapak.people.settings.rules import SETTINGS, Number, Setting
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

DESK, ONE = "admin:settings_desk", "admin:setting"
STEPS_ON_A_PAGE = 50


class ChangeForm(DeskForm):
    """Another value, from when on, and why."""

    begins_on = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Whoever works here reads it; it stays on record."),
    )
    field_order = ("value", "begins_on", "reason")

    def __init__(self, *given: Any, setting: Setting, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["value"] = _field(setting)
        self.fields["begins_on"].initial = setting.earliest(clock.today())
        self.order_fields(self.field_order)


class TakeBackForm(DeskForm):
    """It does not begin."""


def _field(setting: Setting) -> forms.Field:
    if not isinstance(setting, Number):
        today = values_of(setting).on(clock.today())
        return forms.CharField(
            label=gettext_lazy("Text"),
            initial=today,
            required=False,
            max_length=setting.longest,
            widget=forms.Textarea({"rows": 2}),
        )
    bounds = {"least": setting.said(str(setting.least)), "most": setting.said(str(setting.most))}
    return CountField(
        label=gettext_lazy("Value"),
        min_value=setting.least,
        max_value=setting.most,
        help_text=_("From %(least)s to %(most)s.") % bounds,
    )


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """All of them."""
    context = {"title": _("Settings"), "settings": [_row(each, clock.today()) for each in SETTINGS.values()]}
    return Forms().page(request, "staff/settings_desk.html", context)


@require_safe
def setting(request: HttpRequest, name: str) -> HttpResponse:
    """One, with all that was ever chosen."""
    return _page(request, name, Forms())


def _about_changing(request: HttpRequest, name: str) -> Question | None:
    chosen = setting_for_operator(signed_in(request), name)
    form = ChangeForm(request.POST, setting=chosen)
    if not form.is_valid() or form.cleaned_data["begins_on"] < chosen.earliest(clock.today()):
        return None
    typed, day = form.cleaned_data["value"], form.cleaned_data["begins_on"]
    says = {"setting": chosen.label, "value": chosen.said(str(typed)), "day": date_format(day, "j F Y")}
    before = _("Today: %(value)s") % {"value": chosen.said(values_of(chosen).on(clock.today()))}
    asks = _("%(setting)s: %(value)s from %(day)s on?") % says
    return Question(asks, reverse(ONE, args=[name]), [before, *_whom_it_concerns(chosen), form.cleaned_data["reason"]])


def _whom_it_concerns(chosen: Setting) -> list[str]:
    if not isinstance(chosen, Number):
        return [_("Everybody reads it, in the help.")]
    if chosen.is_kept_by_orders:
        return [
            _(
                "Orders that were placed before keep the time they were placed under. The help says at once that it changes."
            )
        ]
    return [_("What began before keeps the time it began with.")]


@asked_first(_about_changing, ONE, "name")
def change(request: HttpRequest, name: str) -> HttpResponse:
    """It has another value from a day on."""
    by = signed_in(request)
    form = ChangeForm(request.POST, setting=setting_for_operator(by, name))
    return done_or_again(
        request,
        form,
        lambda: change_setting(by, name, **form.cleaned_data),
        _("Set. It holds from that day on."),
        back=reverse(ONE, args=[name]),
        page=partial(_page, request, name),
    )


def _about_taking_back(request: HttpRequest, name: str, step_id: uuid.UUID) -> Question | None:
    chosen = setting_for_operator(signed_in(request), name)
    step = steps_chosen(chosen).filter(id=step_id, taken_back_at=None, begins_on__gt=clock.today()).first()
    if step is None:
        return None
    says = {"setting": chosen.label, "value": chosen.said(step.value), "day": date_format(step.begins_on, "j F Y")}
    asks = _("Take it back that from %(day)s on it is: %(setting)s, %(value)s?") % says
    return Question(asks, reverse(ONE, args=[name]), [_("It stays as it is until then.")])


@asked_first(_about_taking_back, ONE, "name")
def take_back(request: HttpRequest, name: str, step_id: uuid.UUID) -> HttpResponse:
    """What is coming does not come."""
    return done_or_again(
        request,
        TakeBackForm(request.POST, of=step_id),
        lambda: take_setting_back(signed_in(request), step_id),
        _("Taken back."),
        back=reverse(ONE, args=[name]),
        page=partial(_page, request, name),
    )


def _row(each: Setting, today: date) -> tuple[Setting, str, list[tuple[date, str]]]:
    values = values_of(each)
    ahead = [(day, each.said(value)) for day, value in values.steps if day > today]
    return each, each.said(values.on(today)), ahead


def _page(request: HttpRequest, name: str, forms_: Forms) -> HttpResponse:
    chosen = setting_for_operator(signed_in(request), name)
    today = clock.today()
    page = page_of(request, steps_chosen(chosen), STEPS_ON_A_PAGE)
    given = [(day, chosen.said(value)) for day, value in first_of(chosen).steps]
    context: dict[str, Any] = {
        "title": chosen.label,
        "setting": chosen,
        "is_number": isinstance(chosen, Number),
        "today": chosen.said(values_of(chosen).on(today)),
        "ahead": _row(chosen, today)[-1],
        "page": page,
        "steps": [(step, chosen.said(step.value), _take_back(step, today, forms_)) for step in page],
        "given": [(None if day == date.min else day, value) for day, value in given],
        "change": forms_(ChangeForm, setting=chosen),
    }
    return forms_.page(request, "staff/setting.html", context)


def _take_back(step: Step, today: date, forms_: Forms) -> TakeBackForm | None:
    return forms_(TakeBackForm, step.id) if step.taken_back_at is None and step.begins_on > today else None
