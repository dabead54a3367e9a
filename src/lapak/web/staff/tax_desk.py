"""Taxes on what shops sell: when PPh 22 is withheld, and from whom."""

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
from lapak.money.taxes.commands import set_pph22
from lapak.money.taxes.pph22_rules import LONGEST_WORDS, earliest_step, is_withheld
from lapak.money.taxes.queries import pph22_bp, steps, steps_with_words
from lapak.web.shell.acts import signed_in
from lapak.web.shell.question import Question
from lapak.web.staff.desk_forms import Buttons, DeskForm, Forms, done_or_again
from lapak.web.staff.question import asked_first

DESK = "admin:tax_desk"
BEGINS, ENDS = "begins", "ends"


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


def _desk(request: HttpRequest, forms_: Forms) -> HttpResponse:
    context: dict[str, Any] = {
        "title": _("Taxes of shops"),
        "today_bp": pph22_bp(clock.today()),
        "steps": steps_with_words(),
        "switch": forms_(SwitchForm),
    }
    return forms_.page(request, "staff/tax_desk.html", context)
