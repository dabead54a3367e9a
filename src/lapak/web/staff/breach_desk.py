"""Breaches of people's data: recorded, told to whom it concerns within 72 hours, closed."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.http import require_safe

from lapak.flows.record_breach import record_breach
from lapak.flows.record_breach.people import people_concerned
from lapak.flows.record_breach.traces import TRACES
from lapak.lib import clock
from lapak.lib.numbers import format_count
from lapak.lib.refusal import Refusal
from lapak.people.privacy.breach_letters import letter
from lapak.people.privacy.breaches import (
    breach_for_operator,
    breaches_closed,
    breaches_open,
    call_off_breach,
    close_breach,
    note_authority_told,
    note_on_breach,
    publish_breach,
    reword_breach,
    tell_people_of_breach,
)
from lapak.people.privacy.models import Breach
from lapak.people.privacy.rules import LONGEST_STORY, TOLD_WITHIN, DataKind, Whose
from lapak.people.users.models import User
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.closing import ClosingForm
from lapak.web.shell.forms import CheckCards
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.breach_papers import letter_to_authority
from lapak.web.staff.desk_forms import DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

DESK, CASE = "admin:breach_desk", "admin:breach_case"
SHOWN = 50


def _moment(label: Any, **given: Any) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=ClosingForm.Moment(), **given)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _story(label: Any, rows: int = 4, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_STORY, widget=forms.Textarea({"rows": rows}), **given)


class WordsForm(DeskForm):
    """What the letters say."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Which data"),
        choices=[(kind.value, capfirst(kind.label)) for kind in DataKind],
        widget=CheckCards,
    )
    how = _story(
        gettext_lazy("What happened, and how (Indonesian)"),
        help_text=gettext_lazy(
            "Everybody concerned reads it, and the authority. Say nothing that helps whoever did it."
        ),
    )
    measures = _story(
        gettext_lazy("What we do, and what they can do (Indonesian)"),
        help_text=gettext_lazy("What is stopped and mended, and what each of them had better do now."),
    )
    how_en = _story(
        gettext_lazy("What happened, and how (English)"),
        required=False,
        help_text=gettext_lazy("Without it those who read English get the Indonesian."),
    )
    measures_en = _story(gettext_lazy("What we do, and what they can do (English)"), required=False)


class RecordForm(WordsForm):
    """When, what and whose."""

    known_at = _moment(gettext_lazy("When it was known (WIB)"), help_text=gettext_lazy("From then on its clock runs."))
    began_at = _moment(gettext_lazy("When it began, as far as is known (WIB)"))
    whose = forms.ChoiceField(label=gettext_lazy("Whose data"), choices=Whose.choices)
    listed = forms.CharField(
        label=gettext_lazy("List: e-mails or order numbers"),
        required=False,
        max_length=500_000,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("One a line, or with commas between them. An order names its buyer."),
    )
    trace = forms.ChoiceField(
        label=gettext_lazy("Span of time: everybody"),
        required=False,
        choices=[("", "–"), *((code, each.says) for code, each in TRACES.items())],
    )
    traced_from = _day(gettext_lazy("From (first day)"))
    traced_until = _day(gettext_lazy("Until (last day)"))
    is_for_the_public = forms.BooleanField(
        label=gettext_lazy("The public is told as well"),
        required=False,
        help_text=gettext_lazy("The law asks for it where a public service is disturbed or much is at stake for many."),
    )
    field_order = (
        "known_at", "began_at", "whose", "listed", "trace", "traced_from", "traced_until", "kinds", "how", "measures",
        "how_en", "measures_en", "is_for_the_public",
    )  # fmt: skip

    @property
    def concerned(self) -> dict[str, Any]:
        """Whose they are, as typed."""
        names = ("whose", "listed", "trace", "traced_from", "traced_until")
        return {name: self.cleaned_data[name] for name in names}


class TellForm(DeskForm):
    """The letters go out."""


