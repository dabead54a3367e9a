"""Keeping what a provider sends: once, counted, claimed by one, closed."""

from datetime import timedelta

import pytest

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.commands import claim_message, close_message, record_message
from lapak.money.gateways.contract import ChargeReport, ChargeStatus, RefundReport, RefundStatus
from lapak.money.gateways.errors import UnreadableMessage
from lapak.money.gateways.models import GatewayMessage
from lapak.money.gateways.queries import report_of
from lapak.money.gateways.tests.recorded import recorded

pytestmark = pytest.mark.django_db

PAID = recorded("charge_paid")["data"]


def test_kept_once_and_counted_however_often_it_comes() -> None:
    first_at = clock.now()
    with clock.stopped_at(first_at):
        first, first_is_new = record_message("sandbox", "msg_1", "charge.paid", PAID)
    with clock.stopped_at(first_at + timedelta(seconds=5)):
        again, again_is_new = record_message("sandbox", "msg_1", "charge.paid", {"edited": True})
    assert (first_is_new, again_is_new, first.id) == (True, False, again.id)
    assert (again.times_received, again.received_at, again.body) == (2, first_at, PAID)
    assert again.last_received_at == first_at + timedelta(seconds=5)
    assert GatewayMessage.objects.count() == 1


def test_another_event_or_another_provider_is_another_message() -> None:
    for provider, event_id in (("sandbox", "msg_1"), ("sandbox", "msg_2"), ("other", "msg_1")):
        assert record_message(provider, event_id, "charge.paid", PAID)[1]
    assert GatewayMessage.objects.count() == 3


def test_what_was_processed_is_not_claimed_again() -> None:
    message, _ = record_message("sandbox", "msg_1", "charge.paid", PAID)
    claimed = claim_message(message.id)
    assert claimed == message
    close_message(claimed, "paid")
    assert claim_message(message.id) is None
    kept = GatewayMessage.objects.get()
    assert (kept.outcome, kept.processed_at is not None) == ("paid", True)


def test_a_recorded_payment_is_read() -> None:
    message, _ = record_message("sandbox", "msg_1", "charge.paid", PAID)
    report = report_of(message)
    assert isinstance(report, ChargeReport)
    assert (str(report.intent_id), report.status, report.amount_idr, report.fee_idr) == (
        PAID["reference"], ChargeStatus.PAID, 115_000, 805,
    )  # fmt: skip
    assert report.paid_at is not None
    assert report.paid_at.isoformat() == PAID["paid_at"].replace("Z", "000+00:00")


def test_a_recorded_expiry_is_read() -> None:
    message, _ = record_message("sandbox", "m", "charge.expired", recorded("charge_expired")["data"])
    report = report_of(message)
    assert isinstance(report, ChargeReport)
    assert (report.status, report.paid_at) == (ChargeStatus.EXPIRED, None)


def test_a_refund_is_read() -> None:
    refund_id = new_id()
    body = {"refund_key": str(refund_id), "amount_idr": 15_000, "currency": "IDR", "failure": "account_closed"}
    message, _ = record_message("sandbox", "m", "refund.failed", body)
    assert report_of(message) == RefundReport(refund_id, RefundStatus.FAILED, 15_000, "account_closed")


def test_what_is_about_nothing_of_ours_is_no_report() -> None:
    message, _ = record_message("sandbox", "m", "merchant.updated", {})
    assert report_of(message) is None


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
    message, _ = record_message("sandbox", "m", "charge.paid", PAID | change)
    with pytest.raises(UnreadableMessage):
        report_of(message)
