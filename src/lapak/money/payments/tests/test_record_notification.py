"""Keeping what a provider sends: once, counted, claimed by one, closed."""

from datetime import timedelta

import pytest

from lapak.lib import clock
from lapak.money.payments.commands import claim_notification, close_notification, record_notification
from lapak.money.payments.errors import UnreadableNotification
from lapak.money.payments.models import PaymentIntent, ProviderNotification
from lapak.money.payments.queries import charge_event
from lapak.money.payments.rules import Outcome, Status
from lapak.money.payments.tests.recorded import recorded

pytestmark = pytest.mark.django_db

PAID = recorded("charge_paid")["data"]


def test_kept_once_and_counted_however_often_it_comes() -> None:
    first_at = clock.now()
    with clock.stopped_at(first_at):
        first, first_is_new = record_notification("sandbox", "msg_1", "charge.paid", PAID)
    with clock.stopped_at(first_at + timedelta(seconds=5)):
        again, again_is_new = record_notification("sandbox", "msg_1", "charge.paid", {"edited": True})
    assert (first_is_new, again_is_new, first.id) == (True, False, again.id)
    assert (again.times_received, again.received_at, again.body) == (2, first_at, PAID)
    assert again.last_received_at == first_at + timedelta(seconds=5)
    assert ProviderNotification.objects.count() == 1


def test_another_event_or_another_provider_is_another_notification() -> None:
    for provider, event_id in (("sandbox", "msg_1"), ("sandbox", "msg_2"), ("other", "msg_1")):
        assert record_notification(provider, event_id, "charge.paid", PAID)[1]
    assert ProviderNotification.objects.count() == 3


def test_what_was_processed_is_not_claimed_again() -> None:
    notification, _ = record_notification("sandbox", "msg_1", "charge.paid", PAID)
    claimed = claim_notification(notification.id)
    assert claimed == notification
    close_notification(claimed, Outcome.PAID)
    assert claim_notification(notification.id) is None
    kept = ProviderNotification.objects.get()
    assert (kept.outcome, kept.processed_at is not None) == ("paid", True)


def test_every_outcome_fits_its_column() -> None:
    longest = ProviderNotification._meta.get_field("outcome").max_length or 0
    assert all(len(outcome) <= longest for outcome in Outcome)


def test_a_recorded_payment_is_read(intent: PaymentIntent) -> None:
    notification, _ = record_notification("sandbox", "msg_1", "charge.paid", PAID | {"reference": str(intent.id)})
    event = charge_event(notification)
    assert event is not None
    assert (event.intent_id, event.status, event.amount_idr, event.fee_idr) == (intent.id, Status.PAID, 115_000, 805)
    assert event.paid_at is not None
    assert event.paid_at.isoformat() == PAID["paid_at"].replace("Z", "000+00:00")


def test_a_recorded_expiry_is_read() -> None:
    notification, _ = record_notification("sandbox", "m", "charge.expired", recorded("charge_expired")["data"])
    event = charge_event(notification)
    assert event is not None
    assert (event.status, event.paid_at) == (Status.EXPIRED, None)


def test_what_is_not_about_a_payment_is_no_payment_event() -> None:
    notification, _ = record_notification("sandbox", "m", "refund.completed", {})
    assert charge_event(notification) is None


@pytest.mark.parametrize(
    "change",
    [
        {"amount_idr": "115000"},
        {"amount_idr": -1},
        {"amount_idr": 10**13},
        {"fee_idr": -1},
        {"currency": "USD"},
        {"reference": "not an id"},
        {"paid_at": None},
        {"paid_at": "yesterday"},
        {"paid_at": "2026-11-03T05:00:00"},
    ],
)
def test_a_payment_that_makes_no_sense_is_not_read(change: dict[str, object]) -> None:
    notification, _ = record_notification("sandbox", "m", "charge.paid", PAID | change)
    with pytest.raises(UnreadableNotification):
        charge_event(notification)
