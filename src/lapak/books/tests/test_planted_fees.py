"""The checks see a fee that the shop has not agreed to, and one that no schedule names."""

from datetime import timedelta

import pytest

from lapak.flows.place_purchase import read
from lapak.flows.place_purchase import rules as purchase_rules
from lapak.flows.place_purchase.facts import Fees
from lapak.lib import clock
from lapak.money.fees.models import FIRST_ID, Consent, Schedule, ScheduleRate
from lapak.money.fees.rules import Rate
from lapak.people.shops.models import Shop
from lapak.testing.books import look_through_filled_books
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import paid_order

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]


def noticed(cast: Cast) -> set[str]:
    paid_order(cast, (stocked_variant(cast.shop), 1))
    return {each.check for each in look_through_filled_books().shown}


def test_without_a_fault_nothing_is_noticed(cast: Cast) -> None:
    assert noticed(cast) == set()


def test_a_fee_that_no_schedule_names(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purchase_rules, "fee_bp", lambda *_asked, **_given: 300)
    assert noticed(cast) == {"agreed_fee"}


@pytest.fixture
def raised(cast: Cast) -> Schedule:
    """Fees that have begun, and hold for the cast's shop as soon as it agrees."""
    begins = clock.now() - timedelta(days=1)
    Shop.objects.update(created_at=begins - timedelta(days=1))
    schedule = Schedule.objects.create(number=2, begins_at=begins, announced_at=begins, agreed_from=2)
    ScheduleRate.objects.create(schedule=schedule, rate_bp=300, small_bp=150)
    return schedule


def test_fees_to_which_the_shop_has_not_agreed(cast: Cast, raised: Schedule, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = {cast.shop.id: Fees(raised.id, {"": Rate(300, 150)})}
    monkeypatch.setattr(read, "_fees", lambda _rows: theirs)
    assert noticed(cast) == {"agreed_fee"}


@pytest.mark.parametrize(("ago", "seen"), [(timedelta(seconds=30), set[str]()), (timedelta(minutes=2), {"agreed_fee"})])
def test_fees_of_before_are_charged_while_the_consent_is_being_given_and_no_longer(
    cast: Cast, raised: Schedule, monkeypatch: pytest.MonkeyPatch, ago: timedelta, seen: set[str]
) -> None:
    Consent.objects.create(schedule=raised, shop=cast.shop, state="agreed", agreed_at=clock.now() - ago)
    of_before = {cast.shop.id: Fees(FIRST_ID, Schedule.objects.get(number=1).rates_by_category)}
    monkeypatch.setattr(read, "_fees", lambda _rows: of_before)
    assert noticed(cast) == seen
