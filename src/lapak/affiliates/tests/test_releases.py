"""The day on which a pending commission is in the balance at the latest."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import caches

from lapak.affiliates import releases
from lapak.affiliates.models import Commission
from lapak.affiliates.releases import Release, release_days, release_of, releases_lately, releases_of_creator
from lapak.flows.review_commission import freeze_commission
from lapak.flows.ship_order import confirm_receipt, deliver_order, ship_order
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast, click_on, link_to
from lapak.testing.histories import asked_return, paid_order, tracking_number
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(cast: Cast, variant: Variant) -> Order:
    return paid_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))


def day_of(cast: Cast) -> date | None:
    """Where the one pending commission stands in the calendar."""
    [release] = releases_of_creator(cast.creator)
    assert (release.count, release.amount_idr) == (1, 10_000)
    commission = Commission.objects.get()
    assert release_of(commission) == release
    assert release_days([commission]) == {commission.pk: release.day}
    return release.day


def test_the_day_comes_nearer_with_every_step(cast: Cast, order: Order) -> None:
    steps: list[Callable[[], object]] = [
        lambda: pack_order(cast.seller, order.id),
        lambda: ship_order(cast.seller, order.id, tracking_number()),
        lambda: deliver_order(None, order.id),
    ]
    days = [day_of(cast)]
    for step in steps:
        step()
        days.append(day_of(cast))
    assert days == sorted(days, key=lambda day: day or date.min, reverse=True)
    order.refresh_from_db()
    assert order.complete_at
    assert days[-1] == order.complete_at.astimezone(clock.WIB).date()
    confirm_receipt(cast.buyer, order.id)
    assert day_of(cast) == clock.today()


def test_one_that_is_late_is_decided_by_the_operator_s_day(cast: Cast, order: Order) -> None:
    pack_order(cast.seller, order.id)
    order = ship_order(cast.seller, order.id, tracking_number())
    assert order.arrive_by
    assert order.decide_by
    assert day_of(cast) == order.arrive_by.astimezone(clock.WIB).date() + timedelta(days=6)
    with clock.stopped_at(order.arrive_by + timedelta(minutes=1)):
        assert day_of(cast) == order.decide_by.astimezone(clock.WIB).date() + timedelta(days=6)


def test_what_a_return_holds_has_no_day(cast: Cast, order: Order) -> None:
    pack_order(cast.seller, order.id)
    ship_order(cast.seller, order.id, tracking_number())
    deliver_order(None, order.id)
    asked_return(cast, order)
    assert releases_of_creator(cast.creator) == [Release(None, 1, 10_000)]


def test_what_is_under_review_is_in_no_calendar(cast: Cast, order: Order) -> None:
    commission = Commission.objects.get(order_id=order.id)
    freeze_commission(cast.operator, commission.pk, "Looked at.")
    assert releases_of_creator(cast.creator) == []
    assert release_of(commission) is None


@pytest.mark.parametrize("is_many", [False, True])
def test_where_thousands_wait_a_look_may_be_minutes_old(
    cast: Cast, order: Order, is_many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "MANY", 0 if is_many else 1)
    before = releases_lately(cast.creator)
    freeze_commission(cast.operator, Commission.objects.get(order_id=order.id).pk, "Looked at.")
    assert releases_lately(cast.creator) == (before if is_many else [])
    caches["mind"].clear()
    assert releases_lately(cast.creator) == []
