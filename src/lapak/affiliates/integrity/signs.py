"""What each rule sees, and what it says to the creator. A rule freezes lines that wait to be credited, and nothing else.

The bounds keep honest people out: a household buys through its own link now and then, an office has one address and many
buyers, a film that everybody shares brings many clicks of many people. `tests/test_honest.py` tells their stories.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.integrity.facts import Facts, Sale, orders_of
from lapak.lib import clock
from lapak.lib.dated import Dated


class RuleName(StrEnum):
    """The rules there are. The same values as `Finding.Rule`."""

    OWN_ADDRESS = "own_address"
    SHARED_ACCOUNT = "shared_account"
    CLICK_FLOOD = "click_flood"
    CONVERSION = "conversion"
    REFUND_FARMING = "refund_farming"
    SNIPING = "sniping"
    SECOND_ACCOUNT = "second_account"
    BY_HAND = "by_hand"
    """No rule: an operator looked into a line."""
    SHOWCASE_PAGE = "showcase_page"
    SHOWCASE_COVER = "showcase_cover"
    """Nor these: an operator hides the creator's page, or the picture above it."""


OF_SHOWCASES = (RuleName.SHOWCASE_PAGE, RuleName.SHOWCASE_COVER)


class Ground(StrEnum):
    """For which a page or picture is hidden. Lapak's own list, after what Permendag 19/2026 and UU ITE forbid to show."""

    UNLAWFUL = "unlawful"
    MISLEADING = "misleading"
    INDECENT = "indecent"
    RIGHTS = "rights"


GROUNDS: dict[Ground, Promise] = {
    Ground.UNLAWFUL: _("Goods or acts that the law forbids"),
    Ground.MISLEADING: _("It deceives buyers"),
    Ground.INDECENT: _("Indecent, or full of hate"),
    Ground.RIGHTS: _("A picture, a name or a mark of somebody else"),
}


class Bounds(NamedTuple):
    """From where on a rule speaks: `least` of what it counts, which are `share_bp` of all at least; of so many `buyers`; `each`
    buyer, or person, so many."""

    least: int = 1
    share_bp: int = 0
    each: int = 1
    buyers: int = 1


@dataclass(frozen=True, slots=True)
class Sign:
    """What a rule saw: counts that the creator reads, ids that the operator alone does, and what is frozen."""

    rule: RuleName
    counts: Mapping[str, int]
    ids: Mapping[str, list[str]]
    commission_ids: frozenset[uuid.UUID]


