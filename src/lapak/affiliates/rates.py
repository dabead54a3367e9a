"""What a programme pays: pure rules of rates, raises and cuts; docs/concepts/links-and-commission.md."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.lib.money import apportion, share_idr
from lapak.lib.numbers import format_rate

MAX_RATE_BP = 8000
"""80 %: above it nothing is left for the platform's fee, taxes and the shop. The database holds the same bound."""

STEEP_RAISE_BP = 200
"""A raise of two points or more is asked about: it holds at once, and taking it back takes `CUT_REACHES_AFTER`."""
USUAL_RATE_BP = 1000
HIGH_FIRST_RATE_BP = 2000
"""A first rate above it, twice the usual, is asked about: nothing else shows that a comma is missing."""

CUT_REACHES_AFTER = timedelta(days=30)
"""A cut leaves creators already promoting this long with the rate they began under; a raise waits for nobody."""

BINDS_AFTER = timedelta(minutes=15)
"""A rate typed wrongly and corrected within this time binds nobody; every other one stands for `CUT_REACHES_AFTER`."""


class Kind(StrEnum):
    """How a click led to a line. The same values as `Commission.Attribution`."""

    DIRECT = "direct"
    INDIRECT = "indirect"


class WonBy(StrEnum):
    """Which of the clicks on a line win it. The same values as `Programme.WonBy`."""

    NEWEST = "newest"
    FIRST = "first"
    SHARED = "shared"


def is_slip(announced_at: datetime, superseded_at: datetime | None) -> bool:
    """Whether a term was corrected before anyone could count on it."""
    return superseded_at is not None and superseded_at - announced_at < BINDS_AFTER


@dataclass(frozen=True, slots=True)
class Sale:
    """Goods as a programme looks at them. `category_ids`: their category and all above it, the nearest first; `base_idr`: what
    commission is reckoned on."""

    shop_id: uuid.UUID
    product_id: uuid.UUID
    category_ids: tuple[int, ...] = ()
    base_idr: int = 0
    kind: Kind = Kind.DIRECT


@dataclass(frozen=True, slots=True)
class RateTerm:
    """A rate as announced, and when another took its place or it was withdrawn: of one product, of a category with all below
    it, or (neither given) of all goods.

    `indirect_bp` is paid for other goods than the linked ones (none: as much); `cap_idr` is the most for a line; `ends_at` was
    agreed from the beginning, and no cut: from then on it counts for nobody.
    """

    rate_bp: int
    announced_at: datetime
    superseded_at: datetime | None = None
    indirect_bp: int | None = None
    cap_idr: int | None = None
    ends_at: datetime | None = None
    category_id: int | None = None
    product_id: uuid.UUID | None = None

    @property
    def is_slip(self) -> bool:
        """Whether it was corrected before anyone could count on it."""
        return is_slip(self.announced_at, self.superseded_at)

    def is_in_force(self, at: datetime) -> bool:
        """Whether it was the last word at this moment."""
        return self.announced_at <= at and (self.superseded_at is None or at < self.superseded_at)

    def has_ended(self, at: datetime) -> bool:
        """Whether the end that was agreed from the beginning is past."""
        return self.ends_at is not None and self.ends_at <= at

    def nearness(self, sale: Sale) -> int:
        """How special it is for these goods: the product's own most, then the nearest category's, then that of all goods (1).
        Zero: it is of other goods."""
        if self.product_id is not None:
            return len(sale.category_ids) + 2 if self.product_id == sale.product_id else 0
        if self.category_id is not None:
            is_over = self.category_id in sale.category_ids
            return len(sale.category_ids) + 1 - sale.category_ids.index(self.category_id) if is_over else 0
        return 1

    def rate_for(self, kind: Kind) -> int:
        """In basis points."""
        return self.rate_bp if kind is Kind.DIRECT or self.indirect_bp is None else self.indirect_bp

    def pays_idr(self, sale: Sale) -> int:
        """For the line, in whole rupiah."""
        return commission_idr(sale.base_idr, self.rate_for(sale.kind), self.cap_idr)

    def sets_aside_idr(self, sale: Sale) -> int:
        """What of a budget is kept for the line: rounded up, so that no settlement comes to more."""
        return set_aside_idr(sale.base_idr, self.rate_for(sale.kind), self.cap_idr)


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme as one of its creators has it. `shop_id` none: the platform's, good in every shop; `is_own`: the creator was
    invited to it."""

    programme_id: uuid.UUID
    shop_id: uuid.UUID | None
    window: timedelta
    joined_at: datetime
    terms: tuple[RateTerm, ...]
    is_own: bool = False
    won_by: WonBy = WonBy.NEWEST


def question_about_rate(rate_bp: int, now_bp: int = 0) -> "str | Promise | None":
    """What to ask before the rate is announced, if anything: whether it may rise so steeply, or begin so high.

    `now_bp` is the rate in force; zero without a programme, or when it has ended.
    """
    percents = {"rate": format_rate(rate_bp), "now": format_rate(now_bp), "usual": format_rate(USUAL_RATE_BP)}
    if now_bp and rate_bp - now_bp >= STEEP_RAISE_BP:
        return _("%(rate)s%%? It is %(now)s%% now, and a raise counts at once.") % percents
    if not now_bp and rate_bp > HIGH_FIRST_RATE_BP:
        return _("%(rate)s%%? %(usual)s%% is usual.") % percents
    return None


def commission_idr(base_idr: int, rate_bp: int, cap_idr: int | None = None) -> int:
    """What a line's commission is expected to come to, rounded half up to a whole rupiah; an order's settlement may move
    a rupiah so that its parts sum to the whole, but never beyond the cap."""
    amount_idr = share_idr(base_idr, rate_bp)
    return amount_idr if cap_idr is None else min(amount_idr, cap_idr)


def parts_of_line_idr(sold_idr: int, shares_bp: Sequence[int]) -> list[int]:
    """What each of a line's commissions is reckoned on, when so much of the line stays sold: its share, by largest remainder,
    so that together they are the line's price and never more."""
    return apportion(sold_idr, shares_bp)


