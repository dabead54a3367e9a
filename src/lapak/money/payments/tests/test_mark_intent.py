"""A payment is paid once, whoever reports what, how often and in which order."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.commands import claim_message, close_message, record_message
from lapak.money.ledger.commands import post_transfers
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.commands import (
    lock_intent,
    mark_intent_expired,
    mark_intent_paid,
)
from lapak.money.payments.errors import IntentNotFound
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.postings import gateway_charge, late_payment_received
from lapak.money.payments.rules import Change
from lapak.money.payments.tests.conftest import new_intent
from lapak.testing.refused import refused


@pytest.mark.django_db
class TestMarking:
    def test_pending_becomes_paid(self, intent: PaymentIntent) -> None:
        paid_at = clock.now()
        assert mark_intent_paid(intent, paid_at) is Change.MADE
        kept = PaymentIntent.objects.get()
        assert (kept.status, kept.paid_at, intent.status) == ("paid", paid_at, "paid")

    def test_a_second_report_changes_nothing(self, intent: PaymentIntent) -> None:
        paid_at = clock.now()
        mark_intent_paid(intent, paid_at)
        assert mark_intent_paid(intent, paid_at + timedelta(hours=1)) is Change.NOTHING
        assert PaymentIntent.objects.get().paid_at == paid_at

    def test_a_worker_with_an_old_copy_changes_nothing(self, intent: PaymentIntent) -> None:
        old_copy = PaymentIntent.objects.get(id=intent.id)
        mark_intent_paid(intent, clock.now())
        assert mark_intent_paid(old_copy, clock.now()) is Change.NOTHING
        assert old_copy.status == "paid"

    def test_an_expiry_that_arrives_after_the_payment_changes_nothing(self, intent: PaymentIntent) -> None:
        mark_intent_paid(intent, clock.now())
        assert mark_intent_expired(intent) is Change.NOTHING
        assert PaymentIntent.objects.get().status == "paid"

    def test_a_payment_after_the_expiry_is_late(self, intent: PaymentIntent) -> None:
        assert mark_intent_expired(intent) is Change.MADE
        assert mark_intent_expired(intent) is Change.NOTHING
        assert mark_intent_paid(intent, clock.now()) is Change.LATE
        assert mark_intent_paid(intent, clock.now()) is Change.NOTHING

    def test_an_unknown_payment_is_not_found(self) -> None:
        with refused(IntentNotFound):
            lock_intent(new_id())


BUYER = new_id()
CASH = AccountKey(AccountKind.GATEWAY_CASH, "sandbox")
OWED = AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(BUYER))

EVENTS = st.sampled_from(["paid 1", "paid 1", "paid 2", "expired 1"])
"""Which event is delivered; the gateway may even report one payment under two ids."""


@transaction.atomic
def process(intent_id: uuid.UUID, message_id: uuid.UUID) -> Change:
    """A flow in small. A payment is posted as late money, which needs no order to explain it."""
    message = claim_message(message_id)
    if message is None:
        return Change.NOTHING
    intent = lock_intent(intent_id)
    if message.kind == "expired":
        change = mark_intent_expired(intent)
    elif change := mark_intent_paid(intent, clock.now()):
        post_transfers(late_payment_received(intent.id, "sandbox", BUYER, intent.amount_idr))
        post_transfers(gateway_charge(intent.id, "sandbox", 805))
    close_message(message, change.value)
    return change


class TestAnyHistory(TestCase):
    @settings(max_examples=60)
    @given(st.lists(st.tuples(EVENTS, st.integers(0, 2)), min_size=1, max_size=12))
    def test_any_interleaving_of_retries_and_duplicates_pays_once(self, deliveries: list[tuple[str, int]]) -> None:
        """Each delivery of an event, followed by so many runs of its job."""
        intent = new_intent()
        payments = []
        for event, runs in deliveries:
            message, _ = record_message("sandbox", event, event.split()[0], {})
            changes = [process(intent.id, message.id) for _ in range(runs)]
            payments += [change for change in changes if change and message.kind == "paid"]
        was_paid = any(runs for event, runs in deliveries if event.startswith("paid"))
        assert len(payments) == int(was_paid)
        assert (balance_idr(OWED), balance_idr(CASH)) == ((115_000, 114_195) if was_paid else (0, 0))
        assert PaymentIntent.objects.filter(status="paid").count() == int(was_paid)
