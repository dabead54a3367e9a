"""What rules hold of creators' earnings, as the operator decides it; and the closing of accounts, which takes two."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.integrity.closings import (
    agree_to_closing,
    decline_closing,
    propose_closing,
    reopen_creator,
)
from lapak.affiliates.integrity.models import Closing, Finding
from lapak.affiliates.integrity.queries import (
    closing_for_operator,
    closing_of,
    closings_in_force,
    closings_to_answer,
    events_of_finding,
    finding_for_operator,
    findings_of_creator,
    findings_to_decide,
    frozen_lines,
    frozen_sum,
    orders_named,
)
from lapak.affiliates.integrity.rules import UNDECIDED, ClosingState, FindingState, may_decide, may_show_again
from lapak.affiliates.integrity.signs import GROUNDS, Ground
from lapak.affiliates.queries import creator_by_handle
from lapak.affiliates.showcase.hiding import hide_cover, hide_page
from lapak.affiliates.showcase.queries import hidden_parts
from lapak.flows.decide_finding import lift_finding, uphold_finding
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.written import LONGEST_STORY
from lapak.people.users.models import User
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import Buttons, DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

FINDINGS_ON_A_PAGE = 50
CLOSINGS_SHOWN = 100
EARLIER_SHOWN = 20


def _words() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_STORY,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The creator reads it."),
    )


class FindingForm(DeskForm):
    """A false alarm, or not; and why."""

    words = _words()
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("lift", gettext_lazy("Let it go")), ("uphold", gettext_lazy("Uphold it"))],
        widget=Buttons(),
    )


class ShowAgainForm(DeskForm):
    """What is hidden is shown again; why."""

    words = _words()
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=[("lift", gettext_lazy("Show it again"))], widget=Buttons()
    )


class HidingForm(DeskForm):
    """Whose page, or the picture above it; for which ground, and what was seen."""

    handle = forms.CharField(label=gettext_lazy("Creator"), max_length=31)
    part = forms.ChoiceField(
        label=gettext_lazy("What is hidden"),
        choices=[("page", gettext_lazy("The whole page")), ("cover", gettext_lazy("The picture above it"))],
    )
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=list(GROUNDS.items()))
    words = forms.CharField(
        label=gettext_lazy("What was seen, and when"),
        max_length=LONGEST_STORY,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The creator reads it."),
    )

    def clean_handle(self) -> str:
        try:
            return creator_by_handle(self.cleaned_data["handle"].removeprefix("@")).handle
        except CreatorNotFound as unknown:
            raise forms.ValidationError(_("No creator has this handle.")) from unknown


class ProposalForm(DeskForm):
    """From which day on, and why."""

    words = _words()
    closes_on = forms.DateField(label=gettext_lazy("From this day on"), widget=forms.DateInput({"type": "date"}))


class AnswerForm(DeskForm):
    """The second person's."""

    words = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_STORY,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Needed to decline. The creator reads it."),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("agree", gettext_lazy("Close the account")), ("decline", gettext_lazy("Leave it open"))],
        widget=Buttons(),
    )


