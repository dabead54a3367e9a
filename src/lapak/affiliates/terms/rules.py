"""Which budget holds, and what is left of it: pure rules; docs/concepts/links-and-commission.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lapak.affiliates.rates import BINDS_AFTER, CUT_REACHES_AFTER, is_slip

WIB = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget as announced, in IDR (none: no longer any), for a month of Jakarta or in all since `counts_from`."""

    amount_idr: int | None
    is_monthly: bool
    counts_from: datetime
    announced_at: datetime
    superseded_at: datetime | None = None

    @property
    def is_slip(self) -> bool:
        """Whether it was corrected before anyone could count on it."""
        return is_slip(self.announced_at, self.superseded_at)

    def is_in_force(self, at: datetime) -> bool:
        """Whether it was the last word at this moment."""
        return self.announced_at <= at and (self.superseded_at is None or at < self.superseded_at)

    def counted_since(self, at: datetime) -> datetime:
        """Commissions since when take of it at this moment."""
        if not self.is_monthly:
            return self.counts_from
        return at.astimezone(WIB).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def applicable_budget(budgets: Iterable[Budget], opened_at: datetime, at: datetime) -> Budget | None:
    """The budget that holds: as with rates (`rates.applicable_term`) the most generous of the last 30 days, for a lower one, or
    the first, takes away what creators count on. A slip, or what a programme was opened with less than 15 minutes before, binds
    nobody. None: there is no bound.
    """
    announced = [budget for budget in budgets if budget.announced_at <= at]
    since = min(at, max(opened_at + BINDS_AFTER, at - CUT_REACHES_AFTER))
    changes = {budget.announced_at for budget in announced} | {
        budget.superseded_at for budget in announced if budget.superseded_at
    }
    moments = [since, *(moment for moment in changes if since < moment <= at)]
    slips = [budget for budget in announced if budget.is_slip]
    held = [
        next((budget for budget in announced if budget.is_in_force(moment)), None)
        for moment in moments
        if not any(slip.is_in_force(moment) for slip in slips)
    ]
    bounds = [budget for budget in held if budget and budget.amount_idr is not None]
    return max(bounds, key=lambda budget: budget.amount_idr or 0) if len(bounds) == len(held) and held else None


def left_idr(budget: Budget, used_idr: int, counted_since: datetime, at: datetime) -> int:
    """What is left of a budget with an amount, of which `used_idr` are taken since then: what was taken in a month that is over
    no longer counts. Never below zero."""
    is_of_now = counted_since >= budget.counted_since(at)
    return max(0, (budget.amount_idr or 0) - (used_idr if is_of_now else 0))
