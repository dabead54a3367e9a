"""A shop announces a holiday of its own, changes it, and is back."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from lapak.lib import clock
from lapak.people.shops.commands import announce_holiday, end_holiday, open_shop
from lapak.people.shops.errors import HolidayMessageTooLong, HolidayRefused, ShopNotFound
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 12, tzinfo=clock.WIB)


@pytest.fixture
def seller() -> User:
    return User.objects.create_user("sekar@example.com")


@pytest.fixture
def shop(seller: User) -> Shop:
    return open_shop(seller, slug="batik", name="Batik", city="Cirebon", province_code="32")


def day(after: int) -> date:
    return TODAY + timedelta(days=after)


def test_it_lasts_from_the_first_day_to_the_last_as_the_shop_counts_them(seller: User, shop: Shop) -> None:
    with clock.stopped_at(NOON):
        away = announce_holiday(seller, shop, first=day(2), last=day(4), message=" Mudik. ")
        assert (away.is_on_holiday, away.holiday_message) == (False, "Mudik.")
    midnight = NOON.replace(hour=0)
    for hours, is_on_holiday in ((47.99, False), (48, True), (119.99, True), (120, False)):
        with clock.stopped_at(midnight + timedelta(hours=hours)):
            assert (hours, Shop.objects.get().is_on_holiday) == (hours, is_on_holiday)


def test_a_day_is_the_shop_s_own(seller: User) -> None:
    in_papua = open_shop(seller, slug="noken", name="Noken", city="Jayapura", province_code="91")
    with clock.stopped_at(NOON):
        announce_holiday(seller, in_papua, first=day(1), last=day(1))
    with clock.stopped_at(NOON.replace(hour=22, minute=30)):  # half past midnight in Jayapura
        assert Shop.objects.get(slug="noken").is_on_holiday


@pytest.mark.parametrize(
    ("first", "last", "field"), [(-1, 3, "first"), (3, 2, "last"), (1, 61, "last"), (-3, -1, "first")]
)
def test_days_that_cannot_be(seller: User, shop: Shop, first: int, last: int, field: str) -> None:
    with clock.stopped_at(NOON), refused(HolidayRefused) as refusal:
        announce_holiday(seller, shop, first=day(first), last=day(last))
    assert refusal.value.field == field


def test_sixty_days_are_possible_and_words_have_an_end(seller: User, shop: Shop) -> None:
    with clock.stopped_at(NOON):
        announce_holiday(seller, shop, first=day(0), last=day(59), message="x" * 200)
        with refused(HolidayMessageTooLong):
            announce_holiday(seller, shop, first=day(0), last=day(59), message="x" * 201)


def test_one_that_has_begun_is_made_longer_or_shorter(seller: User, shop: Shop) -> None:
    with clock.stopped_at(NOON):
        announce_holiday(seller, shop, first=day(0), last=day(9))
    with clock.stopped_at(NOON + timedelta(days=3)):
        shorter = announce_holiday(seller, shop, first=day(0), last=day(5))
        assert shorter.holiday_announced_at == NOON
        longer = announce_holiday(seller, shop, first=day(0), last=day(7))
        assert longer.holiday_announced_at == NOON + timedelta(days=3)
        with refused(HolidayRefused):
            announce_holiday(seller, shop, first=day(1), last=day(5))


def test_the_shop_is_back(seller: User, shop: Shop) -> None:
    with clock.stopped_at(NOON):
        announce_holiday(seller, shop, first=day(0), last=day(9), message="Mudik.")
        back = end_holiday(seller, shop)
        assert (back.holiday, back.is_on_holiday, back.holiday_message) == (None, False, "")


def test_nobody_else_says_so(shop: Shop) -> None:
    stranger = User.objects.create_user("stranger@example.com")
    with refused(ShopNotFound):
        announce_holiday(stranger, shop, first=day(0), last=day(1))
    with refused(ShopNotFound):
        end_holiday(stranger, shop)


def test_the_database_wants_whole_holidays(shop: Shop) -> None:
    for wrong in ({"holiday_first": TODAY}, {"holiday_message": "Mudik."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Shop.objects.update(**wrong)
