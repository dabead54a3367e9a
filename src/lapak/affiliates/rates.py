"""What a programme pays: pure rules of rates, raises and cuts; docs/concepts/links-and-commission.md."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.lib.money import divide_half_up, share_idr
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


@dataclass(frozen=True, slots=True)
class RateTerm:
    """A rate as announced, and when another took its place."""

    rate_bp: int
    announced_at: datetime
    superseded_at: datetime | None = None

    @property
    def is_slip(self) -> bool:
        """Whether it was corrected before anyone could count on it."""
        return self.superseded_at is not None and self.superseded_at - self.announced_at < BINDS_AFTER


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme as one of its creators has it. `shop_id` none: the platform's, good in every shop."""

    programme_id: uuid.UUID
    shop_id: uuid.UUID | None
    window: timedelta
    joined_at: datetime
    terms: tuple[RateTerm, ...]


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


def commission_idr(base_idr: int, rate_bp: int) -> int:
    """What a line's commission is expected to come to, rounded half up to a whole rupiah; an order's settlement may move
    a rupiah so that its parts sum to the whole."""
    return share_idr(base_idr, rate_bp)


def shrunk_base_idr(base_idr: int, sold_before_idr: int, sold_now_idr: int) -> int:
    """What commission is reckoned on when less of a line stays sold: the same share of it, rounded half up."""
    return divide_half_up(base_idr * sold_now_idr, sold_before_idr)


def applicable_rate_bp(terms: Iterable[RateTerm], joined_at: datetime, at: datetime) -> int:
    """The best rate a creator may count on: of every term that was in force at some moment since they joined, but no
    longer ago than a cut takes to reach them. So a raise applies at once, a cut after 30 days, and a slip that was
    corrected at once never again. Zero without a term.
    """
    reaches_back_to = max(joined_at, at - CUT_REACHES_AFTER)
    return max(
        (
            term.rate_bp
            for term in terms
            if term.announced_at <= at
            and (term.superseded_at is None or (term.superseded_at > reaches_back_to and not term.is_slip))
        ),
        default=0,
    )
