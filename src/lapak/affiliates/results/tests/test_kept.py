"""What days brought follows every change of a commission, in its own transaction."""

from datetime import date, datetime, timedelta

import pytest

from lapak.affiliates.commissions import end_commissions, grow_commission
from lapak.affiliates.models import Commission, Link
from lapak.affiliates.results.commands import add_up_results
from lapak.affiliates.results.models import DayResult
from lapak.affiliates.results.queries import Result, brought_by_day, brought_by_link
from lapak.affiliates.tests.sales import commission_on, order_line
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.testing.cast import Cast, link_to, stocked_variant
from lapak.testing.rows_read import plan_as_in_service, rows_read
from lapak.trade.orders.models import OrderLine

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]


@pytest.fixture
def shirt(cast: Cast) -> Variant:
    return stocked_variant(cast.shop)


@pytest.fixture
def link(cast: Cast, shirt: Variant) -> Link:
    return link_to(cast, shirt.product)


def brought() -> tuple[int, int]:
    """Orders and commission of all days, links and products."""
    rows = list(DayResult.objects.values_list("orders", "amount_idr"))
    return sum(orders for orders, _idr in rows), sum(idr for _orders, idr in rows)


def test_an_order_counts_until_its_last_line_earns_nothing(cast: Cast, shirt: Variant, link: Link) -> None:
    bag = stocked_variant(cast.shop, price_idr=50_000)
    line = order_line(cast, shirt)
    second = OrderLine.objects.create(
        id=new_id(), order=line.order, shop_id=line.shop_id, variant=bag, title="Tas", quantity=1,
        unit_price_idr=50_000, paid_idr=50_000, fee_bp=200,
    )  # fmt: skip
    first, other = (commission_on(each, link, cast.programme) for each in (line, second))
    assert brought() == (1, 15_000)
    end_commissions([first], "Sent back.")
    assert brought() == (1, 5_000)
    assert sum(DayResult.objects.filter(product_id=bag.product_id).values_list("orders", flat=True)) == 1
    end_commissions([other], "Sent back.")
    assert brought() == (0, 0)
    first.refresh_from_db()
    grow_commission(first, 100_000, 0)
    assert brought() == (1, 10_000)


def test_a_day_is_jakarta_s(cast: Cast, shirt: Variant, link: Link) -> None:
    with clock.stopped_at(datetime(2026, 11, 20, 0, 30, tzinfo=clock.WIB)):
        commission_on(order_line(cast, shirt), link, cast.programme)
    assert DayResult.objects.get().day == date(2026, 11, 20)


def test_what_changes_neither_state_nor_amount_leaves_nothing(cast: Cast, shirt: Variant, link: Link) -> None:
    commission_on(order_line(cast, shirt), link, cast.programme)
    Commission.objects.update(state="frozen", frozen_at=clock.now(), reason="Looked at.")
    assert DayResult.objects.count() == 1


def test_the_night_adds_up_and_what_is_read_stays(cast: Cast, shirt: Variant, link: Link) -> None:
    with clock.stopped_at(clock.now() - timedelta(days=3)):
        sold = [commission_on(order_line(cast, shirt), link, cast.programme) for _ in range(3)]
        day = clock.today()

    def that_day() -> dict[date, Result]:
        return brought_by_day(cast.creator.id, day, day)

    assert that_day() == {day: Result(3, 30_000)}
    assert add_up_results() == 3
    assert DayResult.objects.get(is_sum=True).orders == 3
    assert that_day() == {day: Result(3, 30_000)}
    end_commissions(sold[:1], "Sent back.")
    assert (brought(), that_day()) == ((2, 20_000), {day: Result(2, 20_000)})
    assert add_up_results() == 1
    assert (DayResult.objects.get().orders, brought(), that_day()) == (2, (2, 20_000), {day: Result(2, 20_000)})
    end_commissions(sold[1:], "Sent back.")
    assert (add_up_results(), DayResult.objects.count(), that_day()) == (1, 0, {})
    assert add_up_results() == 0


def test_the_best_links_and_others_that_are_asked_about(cast: Cast, shirt: Variant, link: Link) -> None:
    links = [link, *(link_to(cast, shirt.product) for _ in range(3))]
    for n, each in enumerate(links[:3]):
        for _ in range(3 - n):
            commission_on(order_line(cast, shirt), each, cast.programme)
    today = clock.today()
    best = {links[0].id: Result(3, 30_000)}
    assert brought_by_link(cast.creator.id, today, today, 1) == best
    asked = brought_by_link(cast.creator.id, today, today, 1, also=[links[2].id, links[3].id])
    assert asked == best | {links[2].id: Result(1, 10_000)}


def test_a_period_costs_its_days_and_not_the_links_that_sold(cast: Cast) -> None:
    today, shirt = clock.today(), stocked_variant(cast.shop, on_hand=20)
    for _ in range(20):
        commission_on(order_line(cast, shirt), link_to(cast, shirt.product), cast.programme)
    add_up_results()
    _sums_of_others(1_000)
    plan_as_in_service()
    with rows_read() as read:
        assert brought_by_day(cast.creator.id, today - timedelta(days=30), today)[today].orders == 20
    assert (read["results_daytotal"], read["results_dayresult"]) == (1, 0)


def _sums_of_others(how_many: int) -> None:
    """Without them the whole table is read faster than an index of it."""
    DayResult.objects.bulk_create(
        DayResult(
            creator_id=new_id(), day=clock.today(), link_id=new_id(), product_id=new_id(), orders=1, amount_idr=1,
            is_sum=True,
        )
        for _ in range(how_many)
    )  # fmt: skip
