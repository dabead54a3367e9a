"""Asking another machine: an answer, a refusal, or nothing usable, within bounds."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import httpx
import pytest

from lapak.lib import remote
from lapak.lib.remote import LEFT_ALONE_FOR, Bounds, Breaker, RemoteRefused, RemoteUnavailable, get_file, post_json
from lapak.testing.network import Network


def ask(url: str = "http://elsewhere/v1") -> dict[str, int]:
    return post_json(url, {"a": 1}, headers={"authorization": "Basic key"}, answer=dict[str, int])


def test_answers_what_came_back(network: Network) -> None:
    network.answers(200, '{"b": 2}')
    assert ask() == {"b": 2}
    sent = network.requests[0]
    assert (sent.method, sent.content, sent.headers["authorization"]) == ("POST", b'{"a":1}', "Basic key")
    assert sent.headers["content-type"] == "application/json"


def test_a_file_is_what_its_reader_makes_of_it(network: Network) -> None:
    network.answers(200, "a;b\n1;2")
    assert get_file("http://elsewhere/f", {"day": "1"}, headers={}, read=lambda body: body.split(b";")[1]) == b"b\n1"
    assert network.requests[0].url.query == b"day=1"


@pytest.mark.parametrize(
    "error", [ValueError("odd"), KeyError("missing"), RecursionError(), AttributeError("None has none")]
)
def test_a_file_that_its_reader_stumbles_over_is_unavailable(network: Network, error: Exception) -> None:
    def read(_body: bytes) -> None:
        raise error

    network.answers(200, "…")
    with pytest.raises(RemoteUnavailable, match="cannot be read"):
        get_file("http://elsewhere/f", {}, headers={}, read=read)


@pytest.mark.parametrize("status", [302, 408, 429, 500, 503])
def test_an_answer_that_may_change_is_unavailable(network: Network, status: int) -> None:
    network.answers(status, "{}")
    with pytest.raises(RemoteUnavailable, match=str(status)):
        ask()


@pytest.mark.parametrize("status", [401, 403, 407])
def test_who_does_not_know_us_has_refused_nothing(network: Network, status: int) -> None:
    network.answers(status, '{"error": "key"}')
    with pytest.raises(RemoteUnavailable, match=str(status)):
        ask()


@pytest.mark.parametrize("body", ["", "<html>", '{"b": "two"}', b"\xff"])
def test_an_answer_that_cannot_be_read_is_unavailable(network: Network, body: str | bytes) -> None:
    network.answers(200, body)
    with pytest.raises(RemoteUnavailable, match="cannot be read"):
        ask()


@pytest.mark.parametrize("error", [httpx.ConnectError("no"), httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("?")])
def test_no_answer_is_unavailable(network: Network, error: httpx.HTTPError) -> None:
    network.fails(error)
    with pytest.raises(RemoteUnavailable):
        ask()


@pytest.mark.parametrize("status", [400, 404, 409, 422])
def test_a_refusal_carries_the_other_sides_words(network: Network, status: int) -> None:
    network.answers(status, '{"error": "why"}')
    with pytest.raises(RemoteRefused) as refused:
        ask()
    assert (refused.value.status, refused.value.body) == (status, '{"error": "why"}')


@contextmanager
def listening(speak: Callable[[socket.socket, threading.Event], object]) -> Iterator[str]:
    """A machine that takes one request, answers it as `speak` does, and is gone at the end."""
    over = threading.Event()

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65_536)
            with suppress(OSError):  # whoever asked has gone, as they should
                speak(connection, over)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        finally:
            over.set()
            thread.join()
            remote.BREAKERS.clear()


def a_byte_now_and_then(head: bytes) -> Callable[[socket.socket, threading.Event], object]:
    """Each sooner than a single read gives up."""

    def speak(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(head)
        while not over.wait(0.02):
            connection.sendall(b"x")

    return speak


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n", b"HTTP/1.1 200 OK\r\nx-more: "]
)
def test_who_never_comes_to_an_end_is_not_listened_to_for_ever(monkeypatch: pytest.MonkeyPatch, head: bytes) -> None:
    monkeypatch.setattr(remote, "QUESTION", Bounds(0.3, 1_000_000))
    with listening(a_byte_now_and_then(head)) as url, pytest.raises(RemoteUnavailable, match="no whole answer"):
        ask(url)


def test_nor_is_more_kept_than_an_answer_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "QUESTION", Bounds(10, 1_000))

    def speak(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not over.is_set():
            connection.sendall(b" " * 10_000)

    with listening(speak) as url, pytest.raises(RemoteUnavailable, match="more than 1000 bytes"):
        ask(url)


def test_one_tries_for_all_when_it_was_left_alone_long_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1_000.0
    monkeypatch.setattr("lapak.lib.remote.time.monotonic", lambda: moment)
    breaker = Breaker()
    for _ in range(3):
        assert breaker.lets_through()
        breaker.failed()
    assert not breaker.lets_through()
    moment += LEFT_ALONE_FOR
    assert [breaker.lets_through() for _ in range(4)] == [True, False, False, False]
