"""Which budget holds, and what is left of it."""

from datetime import UTC, datetime, timedelta

import pytest

from lapak.affiliates.terms.rules import Budget, applicable_budget, left_idr


def day(number: float) -> datetime:
    return datetime(2023, 1, 1, tzinfo=UTC) + timedelta(days=number)


def budget(amount_idr: int | None, begin: float, end: float | None = None, *, is_monthly: bool = False) -> Budget:
    return Budget(amount_idr, is_monthly, day(0), day(begin), None if end is None else day(end))


def amount_at(at: float, *budgets: Budget) -> int | None:
    found = applicable_budget(budgets, day(0), day(at))
    return found.amount_idr if found else None


@pytest.mark.parametrize("at", [0.001, 100])
def test_one_that_a_programme_is_opened_with_holds_at_once(at: float) -> None:
    assert amount_at(at, budget(500, 0.0005)) == 500


@pytest.mark.parametrize(("at", "amount_idr"), [(79.9, None), (80, 500)])
def test_the_first_of_a_running_programme_is_a_cut(at: float, amount_idr: int | None) -> None:
    assert amount_at(at, budget(500, 50)) == amount_idr


@pytest.mark.parametrize(
    ("after_idr", "at", "amount_idr"), [(900, 50, 900), (100, 79.9, 500), (100, 80, 100), (None, 50, None)]
)
def test_more_counts_at_once_and_less_after_thirty_days(
    after_idr: int | None, at: float, amount_idr: int | None
) -> None:
    assert amount_at(at, budget(500, 0, 50), budget(after_idr, 50)) == amount_idr


def test_a_slip_binds_nobody() -> None:
    slip = [budget(500, 0, 50), budget(5_000_000, 50, 50.01), budget(500, 50.01)]
    assert amount_at(50.02, *slip) == 500


@pytest.mark.parametrize(("used_idr", "since", "left"), [(200, 45, 300), (900, 45, 0), (200, 20, 500)])
def test_a_months_budget_begins_anew(used_idr: int, since: float, left: int) -> None:
    monthly = budget(500, 0, is_monthly=True)  # day 45 is in February, day 20 in January
    assert left_idr(monthly, used_idr, monthly.counted_since(day(since)), day(50)) == left
