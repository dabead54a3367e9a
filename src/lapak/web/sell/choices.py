"""What a seller says before goods move in: which category each of the old platform's is, what options are called, and which
goods are the same."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapak.goods.catalogue.queries import CategoryNode
from lapak.goods.catalogue.rules import MAX_OPTION_LENGTH
from lapak.moving.choices import Choices
from lapak.moving.options import folded
from lapak.web.sell.product_forms import category_choices
from lapak.web.sell.same_goods_forms import SameGoodsForm

VALUES_SHOWN = 6


class ChoicesForm(SameGoodsForm):
    """A field for each thing proposed, filled in as Lapak would have it. What a page does not send is not chosen."""

    def __init__(
        self, *args: Any, proposals: dict[str, Any], categories: Sequence[CategoryNode], **kwargs: Any
    ) -> None:
        super().__init__(*args, groups=proposals.get("same", ()), **kwargs)
        self._categories = self._asked("category", proposals.get("categories", ()))
        self._options = self._asked("option", proposals.get("options", ()))
        choices = [("", _("In no category yet")), *category_choices(categories)]
        for name, row in self._categories.items():
            self.fields[name] = forms.TypedChoiceField(
                label=row["path"],
                help_text=_goods(row["goods"]),
                choices=choices,
                coerce=int,
                empty_value=None,
                initial=row["category_id"],
                required=False,
            )
        for name, row in self._options.items():
            self.fields[name] = forms.CharField(
                label=_in_short(row["values"]),
                help_text=_goods(row["goods"]),
                initial=row["name"],
                max_length=MAX_OPTION_LENGTH,
            )

    @property
    def doubtful(self) -> list[forms.BoundField]:
        """Categories to look at."""
        return [self[name] for name, row in self._categories.items() if not row["is_sure"]]

    @property
    def sure(self) -> list[forms.BoundField]:
        """Categories whose names agree."""
        return [self[name] for name, row in self._categories.items() if row["is_sure"]]

    @property
    def options(self) -> list[forms.BoundField]:
        """Options whose names no file says."""
        return [self[name] for name in self._options]

    @property
    def choices(self) -> Choices:
        """What was chosen."""
        return Choices(
            {row["path"]: self.cleaned_data[name] for name, row in self._categories.items()},
            {folded(value): self.cleaned_data[name] for name, row in self._options.items() for value in row["values"]},
            self.decisions,
        )

    def _asked(self, kind: str, rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        named = {f"{kind}_{n}": row for n, row in enumerate(rows)}
        return {name: row for name, row in named.items() if not self.is_bound or name in self.data}


def _goods(count: int) -> str:
    return ngettext("%(count)d product", "%(count)d products", count) % {"count": count}


def _in_short(values: Sequence[str]) -> str:
    return ", ".join(values[:VALUES_SHOWN]) + (" …" if len(values) > VALUES_SHOWN else "")
