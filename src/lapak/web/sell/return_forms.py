"""What a shop fills in about a return."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapak.lib.number_fields import CountField
from lapak.trade.returns.models import ReturnLine


class DeclineForm(forms.Form):
    """Why the shop says no."""

    words = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The buyer reads it and may take it to Lapak, who reads it too."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendAgainForm(forms.Form):
    """Who carries the goods to the buyer again, and under which number."""

    courier = forms.CharField(label=_("Courier"), max_length=60)
    tracking_number = forms.CharField(
        label=_("Tracking number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class AcceptForm(forms.Form):
    """How many of the pieces that came back can be sold again."""

    def __init__(self, *args: Any, rows: Iterable[ReturnLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[_shelf_of(row)] = CountField(label=row.line.title, max_value=row.quantity, initial=0)

    def row_fields(self) -> Iterator[tuple[ReturnLine, forms.BoundField]]:
        """Each line that came back with its field."""
        for row in self.rows:
            yield row, self[_shelf_of(row)]

    @property
    def resellable(self) -> dict[uuid.UUID, int]:
        """Pieces by order line."""
        return {row.line_id: self.cleaned_data[_shelf_of(row)] for row in self.rows}


class PartForm(forms.Form):
    """How many of the pieces the shop takes back, and why not the others."""

    words = forms.CharField(
        label=_("Why not the others"),
        max_length=1000,
        help_text=_("The buyer reads it and may take it to Lapak, who reads it too."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, rows: Iterable[ReturnLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[_taken_of(row)] = CountField(label=row.line.title, max_value=row.quantity, initial=row.quantity)

    def row_fields(self) -> Iterator[tuple[ReturnLine, forms.BoundField]]:
        """Each line with its field."""
        for row in self.rows:
            yield row, self[_taken_of(row)]

    @property
    def pieces(self) -> dict[uuid.UUID, int]:
        """By order line."""
        return {row.line_id: self.cleaned_data[_taken_of(row)] for row in self.rows}


def _taken_of(row: ReturnLine) -> str:
    return f"taken_{row.line_id.hex}"


def _shelf_of(row: ReturnLine) -> str:
    return f"shelf_{row.line_id.hex}"
