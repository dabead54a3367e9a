"""The last day on which an order is settled, by what is left of its clocks."""

from datetime import date

import pytest

from lapak.trade.orders.expected import Underway, settles_by

MONDAY = date(2026, 11, 9)


def under(state: str, act_by: date = MONDAY) -> Underway:
    """An order under the clocks of the house: 2 and 3 working days, 15 and 6 days."""
    return Underway(state, act_by, 2, 3, 15, 6)


@pytest.mark.parametrize(
    ("state", "day"),
    [
        ("awaiting_payment", date(2026, 12, 7)),  # Monday the 16th with the courier, and 21 days
        ("to_pack", date(2026, 12, 3)),
        ("packed", date(2026, 11, 30)),
        ("shipped", date(2026, 11, 15)),
        ("delivered", MONDAY),
        ("completed", MONDAY),
        ("cancelled", None),
        ("refunded", None),
    ],
)
def test_each_takes_all_their_time(state: str, day: date | None) -> None:
    assert settles_by(under(state), MONDAY) == day


def test_what_is_due_already_counts_from_today() -> None:
    assert settles_by(under("delivered", date(2026, 11, 1)), MONDAY) == MONDAY
    assert settles_by(under("shipped", date(2026, 11, 1)), MONDAY) == date(2026, 11, 15)
