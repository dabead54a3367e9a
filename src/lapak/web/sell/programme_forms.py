"""Forms of commissions: the shop's programme, and who is invited to one of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.attribution import DEFAULT_WINDOW_DAYS, LONGEST_WINDOW
from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.models import Programme
from lapak.affiliates.offers import invited_rate_bp
from lapak.affiliates.queries import creator_by_handle
from lapak.affiliates.rates import MAX_RATE_BP, question_about_rate
from lapak.lib.number_fields import CountField, PercentField, ask_first
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
        help_text=_("From the next order on. Creators read on each commission by which rule it was decided."),
    )


class InviteForm(RateForm):
    """A creator by handle, at a rate of their own."""

    handle = forms.CharField(
        label=_("Creator"),
        max_length=31,
        help_text=_("Their handle, such as @ceu-edoh."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["handle", "percent"]

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shop = shop

    def clean_handle(self) -> str:
        """With or without its sign; of a creator there is."""
        handle = str(self.cleaned_data["handle"]).removeprefix("@")
        try:
            return creator_by_handle(handle).handle
        except CreatorNotFound as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        self.now_bp = invited_rate_bp(self.shop, self.cleaned_data.get("handle", ""))
        return super().clean()
