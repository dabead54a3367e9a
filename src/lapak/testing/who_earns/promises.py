"""What programmes promised for goods at a moment: read from announcements, which are never changed but for their end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil, floor
from zoneinfo import ZoneInfo

from lapak.affiliates.models import Creator, Membership, Programme, ProgrammeRate
from lapak.affiliates.terms.models import BudgetTerm, SpecialRate
from lapak.goods.catalogue.models import Product
from lapak.people.audit.models import Change

CUT_WAITS, SLIP_WITHIN = timedelta(days=30), timedelta(minutes=15)
JAKARTA = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True, slots=True)
class Promise:
    """So much for goods, from one moment to another (none: until now). `nearness`: 0 is that of all goods."""

    since: datetime
    until: datetime | None
    rate_bp: int
    other_goods_bp: int | None
    cap_idr: int | None
    nearness: int
    ends_at: datetime | None = None
    """As agreed from the beginning: no cut, and no thirty days."""

    def holds(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)

    def is_slip(self, at: datetime) -> bool:
        return self.until is not None and self.until <= at and self.until - self.since < SLIP_WITHIN

    def rate(self, *, is_direct: bool) -> int:
        return self.rate_bp if is_direct or self.other_goods_bp is None else self.other_goods_bp


@dataclass(frozen=True, slots=True)
class Pays:
    """What a programme pays for the part of a line that is a creator's."""

    programme: Programme
    rate_bp: int
    cap_idr: int | None

    def exact(self, base_idr: int, share: Fraction = Fraction(1)) -> Fraction:
        """Of so many rupiah, and within the same share of the cap."""
        earned = Fraction(base_idr * self.rate_bp, 10_000)
        return earned if self.cap_idr is None else min(earned, Fraction(floor(self.cap_idr * share)))

    def idr(self, base_idr: int, share: Fraction = Fraction(1)) -> int:
        """In whole rupiah, as it is expected until it settles."""
        return floor(self.exact(base_idr, share) + Fraction(1, 2))

    def kept_idr(self, base_idr: int, share: Fraction = Fraction(1)) -> int:
        """Of a budget, so that no settlement comes to more."""
        return ceil(self.exact(base_idr, share))


def paid_by(
    creator: Creator, product: Product, base_idr: int, clicked_at: datetime, at: datetime, *, is_direct: bool
) -> list[Pays]:
    """Of each programme that the creator is in and that still counts the click, the best first."""
    found = []
    for member in Membership.objects.filter(creator=creator).select_related("programme"):
        programme = member.programme
        is_meant = programme.is_active and programme.shop_id in {None, product.shop_id}
        if not is_meant or at - clicked_at >= timedelta(days=programme.window_days):
            continue
        if pays := _best(programme, member.joined_at, product, base_idr, at, is_direct=is_direct):
            found.append(pays)
    return sorted(found, key=lambda pays: (pays.idr(base_idr), pays.rate_bp, pays.programme.id), reverse=True)


def _best(
    programme: Programme, joined_at: datetime, product: Product, base_idr: int, at: datetime, *, is_direct: bool
) -> Pays | None:
    """At every moment the most special promise holds; of the last 30 days, since they joined, the moment that pays most."""
    promises = [
        promise
        for promise in _promises(programme, product)
        if promise.since <= at and (promise.ends_at is None or at < promise.ends_at)
    ]
    found = []
    for moment in _moments(max(joined_at, at - CUT_WAITS), at, promises):
        holding = [promise for promise in promises if promise.holds(moment)]
        if holding and not any(promise.is_slip(at) for promise in holding):
            word = max(holding, key=lambda promise: promise.nearness)
            found.append(Pays(programme, word.rate(is_direct=is_direct), word.cap_idr))
    best = max(found, key=lambda pays: (pays.idr(base_idr), pays.rate_bp), default=None)
    return best if best and best.rate_bp else None


def _promises(programme: Programme, product: Product) -> list[Promise]:
    """For these goods: of all goods, of each category above them, of the product itself."""
    above = _categories(product)
    found = [
        Promise(rate.announced_at, rate.superseded_at, rate.rate_bp, rate.indirect_bp, rate.cap_idr, 0, rate.ends_at)
        for rate in ProgrammeRate.objects.filter(programme=programme)
    ]
    for special in SpecialRate.objects.filter(programme=programme):
        if special.product_id == product.id:
            nearness = len(above) + 1
        elif special.category_id in above:
            nearness = len(above) - above.index(special.category_id)
        else:
            continue
        ended_at = special.superseded_at
        found.append(Promise(special.announced_at, ended_at, special.rate_bp, None, special.cap_idr, nearness))
    return found


def _categories(product: Product) -> list[int]:
    """The nearest first."""
    found, category = [], product.category
    while category:
        found.append(category.pk)
        category = category.parent
    return found


def _moments(since: datetime, at: datetime, announced: Iterable[Promise | BudgetTerm]) -> set[datetime]:
    """The first, and every one at which something changed."""
    ends = {
        moment
        for each in announced
        for moment in (
            (each.since, each.until) if isinstance(each, Promise) else (each.announced_at, each.superseded_at)
        )
        if moment and since < moment <= at
    }
    return {since, *ends}


@dataclass(frozen=True, slots=True)
class Bound:
    """A budget that holds, and since when commissions count."""

    idr: int
    since: datetime


def bound_of(programme: Programme, at: datetime) -> Bound | None:
    """The most generous budget of the last 30 days; of a programme's first quarter of an hour none binds. None: no bound."""
    budgets = list(BudgetTerm.objects.filter(programme=programme, announced_at__lte=at))
    since = min(at, max(programme.created_at + SLIP_WITHIN, at - CUT_WAITS))
    held: list[BudgetTerm | None] = []
    for moment in _moments(since, at, budgets):
        standing = [
            budget
            for budget in budgets
            if budget.announced_at <= moment and (budget.superseded_at is None or moment < budget.superseded_at)
        ]
        if not any(_is_slip(budget, at) for budget in standing):
            held.append(standing[0] if standing else None)
    bounds = [(budget.amount_idr, budget) for budget in held if budget and budget.amount_idr]
    if not held or len(bounds) < len(held):
        return None
    amount_idr, budget = max(bounds, key=lambda bound: bound[0])
    month = at.astimezone(JAKARTA).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Bound(amount_idr, month if budget.is_monthly else budget.counts_from)


def _is_slip(budget: BudgetTerm, at: datetime) -> bool:
    ended_at = budget.superseded_at
    return ended_at is not None and ended_at <= at and ended_at - budget.announced_at < SLIP_WITHIN


def won_by(programme: Programme, at: datetime) -> str:
    """Which click wins: what held first, until thirty days after another rule was announced; from the record of changes."""
    changes = list(Change.objects.filter(subject_id=str(programme.id), field="won_by").order_by("happened_at", "id"))
    holds = announced = changes[0].old if changes else programme.won_by
    counts_from = changes[0].happened_at if changes else at
    for change in changes:
        if change.happened_at >= counts_from:
            holds = announced
        announced = change.new
        counts_from = change.happened_at + CUT_WAITS
    return announced if at >= counts_from else holds
