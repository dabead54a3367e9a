"""The stand-in gateway as a process of its own, and a merchant's ear for what it says: for tests over real HTTP."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from lapak.cli.ports import free_port


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook as it arrived."""

    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Ear:
    """Where the gateway's webhooks go; each is answered 200 and kept."""

    url: str
    deliveries: list[Delivery] = field(default_factory=list)

    def wait_for(self, count: int, within: float = 10) -> list[Delivery]:
        """The first `count` deliveries, once they are there."""
        end = time.monotonic() + within
        while len(self.deliveries) < count:
            assert time.monotonic() < end, f"only {len(self.deliveries)} of {count} webhooks came"
            time.sleep(0.02)
        return self.deliveries[:count]


@contextmanager
def listening_ear() -> Iterator[Ear]:
    """A merchant's webhook address on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            ear.deliveries.append(Delivery(dict(self.headers), body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass  # the deliveries are the record

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        ear = Ear(f"http://127.0.0.1:{server.server_port}/")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield ear
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def running_gateway(state: Path, *, api_key: str, secret: str, merchant_webhook: str) -> Iterator[str]:
    """The gateway's address, answering; what it knows is kept in the file `state`, its log beside it.

    It ends with us, however we end: another with the same state would be told another time.
    """
    port = free_port()
    command = [
        sys.executable, "-m", "lapak.cli.supervised", "sandbox_gateway", "--port", str(port), "--state", str(state),
        "--merchant-webhook", merchant_webhook, "--duplicate-pause", "0.05", "--disbursement-time", "0",
    ]  # fmt: skip
    keys = {"SANDBOX_GATEWAY_API_KEY": api_key, "SANDBOX_GATEWAY_SECRET": secret}
    source = str(Path(__file__).resolve().parents[2])
    log_file = state.with_suffix(".log")
    with (
        log_file.open("w") as log,
        subprocess.Popen(  # noqa: S603 - our own program, our own arguments
            command,
            env={**os.environ, **keys, "PYTHONPATH": source},
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        ) as process,
    ):
        try:
            _wait_until_answering(f"http://127.0.0.1:{port}", log_file)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_until_answering(url: str, log: Path, within: float = 15) -> None:
    end = time.monotonic() + within
    while True:
        try:
            httpx.get(url, trust_env=False)
        except httpx.TransportError:
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        else:
            return
