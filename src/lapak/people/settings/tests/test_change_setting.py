"""An owner of the marketplace chooses another value, and takes it back before it begins."""

from datetime import datetime, time, timedelta

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from lapak.flows.place_purchase import place_purchase
from lapak.lib import clock
from lapak.money.payments.methods import methods
from lapak.money.payouts.holds import held_until
from lapak.people.audit.models import Change
from lapak.people.settings.commands import change_setting, take_setting_back
from lapak.people.settings.errors import (
    SettingAsBefore,
    SettingDayRefused,
    SettingMoved,
    SettingNotFound,
    SettingReasonRefused,
    SettingValueRefused,
)
from lapak.people.settings.models import Step
from lapak.people.settings.queries import KEPT_AS, number_on
from lapak.people.settings.rules import FARTHEST_DAYS, SETTINGS
from lapak.people.users.operators import NotYourDesk, OperatorRole
from lapak.testing.cast import Cast, asked_for, operator_as, stocked_variant
from lapak.testing.refused import refused
from lapak.testing.settings import REASON, coming_setting, forget_settings, four_days
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import current_clocks

pytestmark = pytest.mark.django_db
PACK = "pack_within_working_days"


def at_noon(days: int) -> datetime:
    return datetime.combine(clock.today() + timedelta(days=days), time(12), clock.WIB)


def test_it_holds_from_its_day_on_and_orders_keep_what_they_were_placed_under(cast: Cast) -> None:
    variant = stocked_variant(cast.shop)
    before = Order.objects.get(purchase=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), []))
    coming_setting(cast.operator, PACK, 4)
    assert current_clocks().pack_within_working_days == 2
    with clock.stopped_at(at_noon(7)):
        assert current_clocks().pack_within_working_days == 4
        after = Order.objects.get(purchase=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), []))
    before.refresh_from_db()
    assert [before.pack_within_working_days, after.pack_within_working_days] == [2, 4]


def test_each_reader_goes_by_it(cast: Cast) -> None:
    coming_setting(cast.operator, "qris_pay_within_minutes", 60)
    coming_setting(cast.operator, "changed_account_held_hours", 72)
    changed_at = at_noon(1)
    assert methods()["qris"].pay_within == timedelta(minutes=30)
    with clock.stopped_at(changed_at):
        assert methods()["qris"].pay_within == timedelta(minutes=60)
        assert held_until(changed_at) == changed_at + timedelta(hours=72)
        assert held_until(changed_at - timedelta(hours=13)) == changed_at + timedelta(hours=11)


def test_who_and_why_stays_on_record(cast: Cast) -> None:
    step = change_setting(cast.operator, PACK, **four_days())
    kept = {each.field: (each.old, each.new, each.by_id) for each in Change.objects.filter(kind="setting")}
    by = cast.operator.id
    assert kept == {
        "setting": ("2", "4", by),
        "setting_from": ("", step.begins_on.isoformat(), by),
        "reason": ("", REASON, by),
    }


def test_what_was_chosen_is_neither_changed_nor_removed(cast: Cast) -> None:
    step = coming_setting(cast.operator)
    for forbidden in (Step.objects.filter(id=step.id).update, Step.objects.filter(id=step.id).delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden(**({"value": "9"} if forbidden.__name__ == "update" else {}))


def test_it_is_taken_back_before_it_begins_and_not_after(cast: Cast) -> None:
    step = coming_setting(cast.operator, PACK, 4)
    with clock.stopped_at(at_noon(7)), refused(SettingMoved):
        take_setting_back(cast.operator, step.id)
    take_setting_back(cast.operator, step.id)
    forget_settings()
    with clock.stopped_at(at_noon(7)):
        assert current_clocks().pack_within_working_days == 2
    with refused(SettingMoved):
        take_setting_back(cast.operator, step.id)


def test_what_does_not_fit_is_refused(cast: Cast) -> None:
    fit = four_days()
    for kind, unfit in (
        (SettingDayRefused, {"begins_on": fit["begins_on"] - timedelta(days=1)}),
        (SettingDayRefused, {"begins_on": clock.today() + timedelta(days=FARTHEST_DAYS + 1)}),
        (SettingValueRefused, {"value": 8}),
        (SettingAsBefore, {"value": 2}),
        (SettingReasonRefused, {"reason": " so. "}),
        (SettingReasonRefused, {"reason": "so " * 1_000}),
    ):
        with refused(kind):
            change_setting(cast.operator, PACK, **{**fit, **unfit})
    with refused(SettingNotFound):
        change_setting(cast.operator, "secret_key", **fit)


def test_it_is_for_owners_of_the_marketplace(cast: Cast) -> None:
    finance = operator_as(OperatorRole.FINANCE)
    with refused(NotYourDesk):
        change_setting(finance, PACK, **four_days())
    with refused(SettingNotFound):
        change_setting(cast.seller, PACK, **four_days())


def test_a_text_holds_at_once(cast: Cast) -> None:
    change_setting(cast.operator, "contact_phone", value="021-555", begins_on=clock.today(), reason=REASON)
    assert Step.objects.get().value == "021-555"
    assert SETTINGS["contact_phone"].earliest(clock.today()) == clock.today()


def test_reading_asks_the_database_once_and_then_not(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    forget_settings()
    with django_assert_num_queries(1):
        current_clocks()
    with django_assert_num_queries(0):
        current_clocks()
        number_on(PACK, clock.today())


def test_what_is_chosen_is_known_to_its_own_process_at_once(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change_setting(cast.operator, PACK, **four_days())
    assert caches["mind"].get(KEPT_AS) is None
    with CaptureQueriesContext(connection), clock.stopped_at(at_noon(7)):
        assert number_on(PACK, clock.today()) == 4


def test_of_two_for_one_day_the_first_does_not_come_back(cast: Cast) -> None:
    """What nobody was told of in time does not begin because the other was taken back."""
    coming_setting(cast.operator, PACK, 4)
    second = coming_setting(cast.operator, PACK, 5)
    take_setting_back(cast.operator, second.id)
    forget_settings()
    assert not Step.objects.filter(taken_back_at=None).exists()
