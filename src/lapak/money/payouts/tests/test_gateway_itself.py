"""Payouts with the stand-in gateway itself, over real HTTP: what was recorded is still what it says."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from lapak.money.gateways.contract import DisbursementReport
from lapak.money.gateways.registry import messages_of
from lapak.money.payouts.commands import act_on_disbursement, dispatch_batch, send_payouts
from lapak.money.payouts.rules import Outcome
from lapak.money.payouts.tests.people import People, bank_account_of, owe
from lapak.testing.gateway import Delivery, listening_ear, running_gateway


def process(delivery: Delivery) -> Outcome:
    event = json.loads(delivery.body)
    report = messages_of("sandbox").read(event["type"], event["data"])
    assert isinstance(report, DisbursementReport)
    return act_on_disbursement(report, "sandbox")


@pytest.mark.django_db
def test_one_arrives_and_one_comes_back_however_often_it_is_said(
    people: People, settings: Settings, tmp_path: Path
) -> None:
    # The gateway's number for an account no bank knows.
    unknown = bank_account_of(people.creator_bank_account.user, "1234569999")
    claims = [people.shop_claim(), replace(people.creator_claim(), bank_account_id=unknown.id)]
    for claim in claims:
        owe(claim.account, 87_780)
    batch = send_payouts(people.operator, "sandbox", claims)
    settings.SANDBOX_API_KEY = "key"
    with (
        listening_ear() as ear,
        running_gateway(
            tmp_path / "gateway.sqlite3", api_key="key", secret="whsec_c2FuZGJveA==", merchant_webhook=ear.url
        ) as url,
    ):
        settings.SANDBOX_URL = url
        dispatch_batch(batch.id)
        outcomes = [process(delivery) for delivery in ear.wait_for(8)]
    assert sorted(outcomes) == [Outcome.CONFIRMED, Outcome.FAILED] + [Outcome.NOTHING_NEW] * 6
    assert dict(batch.payouts.values_list("account_id", "status")) == {
        claims[0].account.id: "confirmed",
        claims[1].account.id: "failed",
    }
