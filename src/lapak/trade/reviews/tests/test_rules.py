"""Who may review what, and what is shown of their name."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from lapak.goods.catalogue.rules import average_stars
from lapak.trade.orders.rules import State
from lapak.trade.reviews.rules import changed_until, masked, may_be_reviewed


@pytest.mark.parametrize("state", State)
def test_goods_are_reviewed_once_they_have_arrived(state: State) -> None:
    assert may_be_reviewed(state, 1) == (state in {State.DELIVERED, State.COMPLETED})
    assert not may_be_reviewed(state, 0)


def test_a_review_is_changed_for_thirty_days() -> None:
    written_at = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    assert changed_until(written_at) == written_at + timedelta(days=30)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Budi", "B***i"),
        ("Budi Santoso", "B***o"),
        (" Siti Nur’aini (Ibu) ", "S***u"),
        ("Al", "A***"),
        ("B***i", "B***i"),
        ("Ł", "Ł***"),
        ("李小龙", "李***龙"),
        ("...", ""),
        ("", ""),
    ],
)
def test_of_a_name_its_ends_are_shown(name: str, shown: str) -> None:
    assert masked(name) == shown


@pytest.mark.parametrize(
    ("stars", "reviews", "average"), [(0, 0, None), (9, 2, "4.5"), (14, 3, "4.7"), (85, 20, "4.3")]
)
def test_an_average_has_one_decimal(stars: int, reviews: int, average: str | None) -> None:
    assert average_stars(stars, reviews) == (None if average is None else Decimal(average))