class ReopeningForm(DeskForm):
    """Why it is open again."""

    words = _words()


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What is to be decided, what ends first on top; what is hidden; and the accounts that are to be closed, or are."""
    return _desk(request, Forms())


def _desk(request: HttpRequest, forms_of_page: Forms) -> HttpResponse:
    context: dict[str, Any] = {
        "title": _("Creators' earnings"),
        "page": page_of(request, findings_to_decide(), FINDINGS_ON_A_PAGE),
        "proposed": closings_to_answer()[:CLOSINGS_SHOWN],
        "closed": closings_in_force()[:CLOSINGS_SHOWN],
        "hidden": hidden_parts()[:CLOSINGS_SHOWN],
        "hiding": forms_of_page(HidingForm),
        "now": clock.now(),
    }
    return forms_of_page.page(request, "staff/integrity_desk.html", context)


@posted_from("admin:integrity_desk")
def hide(request: HttpRequest) -> HttpResponse:
    """A page, or the picture above it, is hidden."""
    by, form = signed_in(request), HidingForm(request.POST)

    def act() -> Finding:
        creator = creator_by_handle(form.cleaned_data["handle"])
        hides = hide_page if form.cleaned_data["part"] == "page" else hide_cover
        return hides(by, creator.id, Ground(form.cleaned_data["ground"]), form.cleaned_data["words"])

    return done_or_again(
        request,
        form,
        act,
        _("Hidden. The creator is told why, and may object."),
        back="admin:integrity_desk",
        page=partial(_desk, request),
    )


@require_safe
def case(request: HttpRequest, finding_id: uuid.UUID) -> HttpResponse:
    """One finding: its evidence, its lines, and what can be decided."""
    return _case(request, finding_id, Forms())


def _about_deciding(request: HttpRequest, finding_id: uuid.UUID) -> Question | None:
    finding, form = finding_for_operator(signed_in(request), finding_id), FindingForm(request.POST)
    if not form.is_valid() or finding.is_of_showcase:
        return None
    asks = {
        "lift": _("Let the %(amount)s of %(creator)s go?"),
        "uphold": _("Uphold that the %(amount)s of %(creator)s are held?"),
    }[form.cleaned_data["decision"]]
    said = {"amount": format_idr(frozen_sum(finding)[1]), "creator": finding.creator}
    return Question(asks % said, reverse("admin:finding_case", args=[finding_id]))


@asked_first(_about_deciding, "admin:finding_case", "finding_id")
def decide(request: HttpRequest, finding_id: uuid.UUID) -> HttpResponse:
    """Let go, or upheld."""
    by = signed_in(request)
    form = (_form_of(by, finding_for_operator(by, finding_id)) or FindingForm)(request.POST)
    acts: dict[str, Callable[[User, uuid.UUID, str], Finding]] = {"lift": lift_finding, "uphold": uphold_finding}
    return done_or_again(
        request,
        form,
        lambda: acts[form.cleaned_data["decision"]](by, finding_id, form.cleaned_data["words"]),
        _("Decided. The creator is told why."),
        back="admin:integrity_desk",
        page=partial(_case, request, finding_id),
    )


@posted_from("admin:finding_case", "finding_id")
def propose(request: HttpRequest, finding_id: uuid.UUID) -> HttpResponse:
    """A second operator has to agree."""
    by, form = signed_in(request), ProposalForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: propose_closing(by, finding_id, form.cleaned_data["words"], form.cleaned_data["closes_on"]),
        _("Proposed. Another operator has to agree; the creator is told."),
        back="admin:integrity_desk",
        page=partial(_case, request, finding_id),
    )


@require_safe
def account(request: HttpRequest, closing_id: uuid.UUID) -> HttpResponse:
    """The closing of one account."""
    return _account(request, closing_id, Forms())


def _about_answering(request: HttpRequest, closing_id: uuid.UUID) -> Question | None:
    closing, form = closing_for_operator(signed_in(request), closing_id), AnswerForm(request.POST)
    if not form.is_valid() or form.cleaned_data["decision"] != "agree":
        return None
    asks = _("Close the account of %(creator)s? Nothing that is bought from then on earns them anything.")
    return Question(asks % {"creator": closing.creator}, reverse("admin:creator_closing", args=[closing_id]))


@asked_first(_about_answering, "admin:creator_closing", "closing_id")
def answer(request: HttpRequest, closing_id: uuid.UUID) -> HttpResponse:
    """The second person agrees, or does not."""
    by, form = signed_in(request), AnswerForm(request.POST)

    def act() -> Closing:
        if form.cleaned_data["decision"] == "agree":
            return agree_to_closing(by, closing_id)
        return decline_closing(by, closing_id, form.cleaned_data["words"])

    return done_or_again(
        request,
        form,
        act,
        _("Decided. The creator is told why."),
        back="admin:integrity_desk",
        page=partial(_account, request, closing_id),
    )


@posted_from("admin:creator_closing", "closing_id")
def reopen(request: HttpRequest, closing_id: uuid.UUID) -> HttpResponse:
    """What is bought from now on earns again."""
    by, form = signed_in(request), ReopeningForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: reopen_creator(by, closing_id, form.cleaned_data["words"]),
        _("The account is open again. The creator is told."),
        back="admin:integrity_desk",
        page=partial(_account, request, closing_id),
    )


def _case(request: HttpRequest, finding_id: uuid.UUID, forms_of_page: Forms) -> HttpResponse:
    by = signed_in(request)
    finding = finding_for_operator(by, finding_id)
    lines, held_idr = frozen_sum(finding)
    form = _form_of(by, finding)
    can_propose = finding.state == FindingState.FINAL and closing_of(finding.creator) is None
    context: dict[str, Any] = {
        "title": f"{finding.creator}: {finding}",
        "finding": finding,
        "line_count": lines,
        "held_idr": held_idr,
        "commissions": frozen_lines(finding),
        "orders": orders_named(finding),
        "events": events_of_finding(finding),
        "earlier": findings_of_creator(finding.creator).exclude(id=finding.id)[:EARLIER_SHOWN],
        "now": clock.now(),
        "form": forms_of_page(form) if form else None,
        "for_another": finding.state in UNDECIDED and not may_decide(finding.state, by.id, finding.upheld_by_id),
        "proposal": forms_of_page(ProposalForm) if can_propose else None,
        "closing": closing_of(finding.creator),
    }
    return forms_of_page.page(request, "staff/finding_case.html", context)


def _form_of(by: User, finding: Finding) -> type[DeskForm] | None:
    """How this operator may decide it now; none, if they may not."""
    if finding.is_of_showcase and may_show_again(finding.state):
        return ShowAgainForm
    return FindingForm if may_decide(finding.state, by.id, finding.upheld_by_id) else None


def _account(request: HttpRequest, closing_id: uuid.UUID, forms_of_page: Forms) -> HttpResponse:
    by = signed_in(request)
    closing = closing_for_operator(by, closing_id)
    is_proposed = closing.state == ClosingState.PROPOSED
    context: dict[str, Any] = {
        "title": _("Account of %(creator)s") % {"creator": closing.creator},
        "closing": closing,
        "events": closing.events.select_related("actor").order_by("happened_at", "id"),
        "is_own": closing.proposed_by_id == by.id,
        "answer": forms_of_page(AnswerForm) if is_proposed else None,
        "reopening": forms_of_page(ReopeningForm) if closing.state == ClosingState.AGREED else None,
    }
    return forms_of_page.page(request, "staff/creator_closing.html", context)
