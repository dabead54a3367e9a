"""Room for the months to come, an end to the old ones, and visitors forgotten with their day."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from lapak.affiliates.clicks.commands import forget_visitors, keep_click_months
from lapak.affiliates.clicks.models import Click, ClickHour, DayKey, VisitorMark
from lapak.affiliates.clicks.visitors import key_of, mark_of
from lapak.affiliates.models import Link
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.testing.cast import Cast, link_to, stocked_variant
from lapak.testing.clicks import clicked

pytestmark = pytest.mark.django_db

NOW = datetime(2021, 3, 20, 9, 30, tzinfo=clock.WIB)


@pytest.fixture(autouse=True)
def _keys_are_asked_for_anew() -> None:
    key_of.cache_clear()


@pytest.fixture
def link(cast: Cast) -> Link:
    return link_to(cast, stocked_variant(cast.shop).product)


def keep(at: datetime = NOW) -> int:
    with clock.stopped_at(at):
        return keep_click_months()


def months() -> list[str]:
    """The partitions, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relid::text FROM pg_partition_tree('clicks_click') WHERE isleaf")
        return sorted(name.removeprefix("clicks_click_") for (name,) in cursor.fetchall())


def lie_in() -> dict[str, int]:
    """How many clicks each partition holds that holds any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text, count(*) FROM clicks_click GROUP BY 1")
        return {name.removeprefix("clicks_click_"): count for name, count in cursor.fetchall()}


def test_months_are_there_from_the_oldest_kept_to_two_ahead() -> None:
    assert keep() == 6
    assert months() == ["2020_12", "2021_01", "2021_02", "2021_03", "2021_04", "2021_05", "others"]
    assert keep() == 0


def test_a_click_lies_in_its_month_of_jakarta(link: Link) -> None:
    keep()
    midnight = datetime(2021, 4, 1, tzinfo=clock.WIB)
    clicked(link, midnight - timedelta(seconds=1), midnight)
    assert lie_in() == {"2021_03": 1, "2021_04": 1}


def test_after_a_standstill_clicks_move_into_the_month_they_are_of(link: Link) -> None:
    keep()
    clicked(link, datetime(2021, 6, 3, tzinfo=clock.WIB), datetime(2021, 7, 3, tzinfo=clock.WIB))
    assert lie_in() == {"others": 2}
    keep(datetime(2021, 7, 4, tzinfo=clock.WIB))
    assert lie_in() == {"2021_06": 1, "2021_07": 1}
    assert Click.objects.count() == 2


def test_a_month_goes_when_all_of_it_is_older_than_ninety_days(link: Link) -> None:
    keep(datetime(2021, 1, 10, tzinfo=clock.WIB))
    clicked(link, datetime(2021, 1, 2, tzinfo=clock.WIB), datetime(2021, 2, 2, tzinfo=clock.WIB))
    keep(datetime(2021, 5, 1, 23, tzinfo=clock.WIB))
    assert lie_in() == {"2021_01": 1, "2021_02": 1}
    keep(datetime(2021, 5, 2, tzinfo=clock.WIB))  # ninety days after 1 February
    assert lie_in() == {"2021_02": 1}


def test_what_the_hours_say_stays_when_the_clicks_are_gone(link: Link) -> None:
    keep(datetime(2021, 1, 10, tzinfo=clock.WIB))
    clicked(link, datetime(2021, 1, 2, tzinfo=clock.WIB))
    keep(datetime(2022, 1, 10, tzinfo=clock.WIB))
    assert lie_in() == {}
    assert "2021_01" not in months()
    assert ClickHour.objects.get(of_id=link.id).clicks == 1


def test_old_clicks_that_never_had_a_month_go_as_well(link: Link) -> None:
    clicked(link, datetime(2019, 1, 2, tzinfo=clock.WIB))
    keep()
    assert lie_in() == {}


def test_visitors_are_forgotten_with_their_day_and_its_key(link: Link) -> None:
    clicked(link, NOW - timedelta(days=1), NOW)
    with clock.stopped_at(NOW):
        assert forget_visitors() == 2  # on the link, and among all of the creator's
    assert VisitorMark.objects.count() == 2
    assert list(DayKey.objects.values_list("day", flat=True)) == [date(2021, 3, 20)]


def test_they_are_in_tables_that_no_log_carries_elsewhere() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname IN ('clicks_visitormark', 'clicks_daykey')")
        assert cursor.fetchall() == [("u",), ("u",)]


def test_the_processes_of_a_day_have_one_key_and_another_day_another() -> None:
    first = key_of(date(2021, 3, 20))
    key_of.cache_clear()  # as in another process
    assert key_of(date(2021, 3, 20)) == first
    assert key_of(date(2021, 3, 21)) != first


def test_a_mark_is_of_one_day_one_link_and_one_visitor() -> None:
    link, other, today, tomorrow = UUID(int=1).bytes, new_id().bytes, b"a" * 32, b"b" * 32
    marks = {
        mark_of(today, link, "203.0.113.0", "browser"),
        mark_of(tomorrow, link, "203.0.113.0", "browser"),
        mark_of(today, other, "203.0.113.0", "browser"),
        mark_of(today, link, "203.0.114.0", "browser"),
        mark_of(today, link, "203.0.113.0", "another"),
    }
    assert len(marks) == 5
    assert mark_of(today, link, "203.0.113.0", "browser") in marks
