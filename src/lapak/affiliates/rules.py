"""Who earns how much for a sale: pure rules of links, clicks and commission; docs/concepts/links-and-commission.md."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.lib.dated import Dated
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

SHORTEST_HANDLE, LONGEST_HANDLE = 3, 30
LONGEST_LABEL = 30

INVITATION_DAYS = 90
"""How long an invitation waits for someone who may not be here yet: a season, in which a creator plans what to show."""

DEFAULT_WINDOW_DAYS = 7
LONGEST_WINDOW = timedelta(days=90)
"""No programme counts a click for longer, so nothing older is worth keeping in a browser."""


class State(StrEnum):
    """Where a commission stands. The same values as `Commission.State`."""

    PENDING = "pending"
    PAYABLE = "payable"
    PAID = "paid"
    REVERSED = "reversed"
    FROZEN = "frozen"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.PAYABLE, State.REVERSED, State.FROZEN}),
    State.PAYABLE: frozenset({State.PAID, State.REVERSED, State.FROZEN}),
    State.FROZEN: frozenset({State.PENDING, State.REVERSED}),
    State.PAID: frozenset({State.FROZEN, State.PAYABLE}),
    State.REVERSED: frozenset(),
}
"""Every allowed step; what is not here is refused."""


REVIEW_WITHIN_DAYS = Dated((date(2023, 10, 4), 14))
"""How long a commission may be under review that is frozen on a day. Ours: no law names one, and no money waits for ever."""


class Kind(StrEnum):
    """How a click led to a line. The same values as `Commission.Attribution`."""

    DIRECT = "direct"
    INDIRECT = "indirect"


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


@dataclass(frozen=True, slots=True)
class PromotedClick:
    """A proven click, what its link leads to, and the offers its creator promotes under.

    A product link carries its shop too. A showcase link carries neither, and so earns nothing by itself: the product
    links on the showcase page do.
    """

    click_id: uuid.UUID
    clicked_at: datetime
    link_id: uuid.UUID
    creator_id: uuid.UUID
    product_id: uuid.UUID | None
    shop_id: uuid.UUID | None
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """The click that earns on an order line, and the terms it earns under, frozen at purchase."""

    click: PromotedClick
    kind: Kind
    programme_id: uuid.UUID
    rate_bp: int


class LockedCommission(NamedTuple):
    """What settling and crediting read of a commission, a plain value: thousands at once."""

    line_id: uuid.UUID
    order_id: uuid.UUID
    shop_id: uuid.UUID
    creator_id: uuid.UUID
    rate_bp: int
    base_idr: int
    amount_idr: int
    credits: int
    taxed_as: str


@dataclass(frozen=True, slots=True)
class Person:
    """A user, and the bank accounts (bank code, number) that are theirs."""

    user_id: uuid.UUID
    bank_accounts: frozenset[tuple[str, str]]


def may_move(from_state: str, to_state: str) -> bool:
    """Whether a commission may go from one state to another in one step."""
    return State(to_state) in TRANSITIONS[State(from_state)]


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


def attribute_line(
    clicks: Sequence[PromotedClick], product_id: uuid.UUID, shop_id: uuid.UUID, at: datetime
) -> Attribution | None:
    """The newest click on this product or its shop that an offer still pays for, under its creator's best such offer."""
    for click in sorted(clicks, key=lambda click: (click.clicked_at, click.click_id), reverse=True):
        kind = _kind(click, product_id, shop_id)
        if kind is None:
            continue
        rate_bp, programme_id = _best_terms(click, shop_id, at)
        if programme_id is not None:
            return Attribution(click, kind, programme_id, rate_bp)
    return None


def is_self_purchase(creator: Person, buyer: Person) -> bool:
    """Nobody earns on their own purchase: same user, or paid into the same bank account."""
    return creator.user_id == buyer.user_id or not creator.bank_accounts.isdisjoint(buyer.bank_accounts)


def _kind(click: PromotedClick, product_id: uuid.UUID, shop_id: uuid.UUID) -> Kind | None:
    if click.product_id == product_id:
        return Kind.DIRECT
    return Kind.INDIRECT if click.shop_id == shop_id else None


def _best_terms(click: PromotedClick, shop_id: uuid.UUID, at: datetime) -> tuple[int, uuid.UUID | None]:
    """The highest rate above zero among the offers that hold in this shop and still count this click; the id of the
    programme decides between equal ones, so that the answer never depends on the order of reading."""
    rates = [
        (applicable_rate_bp(offer.terms, offer.joined_at, at), offer.programme_id)
        for offer in click.offers
        if offer.shop_id in (None, shop_id) and at - click.clicked_at < offer.window
    ]
    return max((rate for rate in rates if rate[0] > 0), default=(0, None))
