"""The address a gateway calls: signed and kept once, or not at all."""

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from django.db import OperationalError
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.errors import DeadlockDetected
from pytest_django import Settings
from standardwebhooks import Webhook

from lapak.flows.cancel_order import cancel_unpaid_purchase
from lapak.flows.place_purchase import place_purchase
from lapak.lib.acts import Busy
from lapak.money.gateways.models import GatewayMessage
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.commands import issue_qris
from lapak.money.payments.models import PaymentIntent
from lapak.testing.cast import asked_for, assemble_cast, stocked_variant
from lapak.testing.gateway import listening_ear, running_gateway
from lapak.trade.orders.models import Order, Purchase
from lapak.web.hooks.tasks import UNTIL_THE_DATABASE_IS_BACK, process_gateway_message

pytestmark = pytest.mark.django_db

SECRET = "whsec_c2FuZGJveC1nYXRld2F5LXRlc3Q="
ADDRESS = "/hooks/payments/sandbox"


@pytest.fixture(autouse=True)
def known_secret(settings: Settings) -> None:
    settings.SANDBOX_WEBHOOK_SECRET = SECRET


@pytest.fixture(autouse=True)
def refusals_are_expected(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "django.request")


@pytest.fixture
def purchase() -> Purchase:
    """The worked example: goods 100,000 and shipping 15,000, not paid yet."""
    cast = assemble_cast()
    return Purchase.objects.get(id=place_purchase(cast.buyer.id, asked_for(cast, (stocked_variant(cast.shop), 1))))


@pytest.fixture
def intent(purchase: Purchase) -> PaymentIntent:
    return PaymentIntent.objects.get(pays_for=purchase.id)


def paid(intent: PaymentIntent, **changes: object) -> bytes:
    data = {
        "id": "ch1", "reference": str(intent.id), "amount_idr": 115_000, "fee_idr": 805, "currency": "IDR",
        "status": "paid", "paid_at": "2026-11-03T05:00:00.000Z",
    }  # fmt: skip
    return json.dumps({"type": "charge.paid", "data": data | changes}).encode()


def signed(body: bytes, event_id: str = "msg_1", secret: str = SECRET, at: datetime | None = None) -> dict[str, str]:
    at = at or datetime.now(UTC)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(event_id, at, body.decode()),
    }


def deliver(client: Client, body: bytes, headers: dict[str, str], address: str = ADDRESS) -> int:
    """The status that was answered."""
    return client.post(address, body, content_type="application/json", headers=headers).status_code


class TestKept:
    def test_a_signed_message_is_kept_and_its_job_waits(self, client: Client, intent: PaymentIntent) -> None:
        body = paid(intent)
        assert deliver(client, body, signed(body)) == 200
        kept = GatewayMessage.objects.get()
        assert (kept.provider, kept.event_id, kept.kind) == ("sandbox", "msg_1", "charge.paid")
        assert kept.body == json.loads(body)["data"]
        job = ProcrastinateJob.objects.get()
        assert (job.task_name, job.args) == ("hooks.process_gateway_message", {"message_id": str(kept.id)})

    def test_a_duplicate_is_only_counted(self, client: Client, intent: PaymentIntent) -> None:
        body = paid(intent)
        for _ in range(4):
            assert deliver(client, body, signed(body)) == 200
        assert GatewayMessage.objects.get().times_received == 4
        assert ProcrastinateJob.objects.count() == 1

    def test_a_browser_s_csrf_cookie_is_not_asked_for(self, intent: PaymentIntent) -> None:
        body = paid(intent)
        assert deliver(Client(enforce_csrf_checks=True), body, signed(body)) == 200

    def test_an_older_key_beside_ours_does_no_harm(self, client: Client, intent: PaymentIntent) -> None:
        body = paid(intent)
        headers = signed(body)
        headers["webhook-signature"] = f"v1,AAAA v2,BBBB {headers['webhook-signature']}"
        assert deliver(client, body, headers) == 200


