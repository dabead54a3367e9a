"""Telling the merchant: signed, tried again, repeated."""

import json
from datetime import UTC, datetime

import httpx
import pytest
from standardwebhooks import Webhook

from sandbox_gateway.tests.conftest import WEBHOOK_SECRET, Gateway


def pay(gateway: Gateway) -> None:
    charge = gateway.charge().json()
    gateway.http.post(f"/pay/{charge['id']}/confirm")


def test_the_signature_is_that_of_standard_webhooks(gateway: Gateway) -> None:
    pay(gateway)
    gateway.work()
    request = gateway.inbox.requests[0]
    expected = Webhook(WEBHOOK_SECRET)
    assert request.headers["webhook-timestamp"] == "1793682000"
    with pytest.MonkeyPatch.context() as patch:
        # The package compares with the real clock; here time stands still.
        patch.setattr(Webhook, "_Webhook__verify_timestamp", lambda _self, header: _at(header))
        event = expected.verify(request.read(), dict(request.headers))
    assert event["type"] == "charge.paid"
    assert event["data"] | {"id": ""} == {
        "id": "", "reference": "intent-1", "amount_idr": 115_000, "fee_idr": 805, "currency": "IDR", "status": "paid",
        "created_at": "2026-11-03T05:00:00.000Z", "expires_at": "2026-11-03T05:30:00.000Z",
        "paid_at": "2026-11-03T05:00:00.000Z",
    }  # fmt: skip


def test_a_taken_event_is_sent_again_three_times_with_the_same_id(gateway: Gateway) -> None:
    pay(gateway)
    for _ in range(10):
        gateway.work(0.5)
    assert len(gateway.inbox.requests) == 4
    assert len({request.headers["webhook-id"] for request in gateway.inbox.requests}) == 1
    assert len({request.read() for request in gateway.inbox.requests}) == 1


@pytest.mark.parametrize("status", [302, 401, 500])
def test_what_is_not_taken_is_tried_six_times_with_growing_pauses(gateway: Gateway, status: int) -> None:
    gateway.inbox.answers = lambda: httpx.Response(status)
    pay(gateway)
    gateway.work()
    for tries, pause in enumerate((1, 4, 16, 64, 256), start=1):
        gateway.work(pause - 0.5)
        assert len(gateway.inbox.requests) == tries
        gateway.work(0.5)
        assert len(gateway.inbox.requests) == tries + 1
    gateway.work(100_000)
    assert len(gateway.inbox.requests) == 6


def test_a_merchant_out_of_reach_hears_of_it_when_it_is_back(gateway: Gateway) -> None:
    def unreachable() -> httpx.Response:
        raise httpx.ConnectError("refused")

    gateway.inbox.answers = unreachable
    pay(gateway)
    gateway.work()
    gateway.inbox.answers = lambda: httpx.Response(204)
    gateway.work(0.5)
    assert len(gateway.inbox.requests) == 1
    gateway.work(0.5)
    assert json.loads(gateway.inbox.requests[-1].read())["type"] == "charge.paid"


def _at(header: str) -> object:
    return datetime.fromtimestamp(int(header), UTC)
