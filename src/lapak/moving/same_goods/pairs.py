"""Which goods of one platform look like those of another, and why."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lapak.moving.same_goods.sides import Side

PairKey = tuple[str, str, str, str]
"""Platform and id of the goods that come later, then of those that are first."""

MAX_KEPT = 2_000
"""So many pairs of one reason are kept with an upload; those beyond come in as two."""


class Why(TextChoices):
    """What two goods share, surest first."""

    SKU = "sku", _("the same SKU")
    PICTURE = "picture", _("the same picture")
    TITLE = "title", _("the same title and price")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two goods that look the same: `first` is here, or comes in before `later` does."""

    later: Side
    first: Side
    why: Why

    @property
    def key(self) -> PairKey:
        """By which a decision is remembered."""
        return self.later.platform, self.later.source_id, self.first.platform, self.first.source_id


_SHARED: Mapping[Why, Callable[[Side], Iterable[str]]] = {
    Why.SKU: lambda side: side.skus,
    Why.PICTURE: lambda side: (side.picture,),
    Why.TITLE: lambda side: (side.title_and_price,),
}


def pairs_of(later: Sequence[Side], first: Sequence[Side], kept_apart: Iterable[PairKey]) -> list[Pair]:
    """At most one for each of `later` (of one platform), and none of what was kept as two. What more than one product of a
    platform has, such as a picture of the shop's sign, tells nothing."""
    apart, taken, found = set(kept_apart), set[Side](), dict[str, Pair]()
    for why in Why:
        theirs: dict[str, list[Side]] = defaultdict(list)
        for shared, candidate in _alone(why, first):
            theirs[shared].append(candidate)
        for shared, side in _alone(why, later):
            for candidate in theirs[shared]:
                pair = Pair(side, candidate, why)
                if side.source_id not in found and candidate not in taken and pair.key not in apart:
                    found[side.source_id] = pair
                    taken.add(candidate)
    return list(found.values())


def as_proposed(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """What an upload keeps of them: by platforms and reason."""
    groups: dict[tuple[str, str, Why], list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.first.platform, pair.later.platform, pair.why].append(pair)
    return [
        {
            "first": first,
            "later": later,
            "why": why.value,
            "pairs": [
                {
                    "first_id": pair.first.source_id,
                    "later_id": pair.later.source_id,
                    "first_title": pair.first.title,
                    "later_title": pair.later.title,
                    "first_price_idr": pair.first.price_idr,
                    "later_price_idr": pair.later.price_idr,
                }
                for pair in group[:MAX_KEPT]
            ],
        }
        for (first, later, why), group in groups.items()
    ]


def _alone(why: Why, sides: Sequence[Side]) -> Iterator[tuple[str, Side]]:
    """What one product of its platform alone has."""
    having: dict[tuple[str, str], list[Side]] = defaultdict(list)
    for side in sides:
        for shared in filter(None, _SHARED[why](side)):
            having[side.platform, shared].append(side)
    return ((shared, alike[0]) for (_platform, shared), alike in having.items() if len(alike) == 1)
