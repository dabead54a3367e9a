"""Taxes on what shops sell: when PPh 22 is withheld, and from whom: letters of shops are looked at and decided."""

import re
import uuid
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from lapak.flows.withheld_back import orders_to_give_back, refund_pph22, withheld_idr, withheld_on
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.lib.months import MONTHS_OF_A_YEAR, months_after, this_month
from lapak.lib.numbers import format_rate
from lapak.money.taxes.commands import set_pph22
from lapak.money.taxes.errors import LONGEST_WORDS
from lapak.money.taxes.letters import accept_letter, decline_letter, end_letter, read_letter
from lapak.money.taxes.models import Letter
from lapak.money.taxes.months import month_named, shops_of_month
from lapak.money.taxes.pph22_rules import PPH22_BP, earliest_step, fit_window, is_withheld
from lapak.money.taxes.queries import (
    letter_for_operator,
    letters_to_look_at,
    pph22_bp,
    refunds_of_pph22,
    steps,
    steps_with_words,
)
from lapak.web.shell.acts import page_of, signed_in
from lapak.web.shell.csv_file import csv_file
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import Buttons, DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

DESK = "admin:tax_desk"
BEGINS, ENDS = "begins", "ends"
LETTERS_ON_A_PAGE = 50


class SwitchForm(DeskForm):
    """From when on PPh 22 is withheld, or is not any more."""

    begins_on = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    words = forms.CharField(
        label=gettext_lazy("On what it rests"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("The decree or the announcement, with its number and day."),
    )
    is_on = forms.ChoiceField(
        label=gettext_lazy("From that day on"),
        choices=[(BEGINS, gettext_lazy("It is withheld")), (ENDS, gettext_lazy("It is not withheld"))],
        widget=Buttons(),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["begins_on"].initial = earliest_step(clock.today())

    @property
    def said(self) -> dict[str, Any]:
        """As `set_pph22` takes it."""
        return {**self.cleaned_data, "is_on": self.cleaned_data["is_on"] == BEGINS}


class RefundForm(DeskForm):
    """On which days PPh 22 was not in force after all."""

    first_day = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    words = forms.CharField(
        label=gettext_lazy("On what it rests"), max_length=LONGEST_WORDS, widget=forms.Textarea({"rows": 2})
    )


class LetterForm(DeskForm):
    """Whether a letter exempts its shop; and why not."""

    words = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Needed unless you accept it. The shop reads it."),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("accept", gettext_lazy("Accept it")),
            ("decline", gettext_lazy("Do not accept it")),
            ("end", gettext_lazy("It holds no more")),
        ],
        widget=Buttons(),
    )


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """How it stands, and since when."""
    return _desk(request, Forms())


def _about_switching(request: HttpRequest) -> Question | None:
    form = SwitchForm(request.POST)
    if not form.is_valid() or form.said["begins_on"] < earliest_step(clock.today()):
        return None
    day = {"day": date_format(form.said["begins_on"], "j F Y")}
    if is_withheld(form.said["begins_on"], steps()) == form.said["is_on"]:
        return None
    if form.said["is_on"]:
        asks = _("Withhold PPh 22 from what is paid to shops from %(day)s on?") % day
        line = _("Shops that are not exempt get so much less of each order that is paid from then on.")
    else:
        asks = _("Withhold no PPh 22 from %(day)s on?") % day
        line = _("Of orders that were paid before, it is still withheld.")
    return Question(asks, reverse(DESK), [line, form.said["words"]])


@asked_first(_about_switching, DESK)
def switch(request: HttpRequest) -> HttpResponse:
    """It begins or ends on a day to come."""
    form = SwitchForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: set_pph22(signed_in(request), **form.said),
        _("Set. It holds from that day on."),
        back=DESK,
        page=partial(_desk, request),
    )


def _about_refunding(request: HttpRequest) -> Question | None:
    form = RefundForm(request.POST)
    if not form.is_valid():
        return None
    said = form.cleaned_data
    if not fit_window(said["first_day"], said["last_day"], clock.today()):
        return None
    found = withheld_on(said["first_day"], said["last_day"])
    count, amount_idr = found.count(), withheld_idr(found)
    if not count:
        return None
    days = {key: date_format(said[key], "j F Y") for key in ("first_day", "last_day")}
    lines = [
        ngettext(
            "%(count)s order, paid from %(first_day)s to %(last_day)s",
            "%(count)s orders, paid from %(first_day)s to %(last_day)s",
            count,
        )
        % {"count": count, **days},
        _("Of those that have not settled, nothing is taken. Every shop is told; it cannot be taken back."),
        said["words"],
    ]
    return Question(
        _("Give %(amount)s of PPh 22 back to shops?") % {"amount": format_idr(amount_idr)}, reverse(DESK), lines
    )


