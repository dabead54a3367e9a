"""Goods, shops and creators' pages that people report, as the operator decides them; and what shops say against it."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.integrity.signs import GROUNDS, Ground
from lapak.lib import clock
from lapak.lib.written import LONGEST_STORY
from lapak.moderation.deciding import (
    dismiss_case,
    hide_reported_page,
    keep_case,
    lift_case,
    suspend_shop,
    take_goods_down,
)
from lapak.moderation.models import Case, Reason
from lapak.moderation.queries import (
    case_for_operator,
    cases_decided,
    cases_to_decide,
    count_to_decide,
    events_of_case,
    figures,
    reports_of_case,
)
from lapak.moderation.rules import FIGURES_DAYS, LONGEST_RULE, CaseState, may_move
from lapak.people.users.models import User
from lapak.people.users.operators import Desk
from lapak.people.users.queries import has_another_at
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again

CASES_ON_A_PAGE = 50

REPORTS_SHOWN = 50
"""Of one case, the first ones."""

DECIDED_SHOWN = 20
"""The newest; the others are found by their shop."""


def _story(label: Any, read_by: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_STORY, widget=forms.Textarea({"rows": 3}), help_text=read_by)


def _words(read_by: Any) -> forms.CharField:
    return _story(gettext_lazy("Why"), read_by)


def _seen(read_by: Any) -> forms.CharField:
    return _story(gettext_lazy("What was seen, and when"), read_by)


class DismissalForm(DeskForm):
    """Nothing is wrong; why."""

    words = _words(gettext_lazy("It stays on record, and nobody else reads it."))


class TakingDownForm(DeskForm):
    """For which reason, which rule it breaks, and what was seen."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=Reason.choices)
    rule = forms.CharField(label=gettext_lazy("The rule that it breaks"), max_length=LONGEST_RULE)
    words = _seen(gettext_lazy("The shop reads it."))


class SuspensionForm(TakingDownForm):
    """And until when."""

    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput({"type": "date"}))


class PageHidingForm(DeskForm):
    """For which ground, and what was seen."""

    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=list(GROUNDS.items()))
    words = _seen(gettext_lazy("The creator reads it."))


class LiftingForm(DeskForm):
    """Why it may stand here again."""

    words = _words(gettext_lazy("The shop reads it."))


class KeepingForm(DeskForm):
    """Why the objection does not convince."""

    words = _words(gettext_lazy("The shop reads it."))


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; what was decided last; and the public figures."""
    context: dict[str, Any] = {
        "title": _("Moderation"),
        "page": page_of(request, cases_to_decide(), CASES_ON_A_PAGE, total=count_to_decide()),
        "decided": cases_decided()[:DECIDED_SHOWN],
        "figures": figures(),
        "days": FIGURES_DAYS,
        "now": clock.now(),
    }
    return Forms().page(request, "staff/moderation_desk.html", context)


@require_safe
def case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case: what stood there, who said what, and what can be decided."""
    return _case(request, case_id, Forms())


@posted_from("admin:moderation_case", "case_id")
def dismiss(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """It stays."""
    return _decided(request, case_id, DismissalForm, dismiss_case, _("It stays. Those who reported it are told."))


@posted_from("admin:moderation_case", "case_id")
def take_down(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The product is on sale nowhere."""
    return _decided(request, case_id, TakingDownForm, take_goods_down, _("Taken down. The shop is told why."))


@posted_from("admin:moderation_case", "case_id")
def suspend(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The shop sells nothing for a time."""
    return _decided(request, case_id, SuspensionForm, suspend_shop, _("Suspended. The shop is told why."))


@posted_from("admin:moderation_case", "case_id")
def hide(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The creator's page is hidden."""
    done = _("Hidden. The creator is told why, and may object.")
    return _decided(request, case_id, PageHidingForm, _hide, done)


@posted_from("admin:moderation_case", "case_id")
def lift(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """It may stand here again."""
    return _decided(request, case_id, LiftingForm, lift_case, _("Lifted. The shop is told."))


@posted_from("admin:moderation_case", "case_id")
def keep(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The objection does not convince."""
    return _decided(request, case_id, KeepingForm, keep_case, _("It stays as decided. The shop is told."))


def _hide(by: User, case_id: uuid.UUID, *, ground: str, words: str) -> Case:
    return hide_reported_page(by, case_id, ground=Ground(ground), words=words)


def _decided(
    request: HttpRequest, case_id: uuid.UUID, kind: type[DeskForm], act: Callable[..., Case], done: str
) -> HttpResponse:
    by, form = signed_in(request), kind(request.POST)
    return done_or_again(
        request,
        form,
        lambda: act(by, case_id, **form.cleaned_data),
        done,
        back="admin:moderation_desk",
        page=partial(_case, request, case_id),
    )


def _case(request: HttpRequest, case_id: uuid.UUID, forms_of_page: Forms) -> HttpResponse:
    by = signed_in(request)
    found = case_for_operator(by, case_id)
    for_another = _is_for_another(by, found)
    context: dict[str, Any] = {
        "title": found.title,
        "case": found,
        "reports": reports_of_case(found)[:REPORTS_SHOWN],
        "events": events_of_case(found),
        "for_another": for_another,
        "dismissal": forms_of_page(DismissalForm) if found.state == CaseState.OPEN else None,
        "uphold": forms_of_page(_form_of(found)) if found.state == CaseState.OPEN else None,
        "lifting": forms_of_page(LiftingForm) if not for_another and may_move(found.state, CaseState.LIFTED) else None,
        "keeping": forms_of_page(KeepingForm) if not for_another and found.state == CaseState.APPEALED else None,
        "as_shown": found.pictures.filter(is_as_shown=True),
        "objection": found.pictures.filter(report=None, is_as_shown=False),
    }
    return forms_of_page.page(request, "staff/moderation_case.html", context)


def _is_for_another(by: User, found: Case) -> bool:
    is_own = found.state == CaseState.APPEALED and found.decided_by_id == by.id
    return is_own and has_another_at(by, Desk.MODERATION)


def _form_of(found: Case) -> type[DeskForm]:
    if found.is_of_goods:
        return TakingDownForm
    return SuspensionForm if found.is_of_shop else PageHidingForm
