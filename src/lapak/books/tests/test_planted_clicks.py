"""A click that no hour tells of, and an hour, a sum or a day that tells of another number, are noticed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F

from lapak.affiliates.clicks.commands import add_up_click_days
from lapak.affiliates.clicks.models import Click, ClickDay, ClickHour, ClickTotal
from lapak.affiliates.results.commands import add_up_results
from lapak.affiliates.results.models import DayResult, DayTotal
from lapak.lib import clock
from lapak.testing.books import look_through_filled_books
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.clicks import clicked
from lapak.testing.histories import paid_order

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]

PLANTED: dict[str, tuple[str, Callable[[], object]]] = {
    "a click that is gone": ("click_hours", lambda: Click.objects.all().delete()),
    "a person counted as a click": ("click_hours", lambda: Click.objects.update(counts_as=1)),
    "an hour that says more": ("click_hours", lambda: ClickHour.objects.update(clicks=F("clicks") + 1, on_phones=2)),
    "an hour that is gone": ("click_hours", lambda: ClickHour.objects.all().delete()),
    "a day of hours that says more": (
        "click_days",
        lambda: ClickDay.objects.filter(clicks__gt=0).update(clicks=F("clicks") + 1, on_phones=2),
    ),
    "a day of hours that lacks something": ("click_days", lambda: ClickDay.objects.filter(clicks__gt=0).delete()),
    "a sum that says more": ("click_totals", lambda: ClickTotal.objects.update(clicks=F("clicks") + 1)),
    "a day that brought more": ("day_results", lambda: DayResult.objects.update(orders=F("orders") + 1)),
    "a day that brought more in all": ("day_totals", lambda: DayTotal.objects.update(orders=F("orders") + 1)),
    "a day in all that is gone": ("day_totals", lambda: DayTotal.objects.all().delete()),
    "a day that is gone": ("day_results", lambda: DayResult.objects.all().delete()),
}


@pytest.fixture
def history(cast: Cast) -> None:
    """Somebody follows a link and buys, and a program does not; somebody did some days ago, and that day is added up."""
    shirt = stocked_variant(cast.shop)
    link = link_to(cast, shirt.product)
    clicked(link)
    clicked(link, device="bot")
    clicked(link, clock.now() - timedelta(days=5))
    add_up_click_days()
    paid_order(cast, (shirt, 1), click=click_on(link))
    add_up_results()


@pytest.mark.usefixtures("history")
def test_without_a_fault_nothing_is_found() -> None:
    assert look_through_filled_books().shown == ()


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("fault", PLANTED)
def test_a_fault_is_noticed(fault: str) -> None:
    check, plant = PLANTED[fault]
    plant()
    assert check in {difference.check for difference in look_through_filled_books().shown}