class Seen(NamedTuple):
    """What a rule counted, whose lines it is about, and the orders beyond those that show it."""

    counts: Mapping[str, int]
    sales: Collection[Sale]
    order_ids: Collection[uuid.UUID] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name in words, what it says to a creator (filled from the counts), its bounds by date, and how it looks."""

    title: Promise
    why: Promise
    bounds: Dated[Bounds]
    look: Callable[[Facts, Bounds], Seen | None]


_FROM = date(2023, 10, 4)


def signs_in(facts: Facts) -> list[Sign]:
    """What the rules see that were in force at that moment, and that something waiting is about."""
    day = facts.at.astimezone(clock.WIB).date()
    return [sign for name, rule in RULES.items() if (sign := _sign(name, rule, facts, day))]


def _sign(name: RuleName, rule: Rule, facts: Facts, day: date) -> Sign | None:
    seen = rule.look(facts, rule.bounds.on(day))
    if seen is None:
        return None
    waiting = frozenset(sale.commission_id for sale in seen.sales if sale.is_waiting)
    return Sign(name, seen.counts, _ids(facts, seen), waiting) if waiting else None


def _ids(facts: Facts, seen: Seen) -> dict[str, list[str]]:
    """What the operator follows: sorted, so that the same is the same."""
    ids = {
        "orders": sorted(map(str, {*seen.order_ids, *orders_of(seen.sales)})),
        "buyers": sorted({str(sale.buyer_id) for sale in seen.sales}),
        "links": sorted({str(sale.link_id) for sale in seen.sales}),
    }
    return ids | ({"creators": [str(facts.closed_twin_id)]} if facts.closed_twin_id else {})


def _own_address(facts: Facts, bounds: Bounds) -> Seen | None:
    """Few buyers, many parcels to where the creator lives. A colleague or a relative now and then is none of them."""
    return _of_regulars([sale for sale in facts.sales if sale.place in facts.own_places], facts, bounds)


def _refund_farming(facts: Facts, bounds: Bounds) -> Seen | None:
    """The same few buyers send most orders back whole. Goods that many send back once are bad goods, and who orders two sizes to
    keep the one that fits has bought."""
    kept = orders_of(sale for sale in facts.sales if not sale.came_back)
    seen = _of_regulars([sale for sale in facts.sales if sale.order_id not in kept], facts, bounds)
    if seen is None:
        return None
    buyers = {sale.buyer_id for sale in seen.sales}
    return Seen(seen.counts, [sale for sale in facts.sales if sale.buyer_id in buyers])


def _of_regulars(sales: Collection[Sale], facts: Facts, bounds: Bounds) -> Seen | None:
    """Those of buyers who have so many orders each, if together they are enough and a large part of all."""
    per_buyer = Counter(buyer_id for buyer_id, _order in {(sale.buyer_id, sale.order_id) for sale in sales})
    regulars = [sale for sale in sales if per_buyer[sale.buyer_id] >= bounds.each]
    counts = _counts(regulars, facts)
    return Seen(counts, regulars) if _reach(counts, bounds) else None


def _shared_account(facts: Facts, bounds: Bounds) -> Seen | None:
    """Buyers in a ring: paid into a bank account of somebody who is paid into one of the creator's. Whoever shares one with the
    creator directly earns them nothing in the first place (affiliates/rules.py: is_self_purchase)."""
    near = [sale for sale in facts.sales if sale.buyer_id in facts.near_buyers]
    counts = _counts(near, facts)
    return Seen(counts, near) if _reach(counts, bounds) else None


def _click_flood(facts: Facts, bounds: Bounds) -> Seen | None:
    """Clicks without people: a page that opens the link in the background, a farm. Where more bought than were told apart as
    people, a provider's gateway hid them (docs/concepts/links-and-commission.md): so a film goes around among phones."""
    flooded = {
        at
        for at, traffic in facts.traffic.items()
        if traffic.clicks >= bounds.least and traffic.clicks >= bounds.each * max(1, traffic.people)
    }
    sales = [sale for sale in facts.sales if (sale.link_id, sale.clicked_on) in flooded]
    counts = {
        "clicks": sum(facts.traffic[at].clicks for at in flooded),
        "people": sum(facts.traffic[at].people for at in flooded),
    }
    return Seen(counts, sales) if 0 < len({sale.buyer_id for sale in sales}) <= counts["people"] else None


def _conversion(facts: Facts, bounds: Bounds) -> Seen | None:
    """Nearly all clicks are bought from. One click that was handed on to a whole family is one; and where more
    are bought from than were counted, counts were lost (docs/concepts/links-and-commission.md) and say nothing."""
    bought_from = len({sale.click_id for sale in facts.sales})
    counts = {"orders": bought_from, "clicks": facts.clicks}
    is_counted = bounds.least <= bought_from <= facts.clicks
    return Seen(counts, facts.sales) if is_counted and bought_from * 10_000 >= bounds.share_bp * facts.clicks else None


def _sniping(facts: Facts, bounds: Bounds) -> Seen | None:
    """Most of what the links led to was at the checkout already when the link was opened, with many buyers: a program in their
    browsers opens it. It freezes what the same browsers brought by clicks that came earlier. How soon somebody buys after a
    click says nothing: whoever taps a link and buys at once is the commonest of buyers."""
    buyers = set(facts.late.values())
    counts = {
        "orders": len(facts.late),
        "all_orders": len(facts.late.keys() | orders_of(facts.sales)),
        "buyers": len(buyers),
    }
    theirs = [sale for sale in facts.sales if sale.buyer_id in buyers]
    return Seen(counts, theirs, facts.late.keys()) if _reach(counts, bounds) else None


def _second_account(facts: Facts, _bounds: Bounds) -> Seen | None:
    """Whoever was closed goes on under another name. A couple that shares a bank account has no closed one."""
    return Seen({}, facts.sales) if facts.closed_twin_id else None


