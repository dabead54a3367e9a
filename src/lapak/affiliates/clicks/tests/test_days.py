"""Hours are added up when their day is over, and every figure is the same before and after."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from lapak.affiliates.clicks.commands import add_up_click_days
from lapak.affiliates.clicks.models import ClickDay
from lapak.affiliates.clicks.queries import (
    clicked_between,
    clicked_of_each,
    clicks_by_day,
    clicks_by_label,
    most_clicked_links,
)
from lapak.affiliates.models import Link
from lapak.lib import clock
from lapak.testing.cast import Cast, link_to, stocked_variant
from lapak.testing.clicks import clicked
from lapak.testing.rows_read import rows_read

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 20, 15, tzinfo=clock.WIB)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.stopped_at(FRIDAY + timedelta(hours=1)):
        yield


@pytest.fixture
def link(cast: Cast) -> Link:
    """Followed three times a day, by one who comes back and by another, on each of ten days."""
    link = link_to(cast, stocked_variant(cast.shop).product)
    for ago in range(10):
        at = FRIDAY - ago * DAY
        clicked(link, at.replace(hour=0, minute=0), at, visitor="budi")
        clicked(link, at, device="tablet")
    return link


def figures(link: Link) -> dict[str, Any]:
    """All that is read of days."""
    first, last = FRIDAY.date() - 8 * DAY, FRIDAY.date()
    return {
        "between": clicked_between(link.id, first, last - 2 * DAY),
        "of the creator": clicked_between(link.creator_id, first, last),
        "by day": clicks_by_day(link.id, 12),
        "of each": clicked_of_each([link.id], first, last),
        "most clicked": most_clicked_links(link.creator_id, 9, 5),
        "by label": clicks_by_label(link.creator_id, 9, 5),
    }


def test_all_figures_are_the_same_before_and_after(link: Link) -> None:
    before = figures(link)
    assert before["between"].clicks == 21
    assert add_up_click_days() == 6
    assert figures(link) == before
    assert ClickDay.objects.get(of_id=link.id, day=date(2026, 11, 11)).clicks == 3


def test_what_may_still_come_is_not_added_up(link: Link) -> None:
    add_up_click_days()
    assert ClickDay.objects.latest("day").day == date(2026, 11, 16)
    clicked(link, FRIDAY - 3 * DAY)
    assert clicks_by_day(link.id, 4)[0] == (date(2026, 11, 17), 4, 3)


def test_again_nothing_and_the_next_night_the_next_day(link: Link) -> None:
    add_up_click_days()
    assert add_up_click_days() == 0
    with clock.stopped_at(FRIDAY + 2 * DAY):
        assert add_up_click_days() == 2


def test_days_without_a_click_are_over_too(link: Link) -> None:
    """After a long standstill: each of them is added up, and none twice."""
    with clock.stopped_at(FRIDAY + 20 * DAY):
        assert add_up_click_days() == 26
        assert add_up_click_days() == 0
        assert clicks_by_day(link.id, 25)[4] == (date(2026, 11, 20), 3, 2)


def test_before_the_first_click_there_is_nothing_to_add_up() -> None:
    assert add_up_click_days() == 0


def test_a_long_period_reads_days(link: Link) -> None:
    with clock.stopped_at(FRIDAY + 20 * DAY):
        add_up_click_days()
        with rows_read() as read:
            clicked_between(link.id, date(2026, 11, 1), date(2026, 12, 10))
    assert read["clicks_clickhour"] == 0
