"""A shop, or the marketplace, announces that it closes, changes that, and calls it off."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from lapak.lib import clock
from lapak.people.shops.closing_rules import SENT_WITHIN_AT_LEAST, Closing, earliest
from lapak.people.shops.closings import announce_closing, call_off_closing, closing_of, is_resting, standing_closing
from lapak.people.shops.commands import open_shop
from lapak.people.shops.errors import ClosingBegun, ClosingNotFound, ClosingRefused
from lapak.people.shops.models import AnnouncedClosing, Shop
from lapak.people.users.models import User
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

NOW = datetime(2023, 10, 3, 12, tzinfo=clock.WIB)
STOP, SHIP_BY = datetime(2023, 10, 4, 17, tzinfo=clock.WIB), datetime(2023, 11, 5, 23, 59, 59, tzinfo=clock.WIB)


@pytest.fixture
def seller() -> User:
    return User.objects.create_user("sekar@example.com")


@pytest.fixture
def operator() -> User:
    return User.objects.create_superuser("operator@example.com")


@pytest.fixture
def shop(seller: User) -> Shop:
    return open_shop(seller, slug="batik", name="Batik", city="Cirebon", province_code="32")


def announce(
    by: User | None, shop: Shop | None, stop: datetime = STOP, ship_by: datetime = SHIP_BY, *, at: datetime = NOW
) -> AnnouncedClosing:
    with clock.stopped_at(at):
        return announce_closing(by, shop.id if shop else None, orders_stop_at=stop, ship_by=ship_by)


def test_of_a_shop_and_its_marketplace_the_earlier_counts() -> None:
    later = Closing(STOP + timedelta(days=1), SHIP_BY - timedelta(days=1))
    assert earliest([Closing(STOP, SHIP_BY), later]) == Closing(STOP, later.ship_by)
    assert earliest([]) is None


def test_pages_know_it_as_soon_as_it_is_committed(
    operator: User, shop: Shop, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert closing_of(shop.id) is None
    with django_capture_on_commit_callbacks(execute=True):
        announce(operator, None)
    assert closing_of(shop.id) == closing_of(None) == Closing(STOP, SHIP_BY)
    for moment, rests in ((STOP - timedelta(seconds=1), False), (STOP, True)):
        with clock.stopped_at(moment):
            assert is_resting(shop) is rests
    with django_capture_on_commit_callbacks(execute=True), clock.stopped_at(NOW):
        call_off_closing(operator, None)
    assert closing_of(shop.id) is None


def test_another_shop_goes_on(
    seller: User, shop: Shop, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    other = open_shop(seller, slug="kopi", name="Kopi", city="Takengon", province_code="11")
    with django_capture_on_commit_callbacks(execute=True):
        announce(seller, shop)
    assert closing_of(shop.id) == Closing(STOP, SHIP_BY)
    assert closing_of(other.id) is closing_of(None) is None


def test_one_takes_the_place_of_another_and_both_stay_on_record(seller: User, shop: Shop) -> None:
    first = announce(seller, shop)
    second = announce(seller, shop, STOP + timedelta(hours=1), at=NOW + timedelta(hours=1))
    first.refresh_from_db()
    assert (first.called_off_at, first.called_off_by) == (NOW + timedelta(hours=1), seller)
    assert standing_closing(shop.id) == second


@pytest.mark.parametrize(
    ("stop", "ship_by", "field"),
    [(NOW, SHIP_BY, "orders_stop_at"), (STOP, STOP + SENT_WITHIN_AT_LEAST - timedelta(seconds=1), "ship_by")],
)
def test_instants_that_cannot_be(seller: User, shop: Shop, stop: datetime, ship_by: datetime, field: str) -> None:
    with refused(ClosingRefused) as refusal:
        announce(seller, shop, stop, ship_by)
    assert refusal.value.field == field


def test_once_orders_have_stopped_nothing_is_changed_or_called_off(seller: User, shop: Shop) -> None:
    announce(seller, shop)
    with refused(ClosingBegun):
        announce(seller, shop, STOP + timedelta(days=1), at=STOP)
    with clock.stopped_at(STOP), refused(ClosingBegun):
        call_off_closing(seller, shop.id)


def test_where_none_stands_none_is_called_off(operator: User, shop: Shop) -> None:
    for shop_id in (None, shop.id):
        with refused(ClosingNotFound):
            call_off_closing(operator, shop_id)


def test_the_marketplace_is_the_operators_or_the_machines(seller: User) -> None:
    with refused(ClosingNotFound):
        announce(seller, None)
    assert announce(None, None).announced_by is None
    with refused(ClosingNotFound):
        call_off_closing(seller, None)


@pytest.mark.parametrize("broken", [{"called_off_at": STOP}, {"ended_at": STOP}, {"ship_by": STOP}])
def test_the_database_holds_it_too(seller: User, shop: Shop, broken: dict[str, datetime]) -> None:
    announced = announce(seller, shop)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnouncedClosing.objects.filter(id=announced.id).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnouncedClosing.objects.create(shop=shop, announced_at=NOW, orders_stop_at=STOP, ship_by=SHIP_BY)
