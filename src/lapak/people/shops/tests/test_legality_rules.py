"""Until when a shop sells without a business number."""

from datetime import date, datetime

import pytest

from lapak.lib.clock import WIB
from lapak.people.shops.legality_rules import legalise_by


@pytest.mark.parametrize(
    ("opened_on", "sells_no_more"),
    [
        ((2023, 10, 4), (2027, 12, 8)),
        ((2026, 6, 7), (2027, 12, 8)),
        ((2026, 6, 8), (2026, 12, 8)),
        ((2026, 6, 30), (2026, 12, 30)),
        ((2026, 7, 15), (2027, 1, 15)),
        ((2026, 8, 31), (2027, 3, 1)),
        ((2026, 12, 31), (2027, 7, 1)),
        ((2027, 8, 29), (2028, 2, 29)),
    ],
)
def test_it_is_six_months_or_the_day_of_those_from_before(
    opened_on: tuple[int, int, int], sells_no_more: tuple[int, int, int]
) -> None:
    assert legalise_by(date(*opened_on)) == datetime(*sells_no_more, tzinfo=WIB)
