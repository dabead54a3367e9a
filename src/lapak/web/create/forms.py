"""What creators fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.models import Creator
from lapak.web.shell.forms import RadioCards


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


class LinkForm(forms.Form):
    """What a link leads to, and where it will be posted."""

    target = forms.CharField(widget=forms.HiddenInput)
    label = forms.CharField(
        label=_("Where will you post it?"),
        max_length=30,
        required=False,
        help_text=_("A label only you see: one link per place shows what works."),
        widget=forms.TextInput(attrs={"list": "labels", "autocomplete": "off", "placeholder": "tiktok"}),
    )
