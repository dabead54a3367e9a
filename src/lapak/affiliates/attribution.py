"""Which clicks win an order line, and what became of the others: pure rules; docs/concepts/links-and-commission.md."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from lapak.affiliates.decision import Candidate, Outcome, RateDecision, decide_rate
from lapak.affiliates.rates import Kind, Offer, Sale, WonBy, commission_idr, set_aside_idr
from lapak.lib.money import apportion

DEFAULT_WINDOW_DAYS = 7
LONGEST_WINDOW = timedelta(days=90)
"""No programme counts a click for longer, so nothing older is worth keeping in a browser."""

CHECKOUT_LASTS = timedelta(hours=1)
"""How long a checkout that was opened goes on: long enough to fetch an address or a card, short enough that who comes back
another day may have been persuaded anew. Ours."""

WHOLE_BP = 10_000
ENDS_BP = 4000
"""Of a line that is shared, to the first click and to the newest; those between share the rest. The position-based model
that Google Analytics had until 2023, and so the one that shops know: 40, 20, 40."""


class Verdict(StrEnum):
    """What became of a click on a line's goods. The same values as `Contender.Verdict`."""

    WON = "won"
    NEWER = "newer"
    """A newer click won."""
    EARLIER = "earlier"
    """An earlier one did."""
    STOOD_FOR = "stood_for"
    """Another click of the same creator won their part."""
    CLICKED = "clicked"
    """A code that was typed, where a click counts."""
    EXPIRED = "expired"
    OWN_PURCHASE = "own_purchase"
    CLOSED = "closed"
    AT_CHECKOUT = "at_checkout"
    BUDGET = "budget"
    NO_PROGRAMME = "no_programme"


@dataclass(frozen=True, slots=True)
class PromotedClick:
    """A proven click, what its link leads to, and the offers its creator promotes under.

    A product link carries its shop too. A showcase link carries neither, and so earns nothing by itself: the product
    links on the showcase page do. `is_typed`: no click, but the link's code, typed at the checkout. `is_own`: its creator is
    the buyer; `is_closed`: its creator's account is.
    """

    click_id: uuid.UUID
    clicked_at: datetime
    link_id: uuid.UUID
    creator_id: uuid.UUID
    product_id: uuid.UUID | None
    shop_id: uuid.UUID | None
    offers: tuple[Offer, ...]
    is_typed: bool = False
    is_own: bool = False
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Contender:
    """A click on a line's goods, and what became of it. `share_bp`: of the line, if it won."""

    click: PromotedClick
    decision: RateDecision
    verdict: Verdict
    share_bp: int = 0

    @property
    def kind(self) -> Kind:
        return self.decision.sale.kind

    @property
    def programme_id(self) -> uuid.UUID:
        return self.paying.offer.programme_id

    @property
    def paying(self) -> Candidate:
        """The offer that pays, of one that counts."""
        return self.decision.candidates[0]


@dataclass(frozen=True, slots=True)
class Earned:
    """A creator's part of a line, and of the cap on it. `base_idr`: of its price."""

    contender: Contender
    base_idr: int

    @property
    def share_bp(self) -> int:
        return self.contender.share_bp

    @property
    def cap_idr(self) -> int | None:
        cap_idr = self.contender.paying.cap_idr
        return None if cap_idr is None else cap_idr * self.share_bp // WHOLE_BP

    @property
    def amount_idr(self) -> int:
        return commission_idr(self.base_idr, self.contender.paying.rate_bp, self.cap_idr)

    @property
    def set_aside_idr(self) -> int:
        """What of a budget is kept for it."""
        return set_aside_idr(self.base_idr, self.contender.paying.rate_bp, self.cap_idr)


@dataclass(frozen=True, slots=True)
class Attribution:
    """All clicks on a line's goods, the newest first, and by which rule it was decided between them."""

    won_by: WonBy
    contenders: tuple[Contender, ...]
    sale: Sale

    @property
    def earned(self) -> list[Earned]:
        """What each creator who won has of the line; together they have its price."""
        winners = [each for each in self.contenders if each.share_bp]
        bases_idr = apportion(self.sale.base_idr, [each.share_bp for each in winners]) if winners else []
        return [Earned(winner, base_idr) for winner, base_idr in zip(winners, bases_idr, strict=True)]


