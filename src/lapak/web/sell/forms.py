"""What sellers fill in."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lapak.lib.phones import phone_in
from lapak.lib.regions import PROVINCE_CHOICES
from lapak.lib.written import LONGEST_NOTE
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import free_address
from lapak.people.shops.rules import Role
from lapak.web.shell.forms import PICTURES, AsShown, ManyFiles
from lapak.web.shell.places import PlaceForm

PHONE_INPUT = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
POSTAL_CODE_INPUT = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"})
FOR_COURIERS = _("Stands on packing slips, and on the address for returns.")

WHAT_TO_GIVE = _(
    "The product export of your old platform (.xlsx, or a zip of several), and your pictures, loose or in zips. Choose all "
    "of them at once."
)

_CHOOSE_AGAIN = _("Please choose the files again.")


def _as_phone(typed: str) -> str:
    return phone_in(typed) or typed


TABLES = ".xlsx,.xlsm,.zip,.csv,.tsv,.txt,.xml"
"""What lists come as; a phone offers nothing else."""


class OldShopFiles(ManyFiles):
    """The files of an old platform."""

    def __init__(self, **kwargs: Any) -> None:
        widget = ManyFiles.Input(attrs={"accept": f"{TABLES},{PICTURES}"})
        super().__init__(widget=widget, **{"help_text": WHAT_TO_GIVE} | kwargs)


class MoveInForm(forms.Form):
    """What is to be moved in."""

    given = OldShopFiles(label=_("Files"))


class ShopForm(PlaceForm, forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """A new shop: what comes along from the old one, its name, its address here, and where it stands."""

    given = OldShopFiles(label=_("Files of your old shop"), required=False)
    province_code = forms.ChoiceField(label=_("Province"), choices=[("", _("Choose a province")), *PROVINCE_CHOICES])

    class Meta:
        model = Shop
        fields = ["name", "slug", "street", "district", "city", "postal_code", "province_code", "phone", "nib"]
        labels = {"slug": _("Address of the shop")}
        help_texts = {
            "slug": _("Left empty, it is made of the name. It stays for good, as others link to it."),
            "street": _("Where couriers collect the parcels."),
            "phone": FOR_COURIERS,
            "nib": _("13 digits from OSS. You may open without one: the shop then says it is being registered."),
        }
        widgets = {
            "slug": forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
            "postal_code": POSTAL_CODE_INPUT,
            "phone": PHONE_INPUT,
            "nib": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        }
        error_messages = {"slug": {"invalid": _("Only letters, digits and hyphens, please.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        if self.is_looking and self.files:
            self.cleaned_data: dict[str, Any] = {}
            super().add_error("given", _CHOOSE_AGAIN)

    def clean_slug(self) -> str:
        """People write capitals; addresses have none. Without one it is made of the name."""
        return str(self.cleaned_data["slug"]).lower() or free_address(self.cleaned_data.get("name", ""))

    def clean_phone(self) -> str:
        """However it is typed."""
        return _as_phone(self.cleaned_data["phone"])

    def add_error(self, field: str | None, error: Any) -> None:
        """No browser gives files a second time by itself: whoever has to correct something reads so."""
        is_first = not self.errors
        super().add_error(field, error)
        if is_first and self.files:
            super().add_error("given", _CHOOSE_AGAIN)

    def validate_unique(self) -> None:
        """Left to the command, which says it in the same words to everyone."""


class ProfileForm(PlaceForm, AsShown, forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """The shop as buyers see it."""

    class Meta:
        model = Shop
        fields = ["name", "description", "street", "district", "city", "postal_code", "phone", "nib"]
        help_texts = {
            "description": _("What you sell, and who you are."),
            "street": _("Where couriers collect the parcels."),
            "phone": FOR_COURIERS,
            "nib": _("13 digits from OSS. Without one, buyers read that the shop is being registered."),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
            "postal_code": POSTAL_CODE_INPUT,
            "phone": PHONE_INPUT,
            "nib": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, stays_in: str, **kwargs: Any) -> None:
        self.stays_in = stays_in
        super().__init__(*args, **kwargs)

    def clean_phone(self) -> str:
        """However it is typed."""
        return _as_phone(self.cleaned_data["phone"])


class HolidayForm(forms.Form):
    """From when until when the shop is away."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    message = forms.CharField(
        label=_("What buyers read"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("For instance when you send parcels again."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InviteMemberForm(forms.Form):
    """Who is asked to work for the shop, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("With which they sign in here. They work for you once they have accepted."),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=[(name, capfirst(words)) for name, words in Role.choices], initial=Role.ORDERS
    )