class AuthorityForm(DeskForm):
    """When it was sent, and how."""

    told_at = _moment(gettext_lazy("Sent on (WIB)"))
    words = forms.CharField(
        label=gettext_lazy("How, and its number"),
        max_length=200,
        help_text=gettext_lazy("By which way, to whom, and what they answered with: a number, a receipt."),
    )


class PublishForm(DeskForm):
    """Everybody reads it."""


class NoteForm(DeskForm):
    """What was done afterwards."""

    words = _story(gettext_lazy("What was done"), rows=3)


class CloseForm(DeskForm):
    """It is over."""

    words = _story(gettext_lazy("What was learned, and what keeps it from happening again"), rows=3)


class CallOffForm(DeskForm):
    """It was none."""

    words = _story(gettext_lazy("Why nothing came into strange hands"), rows=3)


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What has to be told by when, and what was."""
    return _desk(request, Forms())


@require_safe
def case(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """One of them."""
    return _case(request, breach_id, Forms())


@require_safe
def paper(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """The letter to the authority."""
    return letter_to_authority(breach_for_operator(signed_in(request), breach_id))


def _about_recording(request: HttpRequest) -> Question | None:
    form = RecordForm(request.POST)
    if not form.is_valid() or form.cleaned_data["known_at"] > clock.now():
        return None
    try:
        count = people_concerned(**form.concerned).count()
    except Refusal:
        return None
    known_at = form.cleaned_data["known_at"]
    lines = [
        _("Known since %(moment)s.") % {"moment": clock.say(known_at)},
        _("Whoever has to be told is told by %(moment)s.")
        % {"moment": clock.say(known_at + TOLD_WITHIN.on(clock.today()))},
        _("Whose data they are, and these moments, are never changed. Nobody is written to yet."),
    ]
    asks = ngettext(
        "Record a breach of the data of %(count)s person?", "Record a breach of the data of %(count)s people?", count
    )
    return Question(asks % {"count": format_count(count)}, reverse(DESK), lines) if count else None


@asked_first(_about_recording, DESK)
def record(request: HttpRequest) -> HttpResponse:
    """The clock runs."""
    form = RecordForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: record_breach(signed_in(request), **form.cleaned_data),
        _("Recorded. Its clock runs: tell whom it concerns."),
        back=DESK,
        page=partial(_desk, request),
    )


@posted_from(CASE, "breach_id")
def reword(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """The letters say something else."""
    form = WordsForm(request.POST)
    return _done(request, breach_id, form, reword_breach, _("Saved. The letters say this now."), **_typed(form))


def _about(asks: "str | Promise", lines: Callable[[Breach], Sequence[str]]) -> Callable[..., Question | None]:
    """The question of an act that cannot be taken back."""

    def question(request: HttpRequest, breach_id: uuid.UUID) -> Question:
        breach = breach_for_operator(signed_in(request), breach_id)
        said = {"number": breach.number, "count": format_count(breach.people_count)}
        return Question(str(asks) % said, reverse(CASE, args=[breach_id]), lines(breach))

    return question


def _letters(breach: Breach) -> list[str]:
    """As both readers get it."""
    texts = []
    for language in ("id", "en"):
        with override(language):
            texts += letter(breach).split("\n\n")
    return texts


TELL = gettext_lazy("Write to the people whose data they are (%(count)s) about breach %(number)s?")
PUBLISH = gettext_lazy("Tell the public of breach %(number)s?")
SENT = gettext_lazy("Has the authority the letter about breach %(number)s?")
CALL_OFF = gettext_lazy("Was breach %(number)s none?")
CLOSE = gettext_lazy("Close breach %(number)s?")


@asked_first(_about(TELL, _letters), CASE, "breach_id")
def tell(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """Letters begin."""
    return _done(request, breach_id, TellForm(request.POST), tell_people_of_breach, _("The letters go out now."))


def _about_authority(request: HttpRequest, breach_id: uuid.UUID) -> Question | None:
    form = AuthorityForm(request.POST)
    if not form.is_valid():
        return None
    lines = [clock.say(form.cleaned_data["told_at"]), form.cleaned_data["words"]]
    return _about(SENT, lambda _breach: lines)(request, breach_id)


@asked_first(_about_authority, CASE, "breach_id")
def authority(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """The authority has its letter."""
    form = AuthorityForm(request.POST)
    return _done(request, breach_id, form, note_authority_told, _("On record."), **_typed(form))


@asked_first(_about(PUBLISH, _letters), CASE, "breach_id")
def publish(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """Everybody reads it."""
    return _done(request, breach_id, PublishForm(request.POST), publish_breach, _("It stands on the public page."))


@posted_from(CASE, "breach_id")
def note(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """Something was done about it."""
    form = NoteForm(request.POST)
    return _done(request, breach_id, form, note_on_breach, _("On record."), **_typed(form))


def _about_closing(request: HttpRequest, breach_id: uuid.UUID) -> Question | None:
    form = CloseForm(request.POST)
    return _about(CLOSE, lambda _breach: [form.cleaned_data["words"]])(request, breach_id) if form.is_valid() else None


@asked_first(_about_closing, CASE, "breach_id")
def close(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """It is over."""
    form = CloseForm(request.POST)
    return _done(request, breach_id, form, close_breach, _("Closed."), **_typed(form))


def _about_calling_off(request: HttpRequest, breach_id: uuid.UUID) -> Question | None:
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return None
    return _about(CALL_OFF, lambda _breach: [form.cleaned_data["words"]])(request, breach_id)


@asked_first(_about_calling_off, CASE, "breach_id")
def call_off(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """It was recorded by mistake."""
    form = CallOffForm(request.POST)
    return _done(request, breach_id, form, call_off_breach, _("Called off."), **_typed(form))


def _typed(form: DeskForm) -> dict[str, Any]:
    return form.cleaned_data if form.is_valid() else {}


def _done(
    request: HttpRequest, breach_id: uuid.UUID, form: DeskForm, act: Callable[..., Breach], done: str, **typed: Any
) -> HttpResponse:
    by: User = signed_in(request)
    back, page = reverse(CASE, args=[breach_id]), partial(_case, request, breach_id)
    return done_or_again(request, form, lambda: act(by, breach_id, **typed), done, back=back, page=page)


def _desk(request: HttpRequest, forms_: Forms) -> HttpResponse:
    context: dict[str, Any] = {
        "title": _("Breaches of data"),
        "open": breaches_open(),
        "page": page_of(request, breaches_closed(), SHOWN),
        "form": forms_(RecordForm),
        "hours": int(TOLD_WITHIN.on(clock.today()).total_seconds() // 3600),
    }
    return forms_.page(request, "staff/breach_desk.html", context)


def _case(request: HttpRequest, breach_id: uuid.UUID, forms_: Forms) -> HttpResponse:
    breach = breach_for_operator(signed_in(request), breach_id)
    words = {name: getattr(breach, name) for name in WordsForm.base_fields}
    is_open = breach.closed_at is None
    context: dict[str, Any] = {
        "title": _("Breach %(number)s") % {"number": breach.number},
        "breach": breach,
        "whose": Whose(breach.whose).label,
        "trace": TRACES[breach.trace].says if breach.trace else "",
        "events": breach.events.select_related("actor").order_by("happened_at", "id"),
        "words": forms_(WordsForm, initial=words) if is_open and not breach.is_told_to_somebody else None,
        "tell": forms_(TellForm) if is_open and not breach.letters_from else None,
        "authority": forms_(AuthorityForm) if is_open and not breach.authority_told_at else None,
        "publish": None if breach.published_at or breach.called_off_at else forms_(PublishForm),
        "call_off": forms_(CallOffForm) if is_open and not breach.is_told_to_somebody else None,
        "note": forms_(NoteForm),
        "close": forms_(CloseForm) if breach.standing.is_told and not breach.closed_at else None,
    }
    return forms_.page(request, "staff/breach_case.html", context)
