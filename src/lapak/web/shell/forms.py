"""How every Django form is drawn: labels, help and errors in the shell's components."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from lapak.people.users.models import BankAccount


class ShellRenderer(DjangoTemplates):
    """`{{ form }}` and `{{ field.as_field_group }}` in the shell's look (setting FORM_RENDERER)."""

    form_template_name = "shell/components/form.html"
    field_template_name = "shell/components/field.html"


class RadioCards(forms.RadioSelect):
    """A choice between few things that are worth a card each; `texts` says more about a value."""

    template_name = "shell/components/radio_cards.html"

    def __init__(self, texts: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.texts = texts or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().create_option(name, value, *args, **kwargs), "text": self.texts.get(str(value), "")}


class CheckCards(forms.CheckboxSelectMultiple):
    """As `RadioCards`, of which several may be chosen."""

    template_name = "shell/components/radio_cards.html"


class PayoutAccountForm(forms.Form):
    """Which of the user's bank accounts."""

    def __init__(self, *args: Any, accounts: Iterable[BankAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {str(account.id): account for account in accounts}
        self.fields["account"] = forms.TypedChoiceField(
            label=_("Bank account"),
            choices=[
                (key, f"{account.get_bank_code_display()} ··· {account.number[-4:]}") for key, account in named.items()
            ],
            coerce=uuid.UUID,
            widget=RadioCards(texts={key: account.holder for key, account in named.items()}),
        )
