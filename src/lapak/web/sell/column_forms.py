"""What a seller says of the columns of their own lists, beside the first values of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from lapak.moving.errors import ColumnsUnfit
from lapak.moving.own_lists.columns import LEFT_OUT, Columns, Role, refuse_unfit_columns


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column as it is asked about."""

    label: str
    values: Sequence[str]
    field: forms.BoundField


@dataclass(frozen=True, slots=True)
class ListAsked:
    """A list as it is asked about; `left_out` only where something else was given too."""

    file: str
    sheet: str
    rows: Sequence[ColumnRow]
    group: forms.BoundField
    left_out: forms.BoundField | None


class ColumnsForm(forms.Form):
    """A field for each column of each list, filled in as Lapak would have it, or as it was named before."""

    def __init__(self, *args: Any, lists: Sequence[dict[str, Any]], has_others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lists = lists
        self._may_leave_out = has_others or len(lists) > 1
        roles = [("", _("Kept, not used")), *Role.choices]
        for n, each in enumerate(lists):
            for column, said in enumerate(each["columns"]):
                self.fields[f"role_{n}_{column}"] = forms.ChoiceField(
                    label=said["label"],
                    help_text=said["reason"],
                    choices=roles,
                    initial=said["role"],
                    required=False,
                )
            self.fields[f"group_{n}"] = forms.TypedChoiceField(
                label=_("Rows of one product have the same"),
                choices=[
                    ("", _("nothing: each row is a product")),
                    *((column, said["label"]) for column, said in enumerate(each["columns"])),
                ],
                initial=each["group"],
                coerce=int,
                empty_value=None,
                required=False,
            )
            if self._may_leave_out:
                self.fields[f"left_out_{n}"] = forms.BooleanField(
                    label=_("This is no list of my goods: leave it out"), required=False
                )

    @property
    def asked(self) -> list[ListAsked]:
        """Each list with its fields."""
        return [
            ListAsked(
                each["file"],
                each["sheet"],
                [
                    ColumnRow(said["label"], said["values"], self[f"role_{n}_{column}"])
                    for column, said in enumerate(each["columns"])
                ],
                self[f"group_{n}"],
                self[f"left_out_{n}"] if self._may_leave_out else None,
            )
            for n, each in enumerate(self._lists)
        ]

    @property
    def columns(self) -> dict[str, Columns]:
        """What was said of each list, by its header."""
        return {each["header"]: self._said(n, len(each["columns"])) for n, each in enumerate(self._lists)}

    def clean(self) -> dict[str, Any]:
        """Each list by itself, so that all is said at once."""
        super().clean()
        for n, each in enumerate(self._lists):
            if not self.cleaned_data.get(f"left_out_{n}"):
                try:
                    refuse_unfit_columns(self._said(n, len(each["columns"])), are_goods=True)
                except ColumnsUnfit as unfit:
                    name = f"{each['file']}: " if len(self._lists) > 1 else ""
                    self.add_error(None, f"{name}{unfit}")
        return self.cleaned_data

    def _said(self, n: int, count: int) -> Columns:
        if self.cleaned_data.get(f"left_out_{n}"):
            return LEFT_OUT
        said = [self.cleaned_data.get(f"role_{n}_{column}") for column in range(count)]
        return Columns(tuple(Role(role) if role else None for role in said), self.cleaned_data.get(f"group_{n}"))
