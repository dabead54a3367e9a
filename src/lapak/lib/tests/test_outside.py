"""A file from an address that an outsider named: bounded, and never from this machine or its network."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lapak.lib import outside
from lapak.lib.outside import AddressForbidden, get_outside, is_public
from lapak.lib.remote import Bounds, RemoteRefused, RemoteUnavailable

BOUNDS = Bounds(5, 1_000)


class _Answers(BaseHTTPRequestHandler):
    """What the path says: a body, a status, a redirect, too much, or an answer that never ends."""

    hosts: list[str]

    def do_GET(self) -> None:
        self.hosts.append(self.headers["host"])
        kind, _slash, rest = self.path.strip("/").partition("/")
        self.send_response({"to": 302, "status": int(rest or 0) if kind == "status" else 200}.get(kind, 200))
        if kind == "to":
            self.send_header("location", f"http://{rest}" if ":" in rest or "." in rest else f"/{rest}")
        self.end_headers()
        self.wfile.write(b"x" * 2_000 if kind == "much" else b"picture")

    def log_message(self, *_said: object) -> None:
        """Nothing is written."""


@contextmanager
def _served() -> Iterator[ThreadingHTTPServer]:
    _Answers.hosts = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of this machine that passes for one of the public network under the name `cdn.example`."""
    with _served() as server:
        port = server.server_port
        monkeypatch.setattr(outside, "is_public", lambda address: address == "127.0.0.1")
        monkeypatch.setattr(outside, "PORTS", {"http": port, "https": 443})
        known = socket.getaddrinfo

        def named(host: str, *rest: object, **more: object) -> object:
            return known("127.0.0.1" if host == "cdn.example" else host, *rest, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(socket, "getaddrinfo", named)
        yield f"http://cdn.example:{port}"


def test_the_file_is_had_from_the_address_that_was_looked_at(base: str) -> None:
    assert get_outside(f"{base}/a.jpg", BOUNDS) == b"picture"
    assert _Answers.hosts == [base.removeprefix("http://")]


def test_a_redirect_is_followed(base: str) -> None:
    assert get_outside(f"{base}/to/a", BOUNDS) == b"picture"


def test_who_redirects_on_and_on_is_left(base: str) -> None:
    with pytest.raises(AddressForbidden, match="redirects"):
        get_outside(f"{base}/to/to/to/to/to/a", BOUNDS)


@pytest.mark.parametrize("there", ["169.254.169.254/latest", "10.0.0.1/a", "[::1]:80/a"])
def test_a_redirect_inwards_is_refused(base: str, there: str) -> None:
    with pytest.raises(AddressForbidden, match="public"):
        get_outside(f"{base}/to/{there}", BOUNDS)


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, RemoteRefused), (403, RemoteRefused), (429, RemoteUnavailable), (503, RemoteUnavailable)],
)
def test_what_helps_to_ask_again_is_told_from_what_does_not(base: str, status: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        get_outside(f"{base}/status/{status}", BOUNDS)


def test_what_is_too_much_is_refused(base: str) -> None:
    with pytest.raises(RemoteRefused, match="413"):
        get_outside(f"{base}/much", BOUNDS)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/a", "file:///etc/passwd", "http://", "example.com/a", "http://a:b@example.com/", "http://[::1",
        "http://example.com:22/", "http://example.com:5432/", "",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_asked(url: str) -> None:
    with pytest.raises(AddressForbidden):
        get_outside(url, BOUNDS)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/a", "http://localhost/a", "http://[::ffff:127.0.0.1]/a", "http://2130706433/a", "http://0/a"],
)
def test_this_machine_is_not_asked(url: str) -> None:
    with pytest.raises((AddressForbidden, RemoteUnavailable), match=r"(public|not known)"):
        get_outside(url, BOUNDS)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.1.1.1", False),
        ("240.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00:ec2::254", False),
        ("::ffff:169.254.169.254", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
    ],
)
def test_only_the_public_network_is_asked(address: str, public: bool) -> None:
    assert is_public(address) == public