def _counts(sales: Iterable[Sale], facts: Facts) -> dict[str, int]:
    seen = list(sales)
    return {
        "orders": len(orders_of(seen)),
        "all_orders": len(orders_of(facts.sales)),
        "buyers": len({sale.buyer_id for sale in seen}),
    }


def _reach(counts: Mapping[str, int], bounds: Bounds) -> bool:
    is_much = counts["orders"] >= bounds.least and counts["orders"] * 10_000 >= bounds.share_bp * counts["all_orders"]
    return is_much and counts["buyers"] >= bounds.buyers


def _by_people(_facts: Facts, _bounds: Bounds) -> None:
    """What no rule looks for."""


RULES: dict[RuleName, Rule] = {
    # A household of two that orders its groceries every week comes to thirteen or fourteen in six weeks.
    RuleName.OWN_ADDRESS: Rule(
        _("Many orders to one's own address"),
        _("%(orders)s of %(all_orders)s orders went to an address of yours, from the same few buyers (%(buyers)s)."),
        Dated((_FROM, Bounds(least=16, share_bp=5_000, each=4))),
        _own_address,
    ),
    # Families share bank accounts, and what relatives buy is a small part of what a creator sells; a ring is most of it.
    RuleName.SHARED_ACCOUNT: Rule(
        _("Buyers connected with the creator by bank accounts"),
        _(
            "%(orders)s of %(all_orders)s orders are of buyers (%(buyers)s) who share a bank account with whom you share one."
        ),
        Dated((_FROM, Bounds(least=12, share_bp=5_000, buyers=3))),
        _shared_account,
    ),
    # A visitor counts once a minute: two hundred are three hours of one browser in one network, without a pause.
    RuleName.CLICK_FLOOD: Rule(
        _("Clicks that no people made"),
        _("%(clicks)s clicks on a link in a day came from %(people)s people."),
        Dated((_FROM, Bounds(least=2_000, each=200))),
        _click_flood,
    ),
    # Shops in social apps sell to 1 to 5 of 100 who click; who sells to a circle by chat, to more than half of it.
    RuleName.CONVERSION: Rule(
        _("More purchases than clicks can bring"),
        _("Of %(clicks)s clicks on your links, %(orders)s were bought from."),
        Dated((_FROM, Bounds(least=50, share_bp=8_000))),
        _conversion,
    ),
    # A commission ends with its refund anyway: what is looked for is a circle that moves goods to and fro.
    RuleName.REFUND_FARMING: Rule(
        _("The same buyers send most of it back"),
        _("%(orders)s of %(all_orders)s orders were sent back by the same few buyers (%(buyers)s)."),
        Dated((_FROM, Bounds(least=8, share_bp=5_000, each=3))),
        _refund_farming,
    ),
    # Now and then somebody at the checkout goes to look for a code; that most of ten people's orders begin so, does not happen.
    RuleName.SNIPING: Rule(
        _("Clicks at the moment of paying"),
        _(
            "Of %(all_orders)s orders that your links led to, %(orders)s were at the checkout already when your link was "
            "opened, with %(buyers)s buyers."
        ),
        Dated((_FROM, Bounds(least=20, share_bp=5_000, buyers=10))),
        _sniping,
    ),
    RuleName.SECOND_ACCOUNT: Rule(
        _("Another account of a creator whose account was closed"),
        _("Your payouts go to the bank account of a creator whose account was closed."),
        Dated((_FROM, Bounds())),
        _second_account,
    ),
    RuleName.BY_HAND: Rule(
        _("Looked into by Lapak"),
        _("Lapak looked into this commission and is going to deny it. The reason stands in what was logged."),
        Dated((_FROM, Bounds())),
        _by_people,
    ),
    RuleName.SHOWCASE_PAGE: Rule(
        _("Page hidden"),
        _("Nobody else sees your page. Links that you have posted lead on and earn."),
        Dated((_FROM, Bounds())),
        _by_people,
    ),
    RuleName.SHOWCASE_COVER: Rule(
        _("Picture above the page hidden"),
        _("Nobody else sees the picture above your page. You can put up another one."),
        Dated((_FROM, Bounds())),
        _by_people,
    ),
}
"""Each with what it takes to speak; a stricter or milder bound is one more step with its day (CONTRIBUTING)."""
