"""A schedule is announced, and each shop says what it thinks of it; each refusal proves that nothing was written."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from lapak.lib import clock
from lapak.lib.clock import WIB
from lapak.money.fees.commands import (
    accept_objection,
    agree_to_fees,
    announce_fees,
    call_off_fees,
    decline_objection,
    end_time_of_objection,
    object_to_fees,
)
from lapak.money.fees.errors import (
    ConsentMoved,
    FeeWordsRefused,
    ObjectionNotFound,
    RatesRefused,
    ScheduleDayRefused,
    ScheduleMoved,
    ScheduleNotFound,
)
from lapak.money.fees.models import FIRST_ID
from lapak.money.fees.queries import schedule_of, schedule_to_answer
from lapak.money.fees.rules import Rate, earliest_begin
from lapak.people.shops.commands import open_shop, state_turnover
from lapak.people.shops.errors import NotYourDuty, ShopNotFound, TurnoverRefused, TurnoverYearRefused
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast
from lapak.testing.fees import OBJECTION, WORDS, cheaper_fees, dearer_fees, objection
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 10, tzinfo=WIB)


@pytest.fixture(autouse=True)
def today(cast: Cast) -> Iterator[None]:
    """Some time after the shop was opened."""
    Shop.objects.update(created_at=NOW - timedelta(days=1))
    cast.shop.refresh_from_db()
    with clock.stopped_at(NOW):
        yield


def another_shop(cast: Cast) -> Shop:
    """Opened before any fees were announced, as well."""
    open_shop(cast.stranger, slug="lain", name="Lain", city="Solo", province_code="33")
    Shop.objects.update(created_at=NOW - timedelta(days=1))
    return Shop.objects.get(slug="lain")


def under(shop: Shop, at: datetime) -> int:
    return schedule_of(shop, at).number


class TestAnnouncing:
    def test_nobody_but_the_operator(self, cast: Cast) -> None:
        with refused(ScheduleNotFound):
            announce_fees(cast.seller, begins_on=date(2027, 3, 1), rates={"": Rate(300, 150)}, words=WORDS)

    @pytest.mark.parametrize("rates", [{}, {"": Rate(1_501, 0)}, {"": Rate(300, 151)}, {"": Rate(200, 100)}])
    def test_rates_that_are_none(self, cast: Cast, rates: dict[str, Rate]) -> None:
        with refused(RatesRefused):
            announce_fees(cast.operator, begins_on=date(2027, 3, 1), rates=rates, words=WORDS)

    def test_a_day_sooner_than_the_law_lets(self, cast: Cast) -> None:
        day = earliest_begin(clock.today()) - timedelta(days=1)
        with refused(ScheduleDayRefused):
            announce_fees(cast.operator, begins_on=day, rates={"": Rate(300, 150)}, words=WORDS)

    def test_without_a_reason(self, cast: Cast) -> None:
        with refused(FeeWordsRefused):
            announce_fees(cast.operator, begins_on=date(2027, 3, 1), rates={"": Rate(300, 150)}, words="So.")

    def test_one_at_a_time_until_it_is_called_off(self, cast: Cast) -> None:
        first = dearer_fees(cast)
        with refused(ScheduleDayRefused):
            cheaper_fees(cast)
        call_off_fees(cast.operator, first.id)
        assert cheaper_fees(cast).number == 3

    def test_what_has_begun_is_not_called_off(self, cast: Cast) -> None:
        with refused(ScheduleMoved):
            call_off_fees(cast.operator, FIRST_ID)
        with refused(ScheduleNotFound):
            call_off_fees(cast.operator, uuid.uuid4())


class TestWhichFees:
    def test_cheaper_ones_hold_for_everybody(self, cast: Cast) -> None:
        begins = cheaper_fees(cast).begins_at
        assert schedule_to_answer(cast.shop) is None
        assert (under(cast.shop, begins - timedelta(seconds=1)), under(cast.shop, begins)) == (1, 2)

    def test_dearer_ones_for_who_agrees_and_silence_changes_nothing(self, cast: Cast) -> None:
        schedule = dearer_fees(cast)
        assert under(cast.shop, schedule.begins_at) == 1
        agree_to_fees(cast.seller, cast.shop.id, schedule.id)
        assert (under(cast.shop, NOW), under(cast.shop, schedule.begins_at)) == (1, 2)

    def test_who_agrees_late_pays_from_then_on(self, cast: Cast) -> None:
        schedule = dearer_fees(cast)
        later = schedule.begins_at + timedelta(days=5)
        with clock.stopped_at(later):
            agree_to_fees(cast.seller, cast.shop.id, schedule.id)
        assert (under(cast.shop, schedule.begins_at), under(cast.shop, later)) == (1, 2)

    def test_who_opens_under_them_has_agreed(self, cast: Cast) -> None:
        schedule = dearer_fees(cast)
        shop = another_shop(cast)
        Shop.objects.filter(id=shop.id).update(created_at=schedule.begins_at)
        assert under(Shop.objects.get(id=shop.id), schedule.begins_at) == 2

    def test_a_cut_after_a_raise_reaches_those_who_agreed_to_the_raise(self, cast: Cast) -> None:
        other = another_shop(cast)
        raised = dearer_fees(cast)
        agree_to_fees(cast.seller, cast.shop.id, raised.id)
        with clock.stopped_at(raised.begins_at):
            rates = {"": Rate(250, 100)}
            cut = announce_fees(cast.operator, begins_on=earliest_begin(clock.today()), rates=rates, words=WORDS)
            assert schedule_to_answer(cast.shop) is None
            assert schedule_to_answer(other) == cut
        assert (under(cast.shop, cut.begins_at), under(other, cut.begins_at)) == (3, 1)

    def test_consent_to_what_was_called_off_is_no_consent(self, cast: Cast) -> None:
        schedule = dearer_fees(cast)
        agree_to_fees(cast.seller, cast.shop.id, schedule.id)
        call_off_fees(cast.operator, schedule.id)
        assert under(cast.shop, schedule.begins_at) == 1


class TestAnswering:
    def test_only_owners_agree_and_object(self, cast: Cast) -> None:
        schedule = dearer_fees(cast)
        cast.shop.members.create(user=cast.buyer, role="finance")
        with refused(NotYourDuty):
            agree_to_fees(cast.buyer, cast.shop.id, schedule.id)
        with refused(ShopNotFound):
            object_to_fees(cast.stranger, cast.shop.id, schedule.id, OBJECTION)

    def test_agreed_once_for_all(self, cast: Cast) -> None:
        schedule = dearer_fees(cast)
        agree_to_fees(cast.seller, cast.shop.id, schedule.id)
        with refused(ScheduleMoved):
            agree_to_fees(cast.seller, cast.shop.id, schedule.id)
        with refused(ScheduleMoved):
            object_to_fees(cast.seller, cast.shop.id, schedule.id, OBJECTION)

    def test_nobody_is_asked_about_cheaper_ones(self, cast: Cast) -> None:
        schedule = cheaper_fees(cast)
        with refused(ScheduleMoved):
            agree_to_fees(cast.seller, cast.shop.id, schedule.id)

    def test_an_objection_is_made_once_and_in_words(self, cast: Cast) -> None:
        schedule = dearer_fees(cast)
        with refused(FeeWordsRefused):
            object_to_fees(cast.seller, cast.shop.id, schedule.id, "No.")
        object_to_fees(cast.seller, cast.shop.id, schedule.id, OBJECTION)
        with refused(ConsentMoved):
            object_to_fees(cast.seller, cast.shop.id, schedule.id, OBJECTION)

    def test_who_objected_may_agree_all_the_same(self, cast: Cast) -> None:
        consent = objection(cast)
        decline_objection(cast.operator, consent.id, "Everybody pays it.")
        agree_to_fees(cast.seller, cast.shop.id, consent.schedule_id)
        assert under(cast.shop, consent.schedule.begins_at) == 2
        assert list(consent.events.order_by("id").values_list("state", flat=True)) == ["objected", "declined", "agreed"]

    def test_the_operator_answers_once(self, cast: Cast) -> None:
        consent = objection(cast)
        with refused(ObjectionNotFound):
            accept_objection(cast.seller, consent.id, "You keep yours.")
        with refused(FeeWordsRefused):
            accept_objection(cast.operator, consent.id, "Yes.")
        accept_objection(cast.operator, consent.id, "You keep yours.")
        with refused(ConsentMoved):
            decline_objection(cast.operator, consent.id, "Everybody pays it.")

    def test_silence_accepts_after_fourteen_working_days(self, cast: Cast) -> None:
        consent = objection(cast)
        assert consent.act_by is not None
        assert consent.act_by.astimezone(WIB).date() == date(2026, 12, 18)
        with clock.stopped_at(consent.act_by - timedelta(seconds=1)), refused(ConsentMoved):
            end_time_of_objection(consent.id, words="")
        with clock.stopped_at(consent.act_by + timedelta(seconds=1)):
            with refused(ConsentMoved):
                decline_objection(cast.operator, consent.id, "Everybody pays it.")
            assert end_time_of_objection(consent.id, words="").state == "kept"


class TestTurnover:
    def test_it_makes_a_small_seller_only_with_a_nib(self, cast: Cast) -> None:
        shop = state_turnover(cast.seller, cast.shop.id, year=2026, turnover_idr=15_000_000_000)
        shop.nib = ""
        assert not shop.is_small
        shop.nib = "9120001234567"
        assert shop.is_small

    def test_more_is_not_small_and_old_news_does_not_count(self, cast: Cast) -> None:
        shop = state_turnover(cast.seller, cast.shop.id, year=2025, turnover_idr=15_000_000_001)
        shop.nib = "9120001234567"
        assert not shop.is_small
        shop.turnover_idr = 1
        assert shop.is_small
        shop.turnover_year = 2024
        assert not shop.is_small

    def test_what_cannot_be_stated(self, cast: Cast) -> None:
        with refused(TurnoverYearRefused):
            state_turnover(cast.seller, cast.shop.id, year=2024, turnover_idr=1)
        with refused(TurnoverRefused):
            state_turnover(cast.seller, cast.shop.id, year=2026, turnover_idr=-1)
        with refused(ShopNotFound):
            state_turnover(cast.stranger, cast.shop.id, year=2026, turnover_idr=1)
