"""What creators fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.link_rules import LONGEST_UTM, MOST_LINES, UTM_FIELDS
from lapak.affiliates.models import Creator
from lapak.affiliates.rules import LONGEST_LABEL
from lapak.lib.numbers import filled
from lapak.lib.written import LONGEST_NOTE
from lapak.money.taxes.numbers import LONGEST_NAME
from lapak.web.shell.forms import RadioCards


def _utm(name: str, example: str = "") -> forms.CharField:
    return forms.CharField(
        label=f"utm_{name}",
        required=False,
        max_length=LONGEST_UTM,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "placeholder": example}),
    )


class CreatorForm(forms.Form):
    """Under which name a user promotes, and how what they earn is taxed."""

    handle = forms.CharField(
        label=_("Your handle"),
        max_length=31,
        help_text=_("Best the one people know you by. It is the address of your showcase page and stays for good."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false", "placeholder": "ceu-edoh"}
        ),
    )
    tax_status = forms.ChoiceField(
        label=_("You earn as"),
        choices=Creator.TaxStatus.choices,
        initial=Creator.TaxStatus.INDIVIDUAL,
        help_text=_("Lapak withholds the tax and hands it to the state; you see it on every commission."),
        widget=RadioCards,
    )


class LinkWordsForm(forms.Form):
    """What a link carries along: where it was posted, and UTM values for whoever reads analytics."""

    label = forms.CharField(
        label=_("Where will you post it?"),
        max_length=LONGEST_LABEL,
        required=False,
        help_text=_("A label only you see: one link per place shows what works."),
        widget=forms.TextInput(attrs={"list": "labels", "autocomplete": "off", "placeholder": "tiktok"}),
    )
    utm_source = _utm("source", "tiktok")
    utm_medium = _utm("medium", "video")
    utm_campaign = _utm("campaign", "lebaran-2026")
    utm_term = _utm("term")
    utm_content = _utm("content")

    def words(self) -> dict[str, Any]:
        """Label and UTM values as the commands take them."""
        utm = {name: self.cleaned_data[f"utm_{name}"] for name in UTM_FIELDS}
        return {"label": self.cleaned_data["label"], "utm": utm}

    def utm(self) -> list[forms.BoundField]:
        """The UTM fields, to be drawn apart."""
        return [self[f"utm_{name}"] for name in UTM_FIELDS]


class LinkForm(LinkWordsForm):
    """What a link leads to, and the code it has."""

    target = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("A code of your own"),
        max_length=100,
        required=False,
        help_text=_("Short enough to say in a video; capitals make no difference. It stays with this link."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false", "placeholder": "batik-edoh"}
        ),
    )


class ManyLinksForm(LinkWordsForm):
    """Addresses of goods, one a line."""

    addresses = forms.CharField(
        label=_("Addresses of goods"),
        max_length=100_000,
        help_text=filled(
            _("One a line, up to {most}. Words and parameters around an address do no harm."), most=MOST_LINES
        ),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off", "class": "code-field"}),
    )


class TaxIdentityForm(forms.Form):
    """As whom the tax office knows a creator."""

    name = forms.CharField(
        label=_("Name"), max_length=LONGEST_NAME, help_text=_("As on the identity card or the deed.")
    )
    number = forms.CharField(
        label=_("NIK or NPWP"),
        max_length=30,
        help_text=_("16 digits. Only you, the operator and the tax office see it."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class DeclineForm(forms.Form):
    """Why an invitation is declined, if its creator says."""

    reason = forms.CharField(
        label=_("Why, if you like to say"), max_length=LONGEST_NOTE, required=False, help_text=_("The shop reads it.")
    )
