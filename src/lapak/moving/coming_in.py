"""The goods of a move-in, platform by platform: first what comes in by itself, then what is the same as other goods."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lapak.moving.apply import Applied
from lapak.moving.bundle import SourceVariant
from lapak.moving.check import Checked
from lapak.moving.plan import Action, Counts, Plan
from lapak.moving.problems import Problem
from lapak.moving.same_goods.joining import Same, join, together
from lapak.people.shops.models import Shop


@dataclass(slots=True)
class ComingIn:
    """What was planned, and what was written of it; after a dry run nothing was."""

    plans: list[Plan] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)
    with_others: Counts = field(default_factory=Counts)
    """Goods that will be known as others that come in with them."""

    @property
    def planned(self) -> Counts:
        """What would happen."""
        return sum((plan.counts for plan in self.plans), self.with_others)

    @property
    def done(self) -> Counts:
        """What was written."""
        return sum((each.counts for each in self.applied), Counts())

    @property
    def problems(self) -> list[Problem]:
        """What was seen planning, then writing."""
        planning = (problem for plan in self.plans for problem in plan.problems)
        return [*planning, *(problem for each in self.applied for problem in each.problems)]

    @property
    def left_out(self) -> list[SourceVariant]:
        """What does not come in, for the seller to correct."""
        return [variant for plan in self.plans for variant in plan.left_out]


def bring_in(
    shop: Shop,
    checked: Mapping[str, Checked],
    same: Same,
    plan: Callable[[str, Checked], Plan],
    write: Callable[[str, Plan], Applied] | None,
) -> ComingIn:
    """All goods are planned, by platform, and written if there is who does it. What is the same as goods that come in with it can
    only be known once those are here: after a dry run it is counted as being so."""
    coming = ComingIn()

    def take(platform: str, goods: Checked) -> None:
        planned = plan(platform, goods)
        coming.plans.append(planned)
        if write:
            coming.applied.append(write(platform, planned))

    for platform, goods in checked.items():
        take(platform, same.apart(platform, goods))
    for platform, joined in same.joined.items():
        if not joined:
            continue
        if write:
            join(shop, joined)
        heard, unheard = together(shop, platform, joined)
        if write:
            heard += unheard
        else:
            for listing in unheard:
                coming.with_others.products.count(Action.LEAVE)
                coming.with_others.skus.count(Action.LEAVE, len(listing.variants))
        if heard:
            take(platform, Checked(heard, [], 0, [], 0))
    return coming
