"""How every Django form is drawn: labels, help and errors in the shell's components."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.people.users.models import BankAccount
from lapak.trade.returns.rules import MOST_PICTURES


class ShellField(forms.BoundField):
    """A field as it is drawn. The first one with something wrong has the focus: it is what its reader has to look at, and
    browsers bring it into view without a script."""

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if self.form.is_bound and self.name == next(
            (name for name in self.form.fields if name in self.form.errors), ""
        ):
            built["autofocus"] = True
        return built


class ShellRenderer(DjangoTemplates):
    """`{{ form }}` and `{{ field.as_field_group }}` in the shell's look (setting FORM_RENDERER)."""

    bound_field_class = ShellField
    form_template_name = "shell/components/form.html"
    field_template_name = "shell/components/field.html"

    def get_template(self, template_name: str) -> Any:
        """Django's own, but for what is ours."""
        return super().get_template(DRAWN_BY_US.get(template_name, template_name))


DRAWN_BY_US = {"django/forms/widgets/select.html": "shell/components/select.html"}
"""A choice's words begin as a sentence begins, as on radio cards and in lists."""


class AsShown(forms.BaseForm):
    """A form of what others change as well: what its reader left as it was shown stays what it is by now (`initial`), whatever
    a colleague made of it while the page lay open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        """A form that does not say what was shown means all that it says."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in cleaned.keys() - set(self.changed_data):
            if self.add_initial_prefix(name) in self.data:
                cleaned[name] = self.get_initial_for_field(self.fields[name], name)
        return cleaned


PICTURES = "image/jpeg,image/png,image/webp"
"""What a field of pictures lets people choose."""


class ManyFiles(forms.FileField):
    """Several files in one field: cleaned one by one."""

    class Input(forms.FileInput):
        allow_multiple_selected = True

    widget = Input

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file, or the field's own complaint when there is none; none at all where it need not be filled in."""
        given = data if isinstance(data, list) else [data]
        return [file for file in (super(ManyFiles, self).clean(file, initial) for file in given) if file]


class PicturesField(ManyFiles):
    """Pictures, as bytes: whether they are any says the command."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ManyFiles.Input(attrs={"accept": PICTURES}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        """Their bytes."""
        return [file.read() for file in super().clean(data, initial)]


class ReturnPicturesField(PicturesField):
    """What one side of a return shows of the goods."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Pictures of the goods"))
        super().__init__(
            help_text=filled(
                _("Up to {most}, seen by the buyer, the shop and Lapak only. JPEG, PNG or WebP."), most=MOST_PICTURES
            ),
            **kwargs,
        )


class ReturnPicturesForm(forms.Form):
    """More pictures for a return, below those there are."""

    pictures = ReturnPicturesField(label=_("Your pictures"))


class RadioCards(forms.RadioSelect):
    """A choice between few things that are worth a card each; `texts` says more about a value."""

    template_name = "shell/components/radio_cards.html"

    def __init__(self, texts: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.texts = texts or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = {**super().create_option(name, value, *args, **kwargs), "text": self.texts.get(str(value), "")}
        if option["index"] != "0":  # of what is to have the focus, one has it
            option["attrs"].pop("autofocus", None)
        return option


class CheckCards(RadioCards, forms.CheckboxSelectMultiple):
    """As `RadioCards`, of which several may be chosen."""


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
