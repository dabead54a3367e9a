"""Who sends slowly, not at all, or too much holds a connection, and nothing that others need. Nothing here waits for long:
each attack lasts only as long as the others take to be served."""

import http.client
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from pytest_django import DjangoDbBlocker

from lapak.testing.stage import Stage, throwaway_stage
from tests.crash.test_clicks_survive_sigterm import HOST, running_server

pytestmark = pytest.mark.long

ATTACKERS = 40
"""Ten times the threads that the server has for pages."""

SERVED_WITHIN_S = 40
"""For a machine that is busy with other things; without the door nothing was served for 55 s."""

FORM = "Origin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
"""As from a page of ours: then the body is asked for."""


@pytest.fixture(scope="module")
def stage(django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), throwaway_stage() as stage:
        yield stage


@pytest.fixture(scope="module")
def port(stage: Stage) -> Iterator[int]:
    with running_server(stage) as (_, port):
        yield port


def sent(port: int, text: str) -> socket.socket:
    attacker = socket.create_connection((HOST, port), timeout=SERVED_WITHIN_S)
    attacker.sendall(text.encode())
    return attacker


def status_of(port: int, path: str) -> int:
    """What somebody else gets meanwhile."""
    connection = http.client.HTTPConnection(HOST, port, timeout=SERVED_WITHIN_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("attack", "count"),
    [
        pytest.param(
            f"POST /cart/add HTTP/1.1\r\nHost: localhost\r\n{FORM}Content-Length: 200\r\n\r\nv", ATTACKERS, id="body"
        ),
        pytest.param(
            f"POST /checkout HTTP/1.1\r\nHost: localhost\r\n{FORM}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
            ATTACKERS,
            id="chunks",
        ),
        pytest.param("POST /cart/add HTTP/1.1\r\nHost: loc", ATTACKERS, id="headers"),
        pytest.param("", 1_500, id="idle"),
    ],
)
def test_slow_ones_keep_nobody_out(port: int, attack: str, count: int) -> None:
    with ExitStack() as attackers:
        for _ in range(count):
            attackers.enter_context(sent(port, attack))
        assert [status_of(port, path) for path in ["/help"] * 6 + ["/r/unknown"]] == [200] * 6 + [404]


@pytest.mark.parametrize(
    ("path", "length"), [("/cart/add", 3_000_001), ("/checkout", 10**12), ("/sell/toko/move-in", 10**10)]
)
def test_too_much_is_not_even_read(port: int, path: str, length: int) -> None:
    with sent(port, f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{FORM}Content-Length: {length}\r\n\r\n") as attacker:
        answer = attacker.recv(10_000)
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert is_closed(attacker)


def test_headers_without_end(port: int) -> None:
    with sent(port, "GET / HTTP/1.1\r\nHost: localhost\r\n") as attacker:
        try:
            for n in range(2_000):
                attacker.sendall(f"X-{n}: {'x' * 1_000}\r\n".encode())
            answer = attacker.recv(10_000)
        except OSError:
            answer = b""  # it did not even wait for the end
    assert not answer.startswith(b"HTTP/1.1 200")
    assert status_of(port, "/help") == 200


def is_closed(attacker: socket.socket) -> bool:
    read: Callable[[int], bytes] = attacker.recv
    try:
        return read(1) == b""
    except ConnectionResetError:
        return True
