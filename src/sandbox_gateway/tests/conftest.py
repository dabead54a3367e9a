"""A gateway whose clock stands still, a merchant that calls its API, and an inbox for what it tells the merchant."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox_gateway.app import make_app
from sandbox_gateway.clock import Clock
from sandbox_gateway.config import Config
from sandbox_gateway.worker import work_once

API_KEY = "key-of-the-merchant"
WEBHOOK_SECRET = "whsec_c2FuZGJveC1nYXRld2F5LXRlc3Q="
NOON = 1_793_682_000.0


class StoppedClock(Clock):
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.stop(NOON)

    @property
    def now(self) -> float:
        return self()

    @now.setter
    def now(self, at: float) -> None:
        self.stop(at)


class Inbox:
    """The merchant's end of the webhook: keeps what was sent, and answers as told."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: Callable[[], httpx.Response] = lambda: httpx.Response(200)

    def take(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answers()


class Gateway:
    """The program as its tests use it."""

    def __init__(self, config: Config, clock: StoppedClock, inbox: Inbox) -> None:
        self.config = config
        self.clock = clock
        self.inbox = inbox
        self.open()

    def open(self) -> None:
        """Start it on its file: also how a restart is tried."""
        self.http = httpx.Client(transport=httpx.WSGITransport(make_app(self.config)), base_url="http://gateway")

    def call(self, method: str, path: str, content: dict[str, Any] | None = None, key: str = API_KEY) -> httpx.Response:
        return self.http.request(method, path, json=content, headers={"authorization": f"Bearer {key}"})

    def charge(self, **changes: Any) -> httpx.Response:
        wanted = {"reference": "intent-1", "amount_idr": 115_000, "expires_at": "2026-11-03T05:30:00Z"} | changes
        return self.call("POST", "/v1/charges", wanted)

    def disbursement(self, **changes: Any) -> httpx.Response:
        wanted = {
            "reference": "payout-1", "amount_idr": 87_780, "bank_code": "014", "account_number": "1234567890",
            "account_holder": "SITI AMINAH", "remark": "LAPAK",
        } | changes  # fmt: skip
        return self.call("POST", "/v1/disbursements", wanted)

    def work(self, seconds: float = 0) -> None:
        """Let time pass, then one round of the worker."""
        self.clock.now += seconds
        with httpx.Client(transport=httpx.MockTransport(self.inbox.take)) as client:
            work_once(self.config, client)


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    clock = StoppedClock()
    config = Config(
        state=tmp_path / "state" / "gateway.sqlite3",
        api_key=API_KEY,
        webhook_secret=WEBHOOK_SECRET,
        merchant_webhook="http://merchant/hooks/payments/sandbox",
        public_url="http://gateway",
        clock=clock,
    )
    gateway = Gateway(config, clock, Inbox())
    yield gateway
    gateway.http.close()