@asked_first(_about_refunding, DESK)
def refund(request: HttpRequest) -> HttpResponse:
    """What was withheld on these days is the shops' again."""
    form = RefundForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: refund_pph22(signed_in(request), **form.cleaned_data),
        _("Decided. It is given back within minutes, and every shop is told."),
        back=DESK,
        page=partial(_desk, request),
    )


@require_safe
def letter(request: HttpRequest, letter_id: uuid.UUID) -> HttpResponse:
    """One letter, and who hands it in."""
    return _letter(request, letter_id, Forms())


@require_safe
def file(request: HttpRequest, letter_id: uuid.UUID) -> FileResponse:
    """The letter as it was handed in."""
    found = read_letter(signed_in(request), letter_id)
    if not found.file:  # put away, its time was over
        raise Http404
    return FileResponse(found.file.open(), as_attachment=True, filename=f"{found.kind}-{found.id}.pdf")


@posted_from("admin:tax_letter", "letter_id")
def decide(request: HttpRequest, letter_id: uuid.UUID) -> HttpResponse:
    """It exempts its shop, or does not, or not any more."""
    by, form = signed_in(request), LetterForm(request.POST)

    def act() -> Letter:
        if form.cleaned_data["decision"] == "accept":
            return accept_letter(by, letter_id)
        refuse = decline_letter if form.cleaned_data["decision"] == "decline" else end_letter
        return refuse(by, letter_id, form.cleaned_data["words"])

    page = partial(_letter, request, letter_id)
    return done_or_again(request, form, act, _("Decided. The shop is told."), back=DESK, page=page)


def _letter(request: HttpRequest, letter_id: uuid.UUID, forms_: Forms) -> HttpResponse:
    found = letter_for_operator(signed_in(request), letter_id)
    context: dict[str, Any] = {
        "title": _("Letter of %(shop)s") % {"shop": found.shop.name},
        "letter": found,
        "form": _form(found, forms_),
    }
    return forms_.page(request, "staff/tax_letter.html", context)


def _form(found: Letter, forms_: Forms) -> LetterForm | None:
    """What may be decided of it as it stands."""
    answers = {Letter.State.ASKED: slice(0, 2), Letter.State.ACCEPTED: slice(2, 3)}.get(Letter.State(found.state))
    if answers is None:
        return None
    form = forms_(LetterForm)
    form.fields["decision"].choices = form.fields["decision"].choices[answers]  # type: ignore[attr-defined]
    return form


@require_safe
def month_file(request: HttpRequest, year: int, month: int) -> StreamingHttpResponse:  # noqa: ARG001 - for everyone at the desk
    """PPh 22 of every shop in the month, and the sum: what the tax office is told. Numbers stand in fours, so that no spreadsheet
    rounds them."""
    named = month_named(year, month)
    if named is None:
        raise Http404
    head = [_("Number"), _("Month"), _("Name"), _("NIK or NPWP"), _("Shop"), _("Base"), _("Rate"), _("Tax withheld")]
    return csv_file(f"lapak-pph22-{year}-{month:02d}.csv", head, _rows_of(named))


def _rows_of(month: date) -> Iterator[list[object]]:
    base_idr, tax_idr, rate = 0, 0, f"{format_rate(PPH22_BP.on(max(month, PPH22_BP.steps[0][0])))}%"
    for of, shop in shops_of_month(month):
        number = " ".join(re.findall("....", of.tax_number))
        yield [of.number, f"{month:%Y-%m}", of.tax_name, number, shop.name, of.base_idr, rate, of.tax_idr]
        base_idr, tax_idr = base_idr + of.base_idr, tax_idr + of.tax_idr
    yield [_("Together"), f"{month:%Y-%m}", "", "", "", base_idr, rate, tax_idr]


def _desk(request: HttpRequest, forms_: Forms) -> HttpResponse:
    context: dict[str, Any] = {
        "title": _("Taxes of shops"),
        "today_bp": pph22_bp(clock.today()),
        "steps": steps_with_words(),
        "switch": forms_(SwitchForm),
        "months": [months_after(this_month(), -ago) for ago in range(MONTHS_OF_A_YEAR)],
        "refund": forms_(RefundForm),
        "refunds": refunds_of_pph22(),
        "to_give_back": orders_to_give_back().count(),
        "page": page_of(request, letters_to_look_at(), LETTERS_ON_A_PAGE),
    }
    return forms_.page(request, "staff/tax_desk.html", context)