@pytest.mark.django_db(transaction=True)
def test_two_collisions_are_no_fault_of_ours_and_the_message_comes_again(
    client: Client, intent: PaymentIntent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def collide(*_message: object) -> None:
        raise DeadlockDetected

    body = paid(intent)
    with monkeypatch.context() as others:
        others.setattr("lapak.web.hooks.views.record_message", collide)
        answer = client.post(ADDRESS, body, content_type="application/json", headers=signed(body))
    assert (answer.status_code, answer["Retry-After"], GatewayMessage.objects.count()) == (503, "5", 0)
    assert deliver(client, body, signed(body)) == 200


@pytest.mark.usefixtures("intent", "nothing_written")
class TestRefused:
    """Each proves that nothing was written."""

    def test_a_forged_signature(self, client: Client, intent: PaymentIntent) -> None:
        body = paid(intent)
        assert deliver(client, body, signed(body, secret="whsec_c29tZW9uZS1lbHNl")) == 401

    def test_an_edited_body(self, client: Client, intent: PaymentIntent) -> None:
        headers = signed(paid(intent))
        assert deliver(client, paid(intent, amount_idr=1), headers) == 401

    def test_a_signature_of_another_message(self, client: Client, intent: PaymentIntent) -> None:
        body = paid(intent)
        headers = signed(body) | {"webhook-id": "msg_2"}
        assert deliver(client, body, headers) == 401

    @pytest.mark.parametrize("minutes", [-6, 6])
    def test_a_message_from_another_time(self, client: Client, intent: PaymentIntent, minutes: int) -> None:
        body = paid(intent)
        headers = signed(body, at=datetime.now(UTC) + timedelta(minutes=minutes))
        assert deliver(client, body, headers) == 401

    @pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
    def test_a_missing_header(self, client: Client, intent: PaymentIntent, missing: str) -> None:
        body = paid(intent)
        headers = {name: value for name, value in signed(body).items() if name != missing}
        assert deliver(client, body, headers) == 401

    @pytest.mark.parametrize("signature", ["", "v1", "v1,", "v1,***", "v1,é", "v2,AAAA", ",", "v1,a,b"])
    def test_a_signature_that_is_none(self, client: Client, intent: PaymentIntent, signature: str) -> None:
        body = paid(intent)
        headers = signed(body) | {"webhook-signature": signature}
        assert deliver(client, body, headers) == 401

    @pytest.mark.parametrize("timestamp", ["", "now", "nan", "-1", "9" * 30])
    def test_a_timestamp_that_is_none(self, client: Client, intent: PaymentIntent, timestamp: str) -> None:
        body = paid(intent)
        headers = signed(body) | {"webhook-timestamp": timestamp}
        assert deliver(client, body, headers) == 401

    @pytest.mark.parametrize(
        "body", [b"", b"garbage", b"[]", b"{}", b'{"type": "charge.paid"}', b'{"type": 1, "data": {}}']
    )
    def test_signed_garbage(self, client: Client, body: bytes) -> None:
        assert deliver(client, body, signed(body)) == 400

    @pytest.mark.parametrize("data", ['{"a": "\\u0000"}', '{"a": 1e999}'])
    def test_signed_text_that_the_database_cannot_hold(self, client: Client, data: str) -> None:
        body = f'{{"type": "charge.paid", "data": {data}}}'.encode()
        assert deliver(client, body, signed(body)) == 400

    def test_an_event_id_that_is_too_long(self, client: Client, intent: PaymentIntent) -> None:
        body = paid(intent)
        assert deliver(client, body, signed(body, event_id="m" * 81)) == 400

    def test_a_body_that_is_not_text(self, client: Client) -> None:
        assert deliver(client, b"\xff\xfe", signed(b"{}")) == 401

    def test_a_body_that_is_too_large(self, client: Client, intent: PaymentIntent) -> None:
        body = paid(intent, description="x" * 70_000)
        assert deliver(client, body, signed(body)) == 400

    def test_a_provider_that_does_not_exist(self, client: Client, intent: PaymentIntent) -> None:
        body = paid(intent)
        assert deliver(client, body, signed(body), "/hooks/payments/nobody") == 404

    def test_a_look_instead_of_a_message(self, client: Client) -> None:
        assert client.get(ADDRESS).status_code == 405


class TestProcessed:
    """From the address through the job to the books; the flow's own tests say more."""

    def outcome(self, client: Client, body: bytes, event_id: str) -> str:
        assert deliver(client, body, signed(body, event_id)) == 200
        notification = GatewayMessage.objects.get(event_id=event_id)
        process_gateway_message(str(notification.id))
        notification.refresh_from_db()
        return notification.outcome

    def test_a_payment_and_an_expiry_that_comes_after_it(self, client: Client, intent: PaymentIntent) -> None:
        assert self.outcome(client, paid(intent), "msg_1") == "paid"
        expired = paid(intent, paid_at=None).replace(b"charge.paid", b"charge.expired")
        assert self.outcome(client, expired, "msg_2") == "ignored: nothing new"
        assert self.outcome(client, paid(intent), "msg_1") == "paid"
        assert Order.objects.get().state == "to_pack"
        assert cash_idr() == 114_195

    def test_a_wrong_amount_buys_nothing(self, client: Client, intent: PaymentIntent) -> None:
        assert self.outcome(client, paid(intent, amount_idr=114_999), "msg_1") == "kept: amount differs"
        assert PaymentIntent.objects.get().status == "failed"
        assert set(Transfer.objects.values_list("code", flat=True)) == {"unexplained_received", "gateway_charge"}

    def test_a_body_nested_too_deep_is_refused_and_never_kept(self, client: Client, intent: PaymentIntent) -> None:
        deep = b'{"type": "charge.paid", "data": {"x": ' + b"[" * 3000 + b"]" * 3000 + b"}}"
        assert deliver(client, deep, signed(deep)) == 400
        assert not GatewayMessage.objects.exists()


def cash_idr() -> int:
    return balance_idr(AccountKey(AccountKind.GATEWAY_CASH, "sandbox"))


def test_the_job_waits_for_a_database_that_is_away_and_not_for_a_fault_of_ours() -> None:
    job = process_gateway_message.configure().job
    for passing in (OperationalError(), Busy()):
        assert UNTIL_THE_DATABASE_IS_BACK.get_retry_decision(exception=passing, job=job) is not None
    assert UNTIL_THE_DATABASE_IS_BACK.get_retry_decision(exception=KeyError(), job=job) is None


def test_a_late_payment_told_four_times_by_the_gateway_itself(
    client: Client, purchase: Purchase, settings: Settings, tmp_path: Path
) -> None:
    """Over real HTTP, no mock: asked for, cancelled here, paid there, told with a signature, and told again."""
    settings.SANDBOX_API_KEY = "key"
    with (
        listening_ear() as ear,
        running_gateway(
            tmp_path / "gateway.sqlite3", api_key="key", secret=SECRET, merchant_webhook=ear.url
        ) as settings.SANDBOX_URL,
    ):
        issued = issue_qris(PaymentIntent.objects.get(pays_for=purchase.id).id, return_url="http://localhost:8000/")
        cancel_unpaid_purchase(purchase.buyer, purchase.id, "")
        httpx.post(f"{issued.instructions['pay_url']}/confirm?late=1", trust_env=False)
        for delivery in ear.wait_for(4):
            assert deliver(client, delivery.body, delivery.headers) == 200
    for job in ProcrastinateJob.objects.all():
        process_gateway_message(**job.args)
    notification = GatewayMessage.objects.get()
    assert (notification.times_received, notification.outcome) == (4, "paid late")
    owed = AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(purchase.buyer_id))
    assert (balance_idr(owed), cash_idr()) == (115_000, 114_195)
