"""The checks of the books, by what they look at. A new one is a `Check` in one of these modules."""

from lapak.books.checks import (
    clicks,
    commissions,
    disputes,
    ledger,
    orders,
    payments,
    posts,
    results,
    reviews,
    samples,
    settlement,
    taxes,
)
from lapak.books.checks.check import Check


def all_checks() -> tuple[Check, ...]:
    """Every check, in the order they are shown."""
    return (
        *ledger.CHECKS,
        *payments.CHECKS,
        *disputes.CHECKS,
        *orders.CHECKS,
        *settlement.checks(),
        *taxes.CHECKS,
        *commissions.CHECKS,
        *clicks.CHECKS,
        *results.CHECKS,
        *reviews.CHECKS,
        *samples.CHECKS,
        *posts.CHECKS,
    )
