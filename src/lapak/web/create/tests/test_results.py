"""What links brought in some days, beside the days before: as figures, charts, tables and files."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override

from lapak.affiliates.models import Commission, Link
from lapak.flows.cancel_order import cancel_paid_order
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.clicks import clicked
from lapak.testing.histories import paid_order
from lapak.web.create.period import asked_period
from lapak.web.create.results import change, week_of_hours

FRIDAY = datetime(2026, 11, 27, 20, 15, tzinfo=clock.WIB)
DAY = timedelta(days=1)


@pytest.fixture
def friday() -> Iterator[None]:
    with clock.stopped_at(FRIDAY):
        yield


def shown(client: Client, **asked: str) -> str:
    """The overview's words, on one line."""
    return " ".join(client.get("/create", asked).text.split())


@pytest.mark.parametrize(
    ("asked", "first", "before"),
    [
        ("7", date(2026, 11, 21), (date(2026, 11, 14), date(2026, 11, 20))),
        ("30", date(2026, 10, 29), (date(2026, 9, 29), date(2026, 10, 28))),
        ("365", date(2025, 11, 28), (date(2024, 11, 28), date(2025, 11, 27))),
        ("month", date(2026, 11, 1), (date(2026, 10, 1), date(2026, 10, 27))),
        ("1000000", date(2026, 10, 29), (date(2026, 9, 29), date(2026, 10, 28))),
        ("", date(2026, 10, 29), (date(2026, 9, 29), date(2026, 10, 28))),
    ],
)
@pytest.mark.usefixtures("friday")
def test_days_and_those_before(asked: str, first: date, before: tuple[date, date]) -> None:
    period = asked_period(QueryDict(f"days={asked}"))
    assert (period.first, period.before, period.today) == (first, before, date(2026, 11, 27))


def test_a_month_is_compared_within_the_month_before() -> None:
    with clock.stopped_at(datetime(2026, 3, 31, 12, tzinfo=clock.WIB)):
        assert asked_period(QueryDict("days=month")).before == (date(2026, 2, 1), date(2026, 2, 28))


@override("en")
def test_a_change_is_said_by_sign_and_words() -> None:
    assert change(150, 100, str) == "▲ 50% more than before (100)"
    assert change(75_000, 100_000, format_idr) == "▼ 25% less than before (Rp100.000)"
    assert change(3, 0, str) == "None before"
    assert change(3, 3, str) == "As many as before"
    assert change(0, 0, str) == ""


@override("en")
def test_no_hours_without_clicks_and_the_best_three_with_some() -> None:
    week = [[0] * 24 for _ in range(7)]
    assert week_of_hours(week) is None
    week[4][20], week[0][7], week[6][0], week[1][1] = 9, 5, 4, 3
    hours = week_of_hours(week)
    assert hours
    assert hours.best == [
        "Friday 20.00–21.00: 9 clicks",
        "Monday 07.00–08.00: 5 clicks",
        "Sunday 00.00–01.00: 4 clicks",
    ]
    assert [cell[2] for cell in hours.cells if cell[2]] == [3, 2, 4, 2]
    assert len(hours.cells) == 7 * 24


@pytest.mark.usefixtures("friday")
def test_clicks_and_orders_beside_those_before(creator: Client, cast: Cast, pending: Commission, link: Link) -> None:
    clicked(link, FRIDAY, FRIDAY - DAY, FRIDAY - 2 * DAY, FRIDAY - 8 * DAY)
    page = shown(creator, days="7")
    for words in (
        "Clicks: 3 in 7 days, at most 1 on one day",
        "Conversion: 33.33% in 7 days",
        "▲ 200% more than before (1)",
        "Commission before tax: Rp10.000 in 7 days",
        "Friday 20.00–21.00: 1 click",
    ):
        assert words in page
    assert "Clicks: 4 in 30 days" in shown(creator)
    assert "Clicks: 4 in 53 weeks, at most" in shown(creator, days="365")
    cancel_paid_order(cast.seller, pending.order_id, "Sold out.")
    assert "Commission before tax: Rp0 in 7 days" in shown(creator, days="7")


@pytest.mark.usefixtures("friday")
def test_by_link_product_and_label(creator: Client, cast: Cast, variant: Variant, link: Link) -> None:
    link.label = "tiktok"
    link.save()
    other = link_to(cast, stocked_variant(cast.shop, price_idr=50_000).product)
    clicked(link, FRIDAY, FRIDAY - DAY)
    clicked(other, FRIDAY)
    paid_order(cast, (variant, 1), click=click_on(link))
    by_link = shown(creator)
    assert by_link.index(f"/r/{link.code}") < by_link.index(f"/r/{other.code}")
    assert "50%" in by_link
    by_product = shown(creator, by="product")
    assert by_product.count(f'<span class="strong">{variant.product.title}</span>') == 1
    by_label = shown(creator, by="label")
    assert '<span class="strong">tiktok</span>' in by_label
    assert '<span class="strong">Without a label</span>' in by_label


@pytest.mark.usefixtures("friday")
def test_files_hold_what_is_shown(creator: Client, cast: Cast, variant: Variant, link: Link) -> None:
    clicked(link, FRIDAY, FRIDAY - DAY)
    paid_order(cast, (variant, 1), click=click_on(link))
    days = creator.get("/create/results.csv", {"days": "7"})
    lines = days.getvalue().decode().lstrip("\ufeff").splitlines()
    assert lines[0] == "Day,Clicks,People,Orders,Conversion (%),Commission before tax (IDR)"
    assert lines[-1] == "2026-11-27,1,1,1,100,10000"
    assert lines[1] == "2026-11-21,0,0,0,,0"
    assert len(lines) == 8
    assert 'filename="lapak-ceu-edoh-20261121-20261127.csv"' in days["Content-Disposition"]
    links = creator.get("/create/results.csv", {"days": "7", "by": "link"}).getvalue().decode().splitlines()
    assert links[1:] == [f"{variant.product.title},{link.code},2,2,1,50,10000"]


@pytest.mark.usefixtures("friday")
def test_nobody_reads_another_s_results(client: Client, cast: Cast, link: Link) -> None:
    clicked(link, FRIDAY)
    client.force_login(cast.stranger)
    assert client.get("/create/results.csv").status_code in {302, 404}
    client.force_login(cast.buyer)
    assert link.code not in client.get("/create", follow=True).text


def test_who_has_nothing_yet_is_told_what_to_do_first(creator: Client) -> None:
    page = shown(creator)
    assert "No clicks in these days" in page
    assert "every click shows here within a second" in page
    assert "The hundred best" not in page
