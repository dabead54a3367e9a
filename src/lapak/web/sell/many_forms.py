"""What many goods can be told to do together."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapak.goods.catalogue.queries import CategoryNode
from lapak.goods.catalogue.rules import MAX_ON_HAND
from lapak.goods.mass.models import MassChange
from lapak.goods.mass.rules import LEAST_PRICE_BP, MOST_PRICE_BP
from lapak.lib.number_fields import CountField, PercentField
from lapak.web.sell.product_forms import category_choices
from lapak.web.shell.forms import RadioCards

Act = MassChange.Act

CHEAPER, DEARER = "cheaper", "dearer"
"""Two ways to change prices: keyboards of phones have no minus for a percentage."""

WAYS = {
    Act.PUBLISH: gettext_lazy("Put on sale"),
    Act.ARCHIVE: gettext_lazy("Take off sale"),
    Act.STOCK: gettext_lazy("Set the stock"),
    CHEAPER: gettext_lazy("Make cheaper"),
    DEARER: gettext_lazy("Make dearer"),
    Act.CATEGORY: gettext_lazy("Put in a category"),
    Act.DELETE: gettext_lazy("Delete drafts"),
}

NEEDS = {Act.STOCK: "on_hand", CHEAPER: "by_bp", DEARER: "by_bp", Act.CATEGORY: "category_id"}
"""Which field a way cannot do without."""


class ManyForm(forms.Form):
    """One act for all that was chosen, and what it needs to know."""

    way = forms.ChoiceField(
        label=gettext_lazy("What to do with all of them"),
        choices=list(WAYS.items()),
        widget=RadioCards(texts={Act.DELETE: gettext_lazy("Only drafts, and for good.")}),
    )
    only_whole = forms.BooleanField(
        label=gettext_lazy("Leave out what has no picture or nothing in stock"), required=False, initial=True
    )
    on_hand = CountField(
        label=gettext_lazy("Stock of each variant"),
        max_value=MAX_ON_HAND,
        required=False,
        help_text=gettext_lazy("Everything on the shelf, with what is promised to buyers."),
    )
    by_bp = PercentField(label=gettext_lazy("By how much"), min_value=1, max_value=MOST_PRICE_BP, required=False)
    category_id = forms.TypedChoiceField(label=gettext_lazy("Category"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, categories: Sequence[CategoryNode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category_id"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared above
        field.choices = [("", _("Choose a category")), *category_choices(categories)]

    def clean(self) -> dict[str, Any]:
        """What the chosen way needs is there."""
        needed = NEEDS.get(self.cleaned_data.get("way", ""))
        if needed and self.cleaned_data.get(needed) is None and needed not in self.errors:
            self.add_error(needed, self.fields[needed].error_messages["required"])
        if self.cleaned_data.get("way") == CHEAPER and (self.cleaned_data.get("by_bp") or 0) > -LEAST_PRICE_BP:
            most = self.fields["by_bp"].say(-LEAST_PRICE_BP)  # type: ignore[attr-defined]
            self.add_error("by_bp", _("At most %(most)s.") % {"most": most})
        return self.cleaned_data

    @property
    def act(self) -> str:
        """The act that was chosen."""
        way = str(self.cleaned_data["way"])
        return Act.PRICE if way in {CHEAPER, DEARER} else way

    @property
    def value(self) -> Mapping[str, Any]:
        """What it needs to know, as `goods.mass.kinds` reads it."""
        way, typed = self.cleaned_data["way"], self.cleaned_data
        if way in {CHEAPER, DEARER}:
            return {"by_bp": -typed["by_bp"] if way == CHEAPER else typed["by_bp"]}
        named = "only_whole" if way == Act.PUBLISH else NEEDS.get(way)
        return {named: typed[named]} if named else {}


def as_typed(change: MassChange) -> dict[str, Any]:
    """A planned change as the form would be filled in for it."""
    by_bp = change.value.get("by_bp", 0)
    way = (CHEAPER if by_bp < 0 else DEARER) if change.act == Act.PRICE else change.act
    return {"only_whole": True, **change.value, "way": way or None, "by_bp": abs(by_bp) or None}
