"""A load generator: one thread, many keep-alive connections, as little work per answer as Python allows."""

import math
import re
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)


@dataclass(slots=True)
class Load:
    """What a run of requests came to. `client_share` is the part of one core that the generator itself was busy."""

    seconds: float = 0.0
    client_share: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies_ms: list[float] = field(default_factory=list)

    @property
    def answers(self) -> int:
        return self.statuses.total()

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds


def get_request(path: str, *headers: str) -> bytes:
    """The bytes of a GET, as a browser on a kept connection sends them."""
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()


def post_request(path: str, form: str, *headers: str) -> bytes:
    """The bytes of a form's POST, likewise."""
    about = ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(form)}"]
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: localhost", *headers, *about, "", form]).encode()


def run_load(port: int, requests: Iterable[bytes], *, connections: int, seconds: float = math.inf) -> Load:
    """Send the requests, one at a time on each connection, until they or the seconds run out; every answer is awaited.

    `itertools.cycle(…)` repeats a few for the whole time; a plain list sends each once.
    """
    waiting = iter(requests)
    load = Load()
    with selectors.DefaultSelector() as selector:
        started, busy_before = time.perf_counter(), time.thread_time()
        kept = [_Connection(port, selector) for _ in range(connections)]
        unanswered = sum(connection.send(waiting) for connection in kept)
        stop_at = started + seconds
        while unanswered:
            for key, _ in selector.select():
                asked: _Connection = key.data
                status = asked.receive()
                if status is None:
                    continue
                now = time.perf_counter()
                load.statuses[status] += 1
                load.latencies_ms.append((now - asked.sent_at) * 1000)
                if now > stop_at or not asked.send(waiting):
                    unanswered -= 1
        load.seconds = time.perf_counter() - started
        load.client_share = (time.thread_time() - busy_before) / load.seconds
        for connection in kept:
            connection.close()
    return load


class _Connection:
    """A kept connection with at most one request under way."""

    __slots__ = ("_received", "_selector", "_socket", "sent_at")

    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""
        self._selector = selector
        selector.register(self._socket, selectors.EVENT_READ, self)
        self.sent_at = 0.0

    def send(self, waiting: Iterator[bytes]) -> bool:
        """Send the next request; False when there is none left."""
        request = next(waiting, None)
        if request is None:
            return False
        self.sent_at = time.perf_counter()
        self._socket.sendall(request)
        return True

    def receive(self) -> int | None:
        """The status of the answer once all of it is here."""
        data = self._socket.recv(65_536)
        if not data:
            raise ConnectionError("the server closed a kept connection")
        self._received += data
        if not _is_whole(self._received):
            return None
        status = int(self._received[9:12])
        self._received = b""
        return status

    def close(self) -> None:
        self._selector.unregister(self._socket)
        self._socket.close()


def _is_whole(received: bytes) -> bool:
    head, blank_line, body = received.partition(b"\r\n\r\n")
    if not blank_line:
        return False
    if length := _CONTENT_LENGTH.search(head):
        return len(body) >= int(length[1])
    if _CHUNKED.search(head):
        return body.endswith(b"0\r\n\r\n")
    return True
