"""Forms of an order: sending it, what of it is missing, and cancelling it."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapak.lib.number_fields import CountField
from lapak.trade.orders import reasons
from lapak.trade.orders.models import OrderLine
from lapak.web.shell.forms import CheckCards, RadioCards


class ShipForm(forms.Form):
    """The courier's receipt."""

    tracking_number = forms.CharField(
        label=_("Tracking number"),
        max_length=40,
        help_text=_("From the courier's receipt; the buyer follows the parcel by it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class MissingForm(forms.Form):
    """Of which goods how many pieces are not there, and why."""

    why = forms.ChoiceField(
        label=_("Reason"),
        choices=[(name, _(reasons.SHOPS[name])) for name in (reasons.SOLD_OUT, reasons.DAMAGED)],
        initial=reasons.SOLD_OUT,
        help_text=_("The buyer reads it. Of what is sold out nothing more is for sale."),
        widget=RadioCards(),
    )

    def __init__(self, *args: Any, lines: Iterable[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if line.remaining_quantity]
        for line in self.lines:
            self.fields[_missing_of(line)] = CountField(label=line.title, max_value=line.remaining_quantity, initial=0)

    def line_fields(self) -> Iterator[tuple[OrderLine, forms.BoundField]]:
        """Each line with its field."""
        for line in self.lines:
            yield line, self[_missing_of(line)]

    @property
    def pieces(self) -> dict[uuid.UUID, int]:
        """By order line."""
        return {line.id: self.cleaned_data[_missing_of(line)] for line in self.lines}

    @property
    def reason(self) -> str:
        """What the buyer reads."""
        return reasons.SHOPS[self.cleaned_data["why"]]

    @property
    def are_sold_out(self) -> bool:
        is_so: bool = self.cleaned_data["why"] == reasons.SOLD_OUT
        return is_so


def _missing_of(line: OrderLine) -> str:
    return f"missing_{line.id.hex}"


class CancelForm(forms.Form):
    """Why the shop will not deliver, and which goods are not there."""

    why = forms.ChoiceField(
        label=_("Reason"),
        choices=[(name, _(words)) for name, words in reasons.SHOPS.items()],
        help_text=_("The buyer reads it. All they paid goes back to them."),
        widget=RadioCards(),
    )
    words = forms.CharField(label=_("In your own words"), max_length=200, required=False)
    gone = forms.TypedMultipleChoiceField(
        label=_("What is not there any more?"),
        coerce=uuid.UUID,
        required=False,
        help_text=_("Sold out or damaged: it goes off sale, so that nobody else orders it."),
        widget=CheckCards(),
    )

    def __init__(self, *args: Any, lines: Iterable[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = list(lines)
        gone: Any = self.fields["gone"]
        gone.choices = [(str(line.id), str(line)) for line in self._lines]
        if len(self._lines) == 1:
            del self.fields["gone"]

    def clean(self) -> dict[str, Any]:
        """Another reason has words; of several goods, those that are not there are named."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("why") == reasons.OTHER and not cleaned.get("words"):
            self.add_error("words", _("Say why: the buyer reads it."))
        if self._is_about_goods(cleaned) and len(self._lines) > 1 and not cleaned.get("gone"):
            self.add_error("gone", _("Tick what is not there any more."))
        return cleaned

    @property
    def reason(self) -> str:
        """What the buyer reads: the shop's words, else the reason chosen."""
        return self.cleaned_data["words"] or reasons.SHOPS[self.cleaned_data["why"]]

    @property
    def sold_out(self) -> Sequence[uuid.UUID]:
        """Lines of which nothing is left."""
        return self._gone if self.cleaned_data["why"] == reasons.SOLD_OUT else ()

    @property
    def damaged(self) -> Sequence[uuid.UUID]:
        """Lines whose pieces cannot be sold."""
        return self._gone if self.cleaned_data["why"] == reasons.DAMAGED else ()

    @property
    def _gone(self) -> Sequence[uuid.UUID]:
        return self.cleaned_data.get("gone") or [line.id for line in self._lines]

    @staticmethod
    def _is_about_goods(cleaned: dict[str, Any]) -> bool:
        return cleaned.get("why") in {reasons.SOLD_OUT, reasons.DAMAGED}
