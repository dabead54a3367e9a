"""What a seller says of goods of two platforms that look the same: of all with one reason at once, or of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lapak.lib.money import format_idr
from lapak.moving.formats.registry import title_of
from lapak.moving.same_goods.decisions import Decision
from lapak.moving.same_goods.pairs import PairKey, Why

PAIRS_SHOWN = 50
"""So many of one reason are asked about one by one; the rest goes as all."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Goods that share one thing, as they are asked about."""

    first: str
    later: str
    why: "str | Promise"
    count: int
    of_all: forms.BoundField
    of_each: Sequence[forms.BoundField]
    more: int
    """Pairs that are not asked about one by one."""


class SameGoodsForm(forms.Form):
    """A field for all pairs of a reason, which has to be answered, and one for each of the first. What a page does not send is
    not said: those goods come in by themselves."""

    def __init__(self, *args: Any, groups: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {f"same_{n}": group for n, group in enumerate(groups)}
        self._groups = {name: group for name, group in named.items() if not self.is_bound or name in self.data}
        for name, group in self._groups.items():
            answers = _answers(title_of(group["first"]), title_of(group["later"]))
            self.fields[name] = forms.ChoiceField(
                label=_("What are they?"), choices=[("", _("Please choose")), *answers]
            )
            for n, pair in enumerate(group["pairs"][:PAIRS_SHOWN]):
                self.fields[f"{name}_{n}"] = forms.ChoiceField(
                    label=_in_words(pair), choices=[("", _("as chosen for all")), *answers], required=False
                )

    @property
    def same(self) -> list[Alike]:
        """What looks the same, by reason."""
        return [
            Alike(
                title_of(group["first"]),
                title_of(group["later"]),
                Why(group["why"]).label,
                len(group["pairs"]),
                self[name],
                [self[f"{name}_{n}"] for n in range(min(len(group["pairs"]), PAIRS_SHOWN))],
                max(len(group["pairs"]) - PAIRS_SHOWN, 0),
            )
            for name, group in self._groups.items()
        ]

    @property
    def decisions(self) -> dict[PairKey, Decision]:
        """What was said of each pair."""
        return {
            (group["later"], pair["later_id"], group["first"], pair["first_id"]): Decision(
                self.cleaned_data.get(f"{name}_{n}") or self.cleaned_data[name]
            )
            for name, group in self._groups.items()
            for n, pair in enumerate(group["pairs"])
        }


def _answers(first: str, later: str) -> list[tuple[str, str]]:
    one = _("One product: price and stock from %(platform)s")
    return [
        (Decision.FIRST_LEADS, one % {"platform": first}),
        (Decision.LATER_LEADS, one % {"platform": later}),
        (Decision.TWO, _("Two products: both are sold")),
    ]


def _in_words(pair: dict[str, Any]) -> str:
    sides = [(pair[f"{side}_title"], pair[f"{side}_price_idr"]) for side in ("first", "later")]
    return " = ".join(f"{title} ({format_idr(price)})" if price else title for title, price in sides)
