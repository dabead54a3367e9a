"""Clicks rolled up by day: the same counts as click by click, and what came since is counted as it is."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from lapak.affiliates.click_days import roll_up_clicks
from lapak.affiliates.models import Click, ClickDay, Link
from lapak.affiliates.queries import clicks_of_creator_per_day, clicks_per_day, links_of_creator
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.testing.cast import Cast, link_to, stocked_variant

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=clock.WIB)
MIDNIGHT = datetime(2026, 11, 20, tzinfo=clock.WIB)


@pytest.fixture
def links(cast: Cast) -> list[Link]:
    product = stocked_variant(cast.shop).product
    return [link_to(cast, product), link_to(cast, product)]


def clicked(link: Link, *moments: datetime, device: str = "phone") -> None:
    Click.objects.bulk_create(
        Click(id=new_id(), link_id=link.id, device=device, clicked_at=moment) for moment in moments
    )


def counts(cast: Cast, links: list[Link]) -> tuple[object, ...]:
    with clock.stopped_at(NOW):
        return (
            [clicks_per_day(link, days=5) for link in links],
            clicks_of_creator_per_day(cast.creator, days=5),
            dict(links_of_creator(cast.creator).values_list("id", "click_count")),
        )


def roll_up(at: datetime = NOW) -> int:
    with clock.stopped_at(at):
        return roll_up_clicks()


def days_of(of_id: UUID) -> dict[date, int]:
    return dict(ClickDay.objects.filter(of_id=of_id).values_list("day", "people"))


def test_counts_are_the_same_rolled_up(cast: Cast, links: list[Link]) -> None:
    first, second = links
    clicked(first, *(MIDNIGHT - timedelta(hours=hours) for hours in (1, 23, 25, 26, 49, 50, 51, 24 * 40)), NOW)
    clicked(second, MIDNIGHT - timedelta(hours=25), MIDNIGHT - timedelta(days=3))
    clicked(first, MIDNIGHT - timedelta(days=3), device="bot")
    before = counts(cast, links)
    assert roll_up() > 0
    assert counts(cast, links) == before
    assert before[2] == {first.id: 9, second.id: 2}


def test_rolls_up_days_that_have_been_over_for_a_day(cast: Cast, links: list[Link]) -> None:
    day = timedelta(days=1)
    clicked(links[0], MIDNIGHT - day - timedelta(seconds=1), MIDNIGHT - day, MIDNIGHT, NOW)
    clicked(links[1], MIDNIGHT - day - timedelta(hours=3))
    roll_up()
    assert days_of(links[0].id) == {date(2026, 11, 18): 1}
    assert days_of(cast.creator.id) == {date(2026, 11, 18): 2}


def test_a_click_stored_late_is_counted(cast: Cast, links: list[Link]) -> None:
    clicked(links[0], MIDNIGHT - timedelta(days=3))
    roll_up()
    clicked(links[0], MIDNIGHT - timedelta(hours=20))  # of yesterday, stored after the roll-up of the day before
    assert links_of_creator(cast.creator).values_list("click_count", flat=True).get(id=links[0].id) == 2
    roll_up(NOW + timedelta(days=1))
    assert links_of_creator(cast.creator).values_list("click_count", flat=True).get(id=links[0].id) == 2


def test_again_changes_nothing(cast: Cast, links: list[Link]) -> None:
    clicked(links[0], MIDNIGHT - timedelta(days=3), MIDNIGHT - timedelta(days=2))
    roll_up()
    before = list(ClickDay.objects.values_list("of_id", "day", "people"))
    assert roll_up() == 0
    assert list(ClickDay.objects.values_list("of_id", "day", "people")) == before