def earned_share(base_idr: int, rate_bp: int, cap_idr: int | None) -> int:
    """What a line earns exactly, in ten-thousandths of a rupiah: its weight where parts are apportioned."""
    exact = base_idr * rate_bp
    return exact if cap_idr is None else min(exact, cap_idr * 10_000)


def set_aside_idr(base_idr: int, rate_bp: int, cap_idr: int | None) -> int:
    """The most that it comes to when it settles: the exact share, rounded up to a whole rupiah."""
    return -(-earned_share(base_idr, rate_bp, cap_idr) // 10_000)


def applicable_term(terms: Iterable[RateTerm], sale: Sale, joined_at: datetime, at: datetime) -> RateTerm | None:
    """The best term a creator may count on for these goods. At every moment the most special one holds; of all moments since
    they joined, but no longer ago than a cut takes to reach them, the one that pays most counts.

    So a raise applies at once, and a cut after 30 days, whichever way it is cut: a lower rate, a lower cap, a special rate that
    is withdrawn or comes between. While a slip stood nothing is counted on. What has ended as agreed counts no more. None without
    a term.
    """
    fitting = [term for term in terms if term.announced_at <= at and term.nearness(sale) and not term.has_ended(at)]
    slips = [term for term in fitting if term.is_slip]
    since = max(joined_at, at - CUT_REACHES_AFTER)
    changes = {term.announced_at for term in fitting} | {term.superseded_at for term in fitting if term.superseded_at}
    moments = {since, *(moment for moment in changes if since < moment <= at)}
    counted = [
        max(in_force, key=lambda term: term.nearness(sale))
        for moment in moments
        if not any(slip.is_in_force(moment) for slip in slips)
        and (in_force := [term for term in fitting if term.is_in_force(moment)])
    ]
    return max(
        counted,
        key=lambda term: (term.pays_idr(sale), term.rate_for(sale.kind), term.announced_at, term.nearness(sale)),
        default=None,
    )


def applicable_rate_bp(terms: Iterable[RateTerm], joined_at: datetime, at: datetime) -> int:
    """As `applicable_term`, of goods that no special rate is for: what the linked ones pay. Zero without a term."""
    term = applicable_term(terms, ANY_GOODS, joined_at, at)
    return term.rate_bp if term else 0


ANY_GOODS = Sale(shop_id=uuid.UUID(int=0), product_id=uuid.UUID(int=0))
