"""Asking the provider for a QRIS string: once, checked, and not for a payment that is over."""

import json
from datetime import timedelta

import httpx
import pytest
from django.db import transaction

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.lib.refusal import Refusal
from lapak.money.gateways.errors import GatewayRefused, GatewayUnavailable, UnknownGateway
from lapak.money.gateways.tests.recorded import recorded
from lapak.money.payments.commands import issue_qris, mark_intent_expired, mark_intent_paid
from lapak.money.payments.errors import (
    IntentExpired,
    IntentNotFound,
    IntentPaid,
    InvalidQris,
)
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.tests.conftest import new_intent
from lapak.testing.network import Network
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

CREATED = recorded("charge_created")


def refuse(intent: PaymentIntent, refusal: type[Refusal]) -> Refusal:
    """The refusal, after proving that the payment is as it was."""
    with pytest.raises(refusal) as refused:
        issue_qris(intent.id)
    kept = PaymentIntent.objects.get(id=intent.id)
    assert (kept.instructions, kept.provider_reference) == ({}, "")
    return refused.value


def test_the_payment_gets_its_code_and_pay_page(intent: PaymentIntent, network: Network) -> None:
    network.answers(200, json.dumps(CREATED))
    issued = issue_qris(intent.id, description="Batik Sekar", return_url="http://localhost:8000/purchases/1")
    assert issued.instructions == {"qris_payload": CREATED["qris_payload"], "pay_url": CREATED["pay_url"]}
    assert issued.provider_reference == CREATED["id"]
    asked = json.loads(network.requests[0].read())
    assert asked == {
        "reference": str(intent.id),
        "amount_idr": 115_000,
        "expires_at": intent.expires_at.isoformat().replace("+00:00", "Z"),
        "description": "Batik Sekar",
        "return_url": "http://localhost:8000/purchases/1",
    }


def test_again_answers_the_same_without_asking(intent: PaymentIntent, network: Network) -> None:
    network.answers(200, json.dumps(CREATED))
    first = issue_qris(intent.id)
    second = issue_qris(intent.id)
    assert first.instructions == second.instructions
    assert len(network.requests) == 1


def test_of_two_at_once_the_first_answer_is_kept(intent: PaymentIntent, network: Network) -> None:
    def answer_after_another(_request: httpx.Request) -> httpx.Response:
        PaymentIntent.objects.filter(id=intent.id).update(
            instructions={"qris_payload": "first"}, provider_reference="ch1"
        )
        return httpx.Response(200, json=CREATED)

    network.answer = answer_after_another
    assert issue_qris(intent.id).instructions == {"qris_payload": "first"}


def test_a_gateway_that_is_down_is_said_so_and_can_be_asked_again(intent: PaymentIntent, network: Network) -> None:
    network.fails(httpx.ConnectTimeout("down"))
    refuse(intent, GatewayUnavailable)
    network.answers(200, json.dumps(CREATED))
    assert issue_qris(intent.id).instructions


@pytest.mark.parametrize(
    "answer", ["{}", json.dumps(CREATED | {"pay_url": "javascript:alert(1)"}), json.dumps(CREATED | {"id": ""})]
)
def test_an_answer_without_sense_is_not_stored(intent: PaymentIntent, network: Network, answer: str) -> None:
    network.answers(200, answer)
    refuse(intent, GatewayUnavailable)


def test_a_gateway_that_says_no_is_believed(intent: PaymentIntent, network: Network) -> None:
    network.answers(409, json.dumps(recorded("charge_refused")))
    refuse(intent, GatewayRefused)


def test_an_edited_code_is_not_stored(intent: PaymentIntent, network: Network) -> None:
    edited = CREATED["qris_payload"].replace("5406115000", "5406915000")
    network.answers(200, json.dumps(CREATED | {"qris_payload": edited}))
    refusal = refuse(intent, InvalidQris)
    assert isinstance(refusal, InvalidQris)
    assert "checksum" in refusal.reason


def test_a_code_for_another_amount_is_not_stored(network: Network, db: None) -> None:
    intent = new_intent(amount_idr=114_999)
    network.answers(200, json.dumps(CREATED))
    refuse(intent, InvalidQris)


def test_a_paid_payment_is_not_asked_for(intent: PaymentIntent, network: Network) -> None:
    mark_intent_paid(intent, clock.now())
    refuse(intent, IntentPaid)
    assert network.requests == []


def test_an_expired_payment_is_not_asked_for(intent: PaymentIntent, network: Network) -> None:
    mark_intent_expired(intent)
    refuse(intent, IntentExpired)
    assert network.requests == []


def test_a_payment_whose_time_is_over_is_not_asked_for(intent: PaymentIntent, network: Network) -> None:
    with clock.stopped_at(intent.expires_at):
        refuse(intent, IntentExpired)
    with clock.stopped_at(intent.expires_at - timedelta(seconds=1)):
        refuse(intent, GatewayUnavailable)
    assert len(network.requests) == 1


def test_a_payment_paid_while_asking_is_said_to_be_paid(intent: PaymentIntent, network: Network) -> None:
    def answer_after_payment(_request: httpx.Request) -> httpx.Response:
        mark_intent_paid(intent, clock.now())
        return httpx.Response(200, json=CREATED)

    network.answer = answer_after_payment
    with pytest.raises(IntentPaid):  # another writes meanwhile
        issue_qris(intent.id)


def test_an_unknown_payment_is_not_found(network: Network) -> None:
    with refused(IntentNotFound):
        issue_qris(new_id())


def test_an_unknown_provider_is_refused(db: None, network: Network) -> None:
    intent = new_intent(provider="nobody")
    refuse(intent, UnknownGateway)


def test_inside_a_transaction_the_network_is_never_waited_for(intent: PaymentIntent, network: Network) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        issue_qris(intent.id)
    assert network.requests == []
