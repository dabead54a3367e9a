"""What a click counts as, and that the hours and totals say what the clicks do."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapak.affiliates.clicks.models import Click, ClickHour, ClickTotal, VisitorMark
from lapak.affiliates.clicks.storing import ClickRow, label_id, store_clicks
from lapak.affiliates.models import Link
from lapak.lib import clock
from lapak.testing.cast import Cast, link_to, stocked_variant
from lapak.testing.clicks import click_row

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=clock.WIB)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def links(cast: Cast) -> list[Link]:
    """Two of one creator, for the same goods, posted at different places."""
    product = stocked_variant(cast.shop).product
    made = [link_to(cast, product), link_to(cast, product)]
    for link, label in zip(made, ("tiktok", "ig-bio"), strict=True):
        link.label = label
        link.save()
    return made


def stored(*rows: ClickRow) -> list[int]:
    """What each counts as, in order."""
    store_clicks(rows)
    found = {click.id.bytes: click.counts_as for click in Click.objects.all()}
    return [found[row.id] for row in rows]


def test_once_a_minute_and_once_a_day_each_link(links: list[Link]) -> None:
    first, second = links
    row = [
        click_row(first, NOON, visitor="budi"),
        click_row(first, NOON + 59 * SECOND, visitor="budi"),
        click_row(first, NOON + MINUTE, visitor="budi"),
        click_row(second, NOON + MINUTE, visitor="budi"),
        click_row(second, NOON + MINUTE, visitor="siti"),
        click_row(first, NOON + timedelta(days=1), visitor="budi"),
    ]
    assert stored(*row) == [3, 0, 1, 2, 3, 3]


def test_as_well_when_they_come_one_by_one_through_different_processes(links: list[Link]) -> None:
    rows = [click_row(links[0], NOON + seconds * SECOND, visitor="budi") for seconds in (0, 30, 60, 61)]
    assert [stored(row) for row in rows] == [[3], [0], [1], [0]]


def test_what_is_late_counts_no_more_than_once(links: list[Link]) -> None:
    late, early = click_row(links[0], NOON, visitor="budi"), click_row(links[0], NOON + MINUTE, visitor="budi")
    assert [stored(early), stored(late)] == [[3], [0]]


def test_an_automatic_visit_is_kept_and_counts_nothing(cast: Cast, links: list[Link]) -> None:
    assert stored(click_row(links[0], NOON, device="bot")) == [0]
    assert not ClickHour.objects.exists()
    assert not ClickTotal.objects.exists()
    assert not VisitorMark.objects.exists()


def test_neither_network_nor_browser_is_stored(links: list[Link]) -> None:
    store_clicks([click_row(links[0], NOON, visitor="a browser")])
    kept = [str(model.objects.values()) for model in (Click, ClickHour, ClickTotal, VisitorMark)]
    assert not any("browser" in rows or "203.0" in rows for rows in kept)


def test_what_was_stored_already_is_neither_stored_nor_counted_again(links: list[Link]) -> None:
    rows = [click_row(links[0], NOON), click_row(links[0], NOON)]
    store_clicks(rows[:1])
    store_clicks(rows, some_may_be=True)
    assert Click.objects.count() == 2
    assert ClickTotal.objects.get(of_id=links[0].id).clicks == 2


def test_an_hour_has_its_clicks_people_and_devices(cast: Cast, links: list[Link]) -> None:
    first, second = links
    store_clicks(
        [
            click_row(first, NOON, device="phone", visitor="budi"),
            click_row(first, NOON + MINUTE, device="phone", visitor="budi"),
            click_row(second, NOON + MINUTE, device="phone", visitor="budi"),
            click_row(first, NOON + MINUTE, device="tablet"),
            click_row(first, NOON + HOUR, device="computer"),
        ]
    )
    sums = ("clicks", "people", "on_phones", "on_tablets", "on_computers")

    def hours_of(of_id: UUID) -> list[tuple[object, ...]]:
        return list(ClickHour.objects.filter(of_id=of_id).order_by("hour").values_list("hour", *sums))

    assert hours_of(first.id) == [(NOON, 3, 2, 2, 1, 0), (NOON + HOUR, 1, 1, 0, 0, 1)]
    assert hours_of(label_id(cast.creator.id, "ig-bio")) == [(NOON, 1, 1, 1, 0, 0)]
    assert hours_of(cast.creator.id) == [(NOON, 4, 2, 3, 1, 0), (NOON + HOUR, 1, 1, 0, 0, 1)]
    totals = ClickTotal.objects.order_by("is_label", "-clicks").values_list("label", "clicks", "people")
    assert list(totals) == [("", 4, 3), ("", 1, 1), ("tiktok", 4, 3), ("ig-bio", 1, 1)]


Visits = list[tuple[int, int, int, bool]]
"""Seconds since the one before, which link, which visitor, and whether what waits is stored before."""

visits = st.lists(
    st.tuples(st.sampled_from([0, 20, 60, 3600, 40_000]), st.integers(0, 1), st.integers(0, 2), st.booleans()),
    max_size=30,
)


@given(visits)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hours_are_those_of_an_independent_count(links: list[Link], visits: Visits) -> None:
    for model in (Click, ClickHour, ClickTotal, VisitorMark):
        model.objects.all().delete()
    at, waiting, moments = NOON, list[ClickRow](), list[tuple[datetime, int, int]]()
    for seconds, place, visitor, store_now in visits:
        at += seconds * SECOND
        if store_now:
            store_clicks(waiting)
            waiting = []
        waiting.append(click_row(links[place], at, visitor=f"visitor {visitor}"))
        moments.append((at, place, visitor))
    store_clicks(waiting)
    clicks, people = _counted_by_sets(links, moments)
    found = ClickHour.objects.filter(of_id__in=[link.id for link in links])
    assert {(hour.of_id, hour.hour): hour.clicks for hour in found} == clicks
    assert {(hour.of_id, hour.hour): hour.people for hour in found if hour.people} == people
    newcomers = sum(ClickHour.objects.filter(of_id=links[0].creator_id).values_list("people", flat=True))
    assert newcomers == len({(at.astimezone(clock.WIB).date(), visitor) for at, _place, visitor in moments})


def _counted_by_sets(
    links: list[Link], moments: list[tuple[datetime, int, int]]
) -> tuple[Counter[object], Counter[object]]:
    """Clicks and people by link and hour, each visit told apart by its minute and its day."""
    clicks, people = Counter[object](), Counter[object]()
    minutes, days = set[object](), set[object]()
    for at, place, visitor in moments:
        hour = (links[place].id, at.replace(minute=0, second=0))
        if (minute := (place, visitor, at.replace(second=0))) not in minutes:
            minutes.add(minute)
            clicks[hour] += 1
        if (day := (place, visitor, at.date())) not in days:
            days.add(day)
            people[hour] += 1
    return clicks, people
