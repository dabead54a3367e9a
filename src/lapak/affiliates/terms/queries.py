"""Reads of a programme's special terms, as its shop and its creators see them."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lapak.affiliates.models import Programme
from lapak.affiliates.rules import words_sought
from lapak.affiliates.terms.models import BudgetTerm, BudgetUse, SpecialRate
from lapak.affiliates.terms.rules import Budget, applicable_budget, left_idr
from lapak.lib import clock


@dataclass(frozen=True, slots=True)
class BudgetFigures:
    """A programme's budget as it is seen: the one that holds (IDR; none: no bound), what is taken of it, and what was
    announced last."""

    amount_idr: int | None
    used_idr: int
    is_monthly: bool
    announced: BudgetTerm | None

    @property
    def left_idr(self) -> int:
        return max(0, (self.amount_idr or 0) - self.used_idr)

    @property
    def is_pending(self) -> bool:
        """Whether what was announced last does not hold yet."""
        return self.announced is not None and self.announced.amount_idr != self.amount_idr


def special_rates_of(programme: Programme, words: str = "") -> QuerySet[SpecialRate]:
    """What is promised now for products and categories, the best paid first; `words` narrow it to their names."""
    rates = SpecialRate.objects.filter(programme=programme, superseded_at=None)
    for word in words_sought(words):
        rates = rates.filter(
            Q(product__title__icontains=word)
            | Q(category__name_id__icontains=word)
            | Q(category__name_en__icontains=word)
        )
    return rates.select_related("category", "product").order_by("-rate_bp", "id")


def budget_of(programme: Programme) -> BudgetFigures:
    """The programme's budget now."""
    at = clock.now()
    terms = list(BudgetTerm.objects.filter(programme=programme).order_by("announced_at"))
    budget = applicable_budget(map(as_budget, terms), programme.created_at, at)
    current = terms[-1] if terms else None
    if budget is None or budget.amount_idr is None:
        return BudgetFigures(None, 0, current.is_monthly if current else False, current)
    use = BudgetUse.objects.get(programme=programme)
    used_idr = budget.amount_idr - left_idr(budget, use.used_idr, use.counted_since, at)
    return BudgetFigures(budget.amount_idr, used_idr, budget.is_monthly, current)


def as_budget(term: BudgetTerm) -> Budget:
    """The row as the rules take it."""
    return Budget(term.amount_idr, term.is_monthly, term.counts_from, term.announced_at, term.superseded_at)
