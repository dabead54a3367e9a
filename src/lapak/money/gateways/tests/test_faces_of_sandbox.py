"""Each face of the sandbox gateway: what it sends, and what it makes of the answer. The network is played."""

import base64
import hashlib
import hmac
import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import httpx
import pytest
from django.conf import settings

from lapak.lib.ids import new_id
from lapak.lib.remote import LEFT_ALONE_FOR
from lapak.money.gateways.contract import (
    AskedCharge,
    AskedRefund,
    ChargeStatus,
    DisbursementStatus,
    DisputeReport,
    DisputeStatus,
    MovementKind,
    OutgoingPayout,
    RefundStatus,
)
from lapak.money.gateways.errors import GatewayRefused, GatewayUnavailable
from lapak.money.gateways.sandbox import GATEWAY
from lapak.money.gateways.tests.recorded import recorded
from lapak.testing.network import Network

assert GATEWAY.charges
assert GATEWAY.refunds
assert GATEWAY.disputes
assert GATEWAY.messages
assert GATEWAY.disbursements
assert GATEWAY.statement
CHARGES, REFUNDS, MESSAGES = GATEWAY.charges, GATEWAY.refunds, GATEWAY.messages
DISPUTES = GATEWAY.disputes
DISBURSEMENTS, STATEMENT = GATEWAY.disbursements, GATEWAY.statement

CREATED = recorded("charge_created")
PAID = recorded("charge_paid")["data"]
INTENT = uuid.UUID(PAID["reference"])


def refund_answer(refund_id: uuid.UUID, **changes: Any) -> str:
    facts = {"refund_key": str(refund_id), "amount_idr": 15_000, "currency": "IDR", "status": "pending", "failure": ""}
    return json.dumps(facts | changes)


def longest_texts(sent: Any) -> dict[str, int]:
    return {name: len(text) for name, text in json.loads(sent).items() if isinstance(text, str)}


class TestCharges:
    @pytest.mark.parametrize("name", ["Toko Batik ", "x", "\N{GRINNING FACE}", "A\n\0"])
    def test_names_of_many_shops_are_cut_to_what_it_takes(self, network: Network, name: str) -> None:
        network.answers(200, json.dumps(CREATED))
        CHARGES.ask(AskedCharge(INTENT, "qris", 1, datetime(2026, 11, 24, tzinfo=UTC), ", ".join([name * 20] * 10), ""))
        (request,) = network.requests
        assert 70 < longest_texts(request.content)["description"] <= 140
        said = json.loads(request.content)["description"]
        assert said.endswith("…")
        assert said.isprintable()

    def test_ask(self, network: Network) -> None:
        network.answers(200, json.dumps(CREATED))
        asked = AskedCharge(INTENT, "qris", 115_000, datetime(2026, 11, 24, 12, tzinfo=UTC), "Batik Sekar", "")
        charge = CHARGES.ask(asked)
        assert charge.provider_reference == CREATED["id"]
        assert charge.instructions == {"qris_payload": CREATED["qris_payload"], "pay_url": CREATED["pay_url"]}
        (request,) = network.requests
        assert json.loads(request.content)["reference"] == str(INTENT)
        assert request.headers["authorization"] == f"Bearer {settings.SANDBOX_API_KEY}"

    def test_status(self, network: Network) -> None:
        network.answers(200, json.dumps(PAID))
        report = CHARGES.status(INTENT, "ch1")
        assert (report.intent_id, report.status, report.amount_idr, report.fee_idr) == (
            INTENT, ChargeStatus.PAID, 115_000, 805,
        )  # fmt: skip

    def test_expire_of_what_was_paid_says_so(self, network: Network) -> None:
        def answer(request: httpx.Request) -> httpx.Response:
            if request.method == "POST":
                return httpx.Response(409, json={"error": {"code": "already_paid"}})
            return httpx.Response(200, json=PAID)

        network.answer = answer
        assert CHARGES.expire(INTENT, "ch1").status is ChargeStatus.PAID

    def test_expire(self, network: Network) -> None:
        network.answers(200, json.dumps(recorded("charge_expired")["data"]))
        assert CHARGES.expire(INTENT, "ch1").status is ChargeStatus.EXPIRED


class TestRefunds:
    ASKED = AskedRefund(new_id(), INTENT, "ch1", 15_000)

    def test_ask(self, network: Network) -> None:
        network.answers(200, refund_answer(self.ASKED.refund_id))
        assert REFUNDS.ask(self.ASKED).status is RefundStatus.PENDING
        (request,) = network.requests
        assert request.url.path == "/v1/charges/ch1/refunds"
        assert json.loads(request.content) == {"refund_key": str(self.ASKED.refund_id), "amount_idr": 15_000}

    def test_status(self, network: Network) -> None:
        network.answers(200, refund_answer(self.ASKED.refund_id, status="failed", failure="account_closed"))
        report = REFUNDS.status(self.ASKED)
        assert (report.status, report.failure) == (RefundStatus.FAILED, "account_closed")

    def test_a_no_has_its_reason(self, network: Network) -> None:
        network.answers(409, '{"error": {"code": "too_late"}}')
        with pytest.raises(GatewayRefused) as refused:
            REFUNDS.ask(self.ASKED)
        assert "too_late" in refused.value.reason

    def test_how_long(self) -> None:
        assert timedelta(days=6) < REFUNDS.possible_for("qris") < timedelta(days=7)
        assert REFUNDS.possible_for("va") == timedelta(0)


