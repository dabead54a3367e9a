"""What creators read of their clicks."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from lapak.affiliates.clicks.queries import (
    Clicked,
    best_hours,
    clicked_now_and_before,
    clicks_by_day,
    clicks_by_hour,
    clicks_by_label,
    most_clicked_links,
)
from lapak.affiliates.models import Link
from lapak.lib import clock
from lapak.testing.cast import Cast, link_to, stocked_variant
from lapak.testing.clicks import clicked

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 20, 15, tzinfo=clock.WIB)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.stopped_at(FRIDAY + timedelta(hours=1)):
        yield


@pytest.fixture
def link(cast: Cast) -> Link:
    made = link_to(cast, stocked_variant(cast.shop).product)
    made.label = "tiktok"
    made.save()
    return made


@pytest.fixture
def another(link: Link) -> Link:
    return Link.objects.create(code="another", creator=link.creator, label="", created_at=link.created_at)


def test_by_day_of_jakarta_with_people_beside_clicks(cast: Cast, link: Link, another: Link) -> None:
    midnight = FRIDAY.replace(hour=0, minute=0)
    clicked(link, midnight - timedelta(minutes=1), midnight, FRIDAY, visitor="budi")
    clicked(another, midnight)
    clicked(another, midnight, device="bot")
    clicked(link, FRIDAY - 3 * DAY)
    days = [date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20)]
    assert clicks_by_day(link.id, 3) == list(zip(days, (0, 1, 2), (0, 1, 1), strict=True))
    assert clicks_by_day(cast.creator.id, 3) == list(zip(days, (0, 1, 3), (0, 1, 2), strict=True))


def test_the_hours_of_a_day(link: Link) -> None:
    clicked(link, FRIDAY, device="tablet")
    hours = clicks_by_hour(link.id, FRIDAY.date())
    assert hours[20] == Clicked(clicks=1, people=1, on_tablets=1)
    assert [hour for hour in hours if hour.clicks] == [hours[20]]
    assert len(hours) == 24


def test_the_best_hours_by_weekday(link: Link) -> None:
    clicked(link, FRIDAY, FRIDAY - 7 * DAY, FRIDAY - DAY)
    week = best_hours(link.id, 14)
    assert (week[4][20], week[3][20]) == (2, 1)
    assert sum(map(sum, week)) == 3


def test_beside_the_period_before(link: Link) -> None:
    clicked(link, FRIDAY, FRIDAY - 6 * DAY, FRIDAY - 7 * DAY)
    clicked(link, FRIDAY - 14 * DAY)
    now, before = clicked_now_and_before(link.id, 7)
    assert (now.clicks, before.clicks) == (2, 1)


def test_by_link_and_by_label_most_first(cast: Cast, link: Link, another: Link) -> None:
    clicked(another, FRIDAY, FRIDAY)
    clicked(link, FRIDAY, *[FRIDAY - 30 * DAY] * 3)
    two, one = Clicked(clicks=2, people=2, on_phones=2), Clicked(clicks=1, people=1, on_phones=1)
    assert most_clicked_links(cast.creator.id, 28, most=5) == [(another.id, two), (link.id, one)]
    assert clicks_by_label(cast.creator.id, 28, most=5) == [("", two), ("tiktok", one)]
    assert most_clicked_links(cast.creator.id, 28, most=1) == [(another.id, two)]
    assert most_clicked_links(link.id, 28, most=5) == []


@pytest.mark.parametrize("days", [0, 367])
def test_over_a_bounded_time(link: Link, days: int) -> None:
    with pytest.raises(ValueError, match="1 to 366 days"):
        clicks_by_day(link.id, days)
