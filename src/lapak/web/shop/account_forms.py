"""Forms of the account page: name, addresses, bank accounts."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lapak.lib.banks import BANK_CHOICES
from lapak.lib.phones import phone_in
from lapak.lib.public_names import public_name
from lapak.lib.regions import PROVINCE_CHOICES
from lapak.people.users.models import Address, BankAccount
from lapak.web.shell.places import PlaceForm
from lapak.web.shop.sign_in import asks_password, password_of


class ProfileForm(forms.Form):
    """How others call the user."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As couriers and shops should call you."),
        validators=[public_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AddressForm(PlaceForm, forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """Where goods are delivered."""

    province_code = forms.ChoiceField(
        label=_("Province"),
        choices=[("", _("Choose a province")), *PROVINCE_CHOICES],
        widget=forms.Select(attrs={"autocomplete": "shipping address-level1"}),
    )

    class Meta:
        model = Address
        fields = ["recipient", "phone", "street", "district", "city", "province_code", "postal_code"]
        help_texts = {
            "phone": _("The courier calls or writes to this number."),
            "street": _("Street, house number, RT/RW, and what helps to find it."),
        }
        widgets = {
            "recipient": forms.TextInput(attrs={"autocomplete": "shipping name"}),
            "phone": forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "shipping tel"}),
            "street": forms.Textarea(attrs={"rows": 3, "autocomplete": "shipping street-address"}),
            "district": forms.TextInput(attrs={"autocomplete": "shipping address-level3"}),
            "city": forms.TextInput(attrs={"autocomplete": "shipping address-level2"}),
            "postal_code": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "shipping postal-code"}),
        }

    def clean_phone(self) -> str:
        """People write 0812-3456-7890; the number is what counts."""
        typed: str = self.cleaned_data["phone"]
        return phone_in(typed) or typed


class BankAccountForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """Where money owed to the user is sent."""

    bank_code = forms.ChoiceField(label=_("Bank"), choices=[("", _("Choose a bank")), *BANK_CHOICES])

    class Meta:
        model = BankAccount
        fields = ["bank_code", "number", "holder"]
        help_texts = {"holder": _("Exactly as in the bank's book: banks refuse a transfer to another name.")}
        widgets = {"number": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}


class RefundAccountForm(BankAccountForm):
    """Where a refund is sent, as a part of another form: it may be left empty, and asks for the password itself."""

    password = forms.CharField(
        label=_("Your password"),
        help_text=_("So that nobody else says where your money goes."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(
            request.POST or None,
            prefix="account",
            initial={"holder": getattr(request.user, "name", "")},
            empty_permitted=True,
            use_required_attribute=False,
        )
        self._request = request
        if not asks_password(request):
            del self.fields["password"]

    def has_changed(self) -> bool:
        """Browsers fill in a name and a password by themselves."""
        return bool({"bank_code", "number"} & set(self.changed_data))

    def clean_password(self) -> str:
        """Refuses another's, and too many tries."""
        return password_of(self._request, self.cleaned_data["password"])

    @property
    def named(self) -> dict[str, Any] | None:
        """The account as `add_bank_account` takes it; None when it was left empty."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields} if self.cleaned_data else None
