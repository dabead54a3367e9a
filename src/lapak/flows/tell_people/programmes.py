"""What is told to creators of the terms they promote for: when they are announced, and two days before a cut reaches them.

A change is told for each term by itself: the rate, the rate of other goods than the linked ones, the most for a line, the budget.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import Any

from django.db.models import Q, QuerySet

from lapak.affiliates.models import Membership, Programme, ProgrammeRate
from lapak.affiliates.rates import BINDS_AFTER, CUT_REACHES_AFTER, is_slip
from lapak.affiliates.terms.models import BudgetTerm, SpecialRate
from lapak.flows.tell_people.readers import when
from lapak.lib.ids import derived_id
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import name_in_a_line

TOLD_AFTER = BINDS_AFTER + timedelta(minutes=1)
"""A rate that is corrected before it binds anybody is told to nobody."""

CUT_SOON = timedelta(days=2)
"""Before a cut reaches those who promote already, they hear of it once more."""

UNBOUND = 1 << 62
"""More than any amount: no bound."""

Announced = ProgrammeRate | SpecialRate | BudgetTerm


@dataclass(frozen=True, slots=True)
class Terms:
    """What is paid at a moment: of the linked goods, of other goods, at most for a line."""

    rate_bp: int
    indirect_bp: int
    cap_idr: int


@dataclass(frozen=True, slots=True)
class Change:
    """A term that is another from now on, and whether that is less. `amount`: what it is, and was."""

    term: str
    now: int
    before: int

    @property
    def is_cut(self) -> bool:
        return self.now < self.before

    @property
    def fact(self) -> str:
        if self.now == UNBOUND:
            return f"{self.term}_lifted"
        return f"{self.term}_cut" if self.is_cut else f"{self.term}_raised"

    @property
    def said(self) -> dict[str, int]:
        if self.term in {"rate", "indirect"}:
            return {"rate_bp": self.now, "rate_before_bp": self.before}
        return {"amount_idr": self.now}


@dataclass(frozen=True, slots=True)
class Step:
    """What was announced at a moment for some goods of a programme, in place of what; `id` makes what is told of it once."""

    id: uuid.UUID
    at: datetime
    programme: Programme
    goods: str
    changes: tuple[Change, ...]
    is_monthly: bool = False


def payer_of(programme: Programme) -> str:
    """Who pays under it: the shop, or the marketplace itself."""
    return programme.shop.name if programme.shop else "Lapak"


def of_rates(since: datetime, until: datetime) -> Iterator[Telling]:
    """Announced for all goods from `since` to `until`: told to those who promote for it."""
    for step in _rate_steps(since, until):
        yield from _announced(step)


def of_special_rates(since: datetime, until: datetime) -> Iterator[Telling]:
    """The same of what is paid for a product or a category: announced, or withdrawn."""
    for step in _special_steps(since, until):
        yield from _announced(step)


def of_budgets(since: datetime, until: datetime) -> Iterator[Telling]:
    """The same of a budget: another, the first, or no longer any."""
    for step in _budget_steps(since, until):
        yield from _announced(step)


def of_cuts_due(since: datetime, until: datetime) -> Iterator[Telling]:
    """Cuts of all goods announced from `since` to `until`, which reach those who promote soon, and were not taken back."""
    for step in _rate_steps(since, until):
        later = ProgrammeRate.objects.filter(programme=step.programme, announced_at__gte=step.at)
        yield from _due(step, [_terms(each) for each in later if not _is_slip(each)])


def of_special_cuts_due(since: datetime, until: datetime) -> Iterator[Telling]:
    """The same of a product or a category, for which nothing was announced since."""
    for step in _special_steps(since, until):
        newer = SpecialRate.objects.filter(programme=step.programme).filter(
            Q(announced_at__gt=step.at) | Q(superseded_at__gt=step.at)
        )
        if not any(_goods_of(each) == step.goods for each in newer.select_related("product", "category")):
            yield from _due(step, [])


def of_budget_cuts_due(since: datetime, until: datetime) -> Iterator[Telling]:
    """The same of a budget."""
    for step in _budget_steps(since, until):
        later = BudgetTerm.objects.filter(programme=step.programme, announced_at__gte=step.at)
        highest_idr = max((_bound(each.amount_idr) for each in later if not _is_slip(each)), default=0)
        yield from _due(step, [Terms(0, 0, highest_idr)])


def _announced(step: Step) -> Iterator[Telling]:
    for change in step.changes:
        deadline = step.at + CUT_REACHES_AFTER if change.is_cut else None
        yield from _told(step, change, change.fact, step.at, deadline)


def _due(step: Step, since_then: Sequence[Terms]) -> Iterator[Telling]:
    """What was announced since the cut may have taken it back, or part of it."""
    for change in step.changes:
        now = max([change.now, *(_value(terms, change.term) for terms in since_then)])
        if change.is_cut and now < change.before:
            soon = Change(change.term, now, change.before)
            deadline = step.at + CUT_REACHES_AFTER
            yield from _told(step, soon, f"{change.term}_cut_soon", deadline - CUT_SOON, deadline)


def _told(step: Step, change: Change, fact: str, at: datetime, deadline: datetime | None) -> Iterator[Telling]:
    name = payer_of(step.programme)
    shop = name_in_a_line(f"{name} ({step.goods})" if step.goods else name)
    said: dict[str, Any] = {"shop": shop, **change.said}
    if change.term == "budget" and step.is_monthly:
        fact = fact.replace("budget", "month_budget", 1)
    for user_id in _promoting(step.programme, step.at):
        yield Telling(fact=fact, reader_id=user_id, said=said, **when(step.id, at, deadline))


def _rate_steps(since: datetime, until: datetime) -> Iterator[Step]:
    """Each rate that counts, announced then, beside the one before it. A new programme is told to nobody: nobody promotes yet."""
    new = ProgrammeRate.objects.filter(announced_at__gt=since, announced_at__lte=until).values("programme")
    rates = ProgrammeRate.objects.filter(programme__in=new).select_related("programme__shop")
    for _programme, of_one in groupby(
        rates.order_by("programme", "announced_at", "id"), lambda each: each.programme_id
    ):
        for before, after in pairwise([each for each in of_one if not _is_slip(each)]):
            if since < after.announced_at <= until:
                yield Step(after.id, after.announced_at, after.programme, "", _changes(_terms(before), _terms(after)))


def _special_steps(since: datetime, until: datetime) -> Iterator[Step]:
    rates = SpecialRate.objects.select_related("programme__shop", "product", "category")
    for rate in rates.filter(announced_at__gt=since, announced_at__lte=until).order_by("announced_at", "id"):
        if not _is_slip(rate):
            before = _special_before(rate) or _whole(rate.programme, rate.announced_at)
            yield _special_step(rate, rate.announced_at, before, _terms(rate))
    for rate in rates.filter(superseded_at__gt=since, superseded_at__lte=until).order_by("superseded_at", "id"):
        ended_at = rate.superseded_at
        if ended_at and not _is_slip(rate) and not _goes_on(rate, ended_at):
            yield _special_step(rate, ended_at, _terms(rate), _whole(rate.programme, ended_at))


def of_who_earns(since: datetime, until: datetime) -> Iterator[Telling]:
    """Other clicks will win: those who promote for it, from when on. Announced from `since` to `until`."""
    between = {"won_by_from__gt": since + CUT_REACHES_AFTER, "won_by_from__lte": until + CUT_REACHES_AFTER}
    for programme in Programme.objects.filter(**between).select_related("shop").order_by("won_by_from", "id"):
        counts_from = programme.won_by_from
        assert counts_from is not None  # noqa: S101 - they were asked for by it
        at = counts_from - CUT_REACHES_AFTER
        said = {"shop": name_in_a_line(payer_of(programme))}
        for user_id in _promoting(programme, at):
            told = when(derived_id(programme.id, at, "who earns"), at, counts_from)
            yield Telling(fact="who_earns_changes", reader_id=user_id, said=said, **told)


def _special_step(rate: SpecialRate, at: datetime, before: Terms, after: Terms) -> Step:
    return Step(derived_id(rate.id, at), at, rate.programme, _goods_of(rate), _changes(before, after))


def _budget_steps(since: datetime, until: datetime) -> Iterator[Step]:
    """A programme had no bound before its first budget; one that it was opened with reaches nobody who promotes."""
    new = BudgetTerm.objects.filter(announced_at__gt=since, announced_at__lte=until).values("programme")
    budgets = BudgetTerm.objects.filter(programme__in=new).select_related("programme__shop")
    for _programme, of_one in groupby(
        budgets.order_by("programme", "announced_at", "id"), lambda each: each.programme_id
    ):
        counting = [each for each in of_one if not _is_slip(each)]
        bounds_idr = [UNBOUND, *(_bound(each.amount_idr) for each in counting)]
        for (before_idr, now_idr), term in zip(pairwise(bounds_idr), counting, strict=True):
            if since < term.announced_at <= until and before_idr != now_idr:
                change = Change("budget", now_idr, before_idr)
                yield Step(term.id, term.announced_at, term.programme, "", (change,), term.is_monthly)


def _changes(before: Terms, after: Terms) -> tuple[Change, ...]:
    """What other goods pay is told where it does not simply follow the rate."""
    rate = Change("rate", after.rate_bp, before.rate_bp)
    indirect = Change("indirect", after.indirect_bp, before.indirect_bp)
    follows = (indirect.now, indirect.before) == (rate.now, rate.before)
    cap = Change("cap", after.cap_idr, before.cap_idr)
    return tuple(each for each in (rate, *([] if follows else [indirect]), cap) if each.now != each.before)


def _terms(rate: ProgrammeRate | SpecialRate) -> Terms:
    indirect_bp = rate.indirect_bp if isinstance(rate, ProgrammeRate) else None
    return Terms(rate.rate_bp, rate.rate_bp if indirect_bp is None else indirect_bp, _bound(rate.cap_idr))


def _bound(amount_idr: int | None) -> int:
    return UNBOUND if amount_idr is None else amount_idr


def _value(terms: Terms, term: str) -> int:
    return {"rate": terms.rate_bp, "indirect": terms.indirect_bp}.get(term, terms.cap_idr)


def _special_before(rate: SpecialRate) -> Terms | None:
    """What was paid for the same goods until then, or until a slip; none, when what all goods pay was."""
    earlier = _same_goods(rate).filter(announced_at__lt=rate.announced_at).order_by("-announced_at")
    last = next((each for each in earlier if not _is_slip(each)), None)
    goes_on = last and last.superseded_at and rate.announced_at - last.superseded_at < BINDS_AFTER
    return _terms(last) if last and goes_on else None


def _goes_on(rate: SpecialRate, ended_at: datetime) -> bool:
    """Whether another took its place, or it was put back before anyone could count on its end."""
    return _same_goods(rate).filter(announced_at__gte=ended_at, announced_at__lt=ended_at + BINDS_AFTER).exists()


def _same_goods(rate: SpecialRate) -> QuerySet[SpecialRate]:
    return SpecialRate.objects.filter(programme=rate.programme, product=rate.product, category=rate.category)


def _goods_of(rate: SpecialRate) -> str:
    return rate.product.title if rate.product else rate.category.name_id if rate.category else ""


def _whole(programme: Programme, at: datetime) -> Terms:
    """What all goods paid at that moment."""
    rate = ProgrammeRate.objects.filter(programme=programme, announced_at__lte=at).order_by("-announced_at").first()
    return _terms(rate) if rate else Terms(0, 0, UNBOUND)


def _promoting(programme: Programme, at: datetime) -> Iterable[uuid.UUID]:
    members = Membership.objects.filter(programme=programme, joined_at__lte=at + TOLD_AFTER)
    return members.order_by("id").values_list("creator__user_id", flat=True)


def _is_slip(term: Announced) -> bool:
    return is_slip(term.announced_at, term.superseded_at)