class TestDisputes:
    ANSWER: ClassVar[dict[str, Any]] = recorded("dispute_opened")["data"]

    @pytest.mark.parametrize(
        ("said", "is_taken"), [("opened", True), ("answered", True), ("won", False), ("lost", True)]
    )
    def test_status(self, network: Network, said: str, *, is_taken: bool) -> None:
        network.answers(200, json.dumps(self.ANSWER | {"status": said}))
        report = DISPUTES.status("dp1")
        assert network.requests[0].url.path == "/v1/disputes/dp1"
        assert report == DisputeReport(
            reference=self.ANSWER["id"],
            intent_id=INTENT,
            status=DisputeStatus(said),
            amount_idr=115_000,
            answer_by=datetime(2026, 12, 1, 10, 44, 16, tzinfo=UTC),
            is_taken=is_taken,
            reason="goods_not_as_described",
        )

    def test_answer(self, network: Network) -> None:
        network.answers(200, json.dumps(self.ANSWER | {"status": "answered"}))
        assert DISPUTES.answer("dp1", "It came.").status is DisputeStatus.ANSWERED
        (request,) = network.requests
        assert (request.url.path, json.loads(request.content)) == ("/v1/disputes/dp1/answer", {"evidence": "It came."})

    def test_a_message(self) -> None:
        report = MESSAGES.read("dispute.lost", self.ANSWER | {"fee_idr": 50_000})
        assert isinstance(report, DisputeReport)
        assert (report.status, report.fee_idr, report.intent_id) == (DisputeStatus.LOST, 50_000, INTENT)


class TestDisbursements:
    def test_send_says_which_account_was_refused(self, network: Network) -> None:
        payouts = [OutgoingPayout(new_id(), "A1", 1_000, "014", number, "SITI") for number in ("1234567890", "12")]

        def answer(request: httpx.Request) -> httpx.Response:
            content = json.loads(request.content)
            if content["account_number"] == "12":
                return httpx.Response(422, json={"error": {"code": "invalid", "message": "No such account number."}})
            return httpx.Response(200, json=content)

        network.answer = answer
        assert set(DISBURSEMENTS.send(payouts).refused) == {payouts[1].id}

    def test_a_long_holder_is_cut_to_what_it_takes(self, network: Network) -> None:
        network.answers(200, json.dumps({"reference": str(INTENT)}))
        DISBURSEMENTS.send([OutgoingPayout(INTENT, "A" * 30, 1_000, "014", "1234567890", "SITI " * 60)])
        (request,) = network.requests
        lengths = longest_texts(request.content)
        assert 100 < lengths["account_holder"] <= 120
        assert lengths["remark"] <= 20

    @pytest.mark.parametrize(
        ("said", "status"),
        [
            ("pending", DisbursementStatus.PENDING),
            ("completed", DisbursementStatus.ARRIVED),
            ("failed", DisbursementStatus.FAILED),
            ("returned", DisbursementStatus.RETURNED),
        ],
    )
    def test_status(self, network: Network, said: str, status: DisbursementStatus) -> None:
        payout_id = new_id()
        answer = recorded("disbursement_completed")["data"] | {"reference": str(payout_id), "status": said}
        network.answers(200, json.dumps(answer))
        assert DISBURSEMENTS.status(payout_id).status is status


def test_the_statement(network: Network) -> None:
    line = {
        "happened_at": "2026-11-24T10:44:15.160Z",
        "kind": "payment",
        "reference": str(INTENT),
        "amount_idr": 115_000,
    }
    network.answers(200, json.dumps({"opening_idr": 5, "closing_idr": 115_005, "movements": [line]}))
    since = datetime(2026, 11, 24, tzinfo=UTC)
    statement = STATEMENT.between(since, since + timedelta(days=1))
    assert (statement.opening_idr, statement.closing_idr) == (5, 115_005)
    assert (statement.movements[0].kind, statement.movements[0].amount_idr) == (MovementKind.PAYMENT, 115_000)


def signed(body: bytes, at: datetime) -> dict[str, str]:
    """Its headers on a message."""
    mac = hmac.digest(
        base64.b64decode(settings.SANDBOX_WEBHOOK_SECRET.removeprefix("whsec_")),
        b"msg_1." + str(int(at.timestamp())).encode() + b"." + body,
        hashlib.sha256,
    )
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }


class TestMessages:
    def test_a_signed_one_is_read(self) -> None:
        body = json.dumps(recorded("charge_paid")).encode()
        message = MESSAGES.verify(signed(body, datetime.now(UTC)), body)
        assert (message.event_id, message.kind) == ("msg_1", "charge.paid")
        report = MESSAGES.read(message.kind, message.body)
        assert report is not None
        assert report.status is ChargeStatus.PAID


def test_who_does_not_answer_three_times_is_left_alone_for_a_while(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = 1_000.0
    monkeypatch.setattr("lapak.lib.remote.time.monotonic", lambda: moment)
    network.fails(httpx.ConnectError("away"))
    for _ in range(10):
        with pytest.raises(GatewayUnavailable):
            CHARGES.status(INTENT, "ch1")
    assert len(network.requests) == 3
    moment += LEFT_ALONE_FOR
    network.answers(200, json.dumps(PAID))
    for _ in range(2):
        assert CHARGES.status(INTENT, "ch1").status is ChargeStatus.PAID
    assert len(network.requests) == 5