def attribute_line(
    clicks: Sequence[PromotedClick],
    sale: Sale,
    at: datetime,
    left_idr: Mapping[uuid.UUID, int] | None = None,
    checkout_opened_at: datetime | None = None,
) -> Attribution:
    """Who earns on a line. Of the clicks on this product or its shop that an offer still pays for, the newest wins; or, as the
    programme of the newest has it, the first, or they share. A code that was typed counts where no click does.

    Passed over: the buyer's own, those of a closed account, and whatever was clicked since the buyer opened the checkout with
    these goods (`checkout_opened_at`), as extensions do that hand out coupons: that persuaded nobody.
    `sale` as of a click on the product itself; `left_idr` as `decide_rate` takes it. The answer never depends on the order of
    the clicks.
    """
    newest_first = sorted(clicks, key=lambda click: (click.clicked_at, click.click_id), reverse=True)
    looked_at = [
        _look_at(click, replace(sale, kind=kind), at, left_idr, checkout_opened_at)
        for click in newest_first
        if (kind := _kind(click, sale))
    ]
    counting = [each for each in looked_at if each.verdict is Verdict.WON]
    clicked = [each for each in counting if not each.click.is_typed] or counting[:1]
    won_by = clicked[0].paying.offer.won_by if clicked else WonBy.NEWEST
    shares = _shares(clicked, won_by, sale.base_idr)
    return Attribution(won_by, tuple(_decided(each, shares, clicked, won_by) for each in looked_at), sale)


def _look_at(
    click: PromotedClick,
    sale: Sale,
    at: datetime,
    left_idr: Mapping[uuid.UUID, int] | None,
    checkout_opened_at: datetime | None,
) -> Contender:
    """The click by itself: it counts (`WON`, as long as no other does), or why not."""
    decision = decide_rate(click.offers, sale, at, clicked_at=click.clicked_at, left_idr=left_idr)
    is_late = checkout_opened_at is not None and click.clicked_at >= checkout_opened_at and not click.is_typed
    if click.is_own:
        verdict = Verdict.OWN_PURCHASE
    elif click.is_closed:
        verdict = Verdict.CLOSED
    elif is_late:
        verdict = Verdict.AT_CHECKOUT
    else:
        verdict = Verdict.WON if decision.paying else _refused(decision)
    return Contender(click, decision, verdict)


def _refused(decision: RateDecision) -> Verdict:
    """The reason that comes nearest to being paid."""
    outcomes = {candidate.outcome for candidate in decision.candidates}
    if Outcome.BUDGET in outcomes:
        return Verdict.BUDGET
    return Verdict.EXPIRED if Outcome.EXPIRED in outcomes else Verdict.NO_PROGRAMME


def _shares(counting: Sequence[Contender], won_by: WonBy, base_idr: int) -> dict[uuid.UUID, int]:
    """By click, the share of each that wins; `counting` has the newest first. A line of so few rupiah that a part would be
    nothing is not shared."""
    if not counting:
        return {}
    newest, first = counting[0], counting[-1]
    if won_by is WonBy.FIRST:
        return {first.click.click_id: WHOLE_BP}
    if won_by is WonBy.NEWEST or len({each.click.creator_id for each in counting}) == 1:
        return {newest.click.click_id: WHOLE_BP}
    between = {each.click.creator_id: each for each in reversed(counting)}
    between = {
        creator_id: each
        for creator_id, each in between.items()
        if creator_id not in {newest.click.creator_id, first.click.creator_id}
    }
    positions = [newest, *between.values(), first]
    ends_bp = ENDS_BP if between else WHOLE_BP // 2
    middle_bp = apportion(WHOLE_BP - 2 * ends_bp, [1] * len(between)) if between else []
    shares: dict[uuid.UUID, int] = {}
    standing: dict[uuid.UUID, uuid.UUID] = {}
    for each, share_bp in zip(positions, [ends_bp, *middle_bp, ends_bp], strict=True):
        click_id = standing.setdefault(each.click.creator_id, each.click.click_id)
        shares[click_id] = shares.get(click_id, 0) + share_bp
    is_enough = not base_idr or min(apportion(base_idr, list(shares.values())))
    return shares if is_enough else {newest.click.click_id: WHOLE_BP}


def _decided(
    each: Contender, shares: Mapping[uuid.UUID, int], counting: Sequence[Contender], won_by: WonBy
) -> Contender:
    """The contender with the last word on it."""
    if each.verdict is not Verdict.WON:
        return each
    if share_bp := shares.get(each.click.click_id):
        return replace(each, share_bp=share_bp)
    if each.click.is_typed:
        return replace(each, verdict=Verdict.CLICKED)
    winners = {other.click.creator_id for other in counting if other.click.click_id in shares}
    if each.click.creator_id in winners:
        return replace(each, verdict=Verdict.STOOD_FOR)
    return replace(each, verdict=Verdict.EARLIER if won_by is WonBy.FIRST else Verdict.NEWER)


def _kind(click: PromotedClick, sale: Sale) -> Kind | None:
    if click.product_id == sale.product_id:
        return Kind.DIRECT
    return Kind.INDIRECT if click.shop_id == sale.shop_id else None
