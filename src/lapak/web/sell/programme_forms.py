"""Forms of commissions: the shop's programme, and who is invited to one of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.attribution import DEFAULT_WINDOW_DAYS, LONGEST_WINDOW
from lapak.affiliates.models import Programme
from lapak.affiliates.offers import invited_rate_bp
from lapak.affiliates.rates import CUT_REACHES_AFTER, MAX_RATE_BP, question_about_rate
from lapak.affiliates.rules import ANSWER_DAYS, LONGEST_MESSAGE, MOST_INVITED
from lapak.lib.number_fields import CountField, PercentField, ask_first
from lapak.lib.numbers import filled
from lapak.people.shops.models import Shop


class RateForm(forms.Form):
    """A commission, in percent as people say it. `now_bp` is the rate in force, in basis points."""

    percent = PercentField(label=_("Commission in percent"), max_value=MAX_RATE_BP)

    def __init__(self, *args: Any, now_bp: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now_bp = now_bp

    def clean(self) -> dict[str, Any]:
        """Asks before the rate rises steeply."""
        if "percent" in self.cleaned_data:
            ask_first(self, "percent", question_about_rate(self.rate_bp, self.now_bp))
        return self.cleaned_data

    @property
    def rate_bp(self) -> int:
        """The rate typed, in basis points."""
        return int(self.cleaned_data["percent"])


class OpenProgrammeForm(RateForm):
    """A new programme for everyone."""

    window_days = CountField(
        label=_("Days a click counts"),
        min_value=1,
        max_value=LONGEST_WINDOW.days,
        initial=DEFAULT_WINDOW_DAYS,
        help_text=_("A sale within so many days of the click earns the commission."),
    )


class WhoEarnsForm(forms.Form):
    """Which of several creators' clicks wins a sale."""

    won_by = forms.ChoiceField(
        label=_("Who earns when several creators were clicked"),
        choices=Programme.WonBy.choices,
        help_text=filled(
            _(
                "Where creators promote you already, another choice counts after {days} days, and they are told. "
                "They read on each commission by which rule it was decided."
            ),
            days=CUT_REACHES_AFTER.days,
        ),
    )


class MessageForm(forms.Form):
    """What the shop says to whom it invites."""

    message = forms.CharField(
        label=_("A few words to them"),
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class WordsForm(MessageForm, RateForm):
    """A rate that is offered, and what the shop says to it."""

    field_order = ["percent", "message"]


class InviteForm(WordsForm):
    """Creators by handle or e-mail address, at a rate of their own."""

    who = forms.CharField(
        label=_("Creators"),
        help_text=filled(
            _("Handles such as @ceu-edoh, or e-mail addresses; one a line, at most {most}."), most=MOST_INVITED
        ),
        widget=forms.Textarea({"rows": 3, "autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    rate_ends_on = forms.DateField(
        label=_("Last day of this rate"),
        required=False,
        help_text=_("Then your rate for everyone counts. Empty: until you announce another."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    answer_on = forms.DateField(
        label=_("Last day for an answer"),
        required=False,
        help_text=filled(_("Empty: {days} days from today."), days=ANSWER_DAYS),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ["who", "percent", "message", "rate_ends_on", "answer_on"]

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop

    def clean(self) -> dict[str, Any]:
        """One who has a rate of their own is measured by it."""
        self.now_bp = invited_rate_bp(self.shop, self.cleaned_data.get("who", "").strip().removeprefix("@"))
        return super().clean()
