"""Disbursements over the API: sent once, then they arrive or come back."""

import json

import pytest

from sandbox_gateway.tests.conftest import Gateway


def told(gateway: Gateway) -> list[tuple[str, str]]:
    events = [json.loads(request.read()) for request in gateway.inbox.requests]
    return [(event["type"], event["data"]["failure"]) for event in events]


def test_it_arrives_after_a_while_and_the_merchant_is_told(gateway: Gateway) -> None:
    sent = gateway.disbursement().json()
    gateway.work()
    assert (sent["status"], sent["finished_at"], told(gateway)) == ("pending", None, [])
    gateway.work(seconds=1)
    assert told(gateway) == [("disbursement.completed", "")]
    assert gateway.call("GET", f"/v1/disbursements/{sent['id']}").json()["status"] == "completed"


def test_an_account_the_bank_does_not_know_fails(gateway: Gateway) -> None:
    gateway.disbursement(account_number="1234569999")
    gateway.work(seconds=1)
    assert told(gateway) == [("disbursement.failed", "account_not_found")]


def test_the_same_reference_is_the_same_transfer(gateway: Gateway) -> None:
    assert gateway.disbursement().json() == gateway.disbursement().json()


@pytest.mark.parametrize("changes", [{"amount_idr": 87_781}, {"account_number": "1234567891"}, {"bank_code": "008"}])
def test_the_same_reference_for_another_transfer_is_refused(gateway: Gateway, changes: dict[str, object]) -> None:
    gateway.disbursement()
    assert gateway.disbursement(**changes).status_code == 409


@pytest.mark.parametrize(
    "changes",
    [{"amount_idr": 0}, {"amount_idr": -5}, {"account_number": "12-34"}, {"account_holder": ""}, {"remark": "x" * 21}],
)
def test_what_cannot_be_sent_is_refused(gateway: Gateway, changes: dict[str, object]) -> None:
    assert gateway.disbursement(**changes).status_code == 422


def test_an_unknown_transfer_is_not_found(gateway: Gateway) -> None:
    assert gateway.call("GET", "/v1/disbursements/di404").status_code == 404
