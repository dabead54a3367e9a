"""Whole rupiah and basis points. Amounts are plain `int`, named `…_idr`; rates are `int`, named `…_bp`."""

from collections.abc import Sequence

MAX_IDR = 1_000_000_000_000
"""No single price or amount is larger (one trillion rupiah): far above any sale, far below a bigint's end."""


def share_idr(amount_idr: int, rate_bp: int) -> int:
    """`rate_bp` basis points of `amount_idr`, rounded half up to a whole rupiah."""
    return divide_half_up(amount_idr * rate_bp, 10_000)


def divide_half_up(numerator: int, denominator: int) -> int:
    """The quotient of two non-negative numbers, rounded half up."""
    if numerator < 0 or denominator <= 0:
        raise ValueError("rounding half up is defined here for non-negative amounts only")
    return (2 * numerator + denominator) // (2 * denominator)


def apportion(total_idr: int, weights: Sequence[int]) -> list[int]:
    """The total in whole rupiah parts in proportion to the weights, which sum to it exactly: by largest remainder, the
    first of equal ones first. No part is below zero, and none is a rupiah or more away from its exact share."""
    whole = sum(weights)
    if total_idr < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("a total of at least zero is apportioned by weights of at least zero, not all of them zero")
    shares = [divmod(total_idr * weight, whole) for weight in weights]
    left = total_idr - sum(part for part, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda n: shares[n][1], reverse=True)
    rounded_up = set(by_remainder[:left])
    return [part + (n in rounded_up) for n, (part, _) in enumerate(shares)]


def format_idr(amount_idr: int) -> str:
    """`Rp115.000`, as Indonesians write it; a minus sign (no hyphen) stands before the currency."""
    sign = "−" if amount_idr < 0 else ""
    return f"{sign}Rp{abs(amount_idr):,}".replace(",", ".")
