"""One request to another machine, bounded in time and size; whatever goes wrong is one of two errors."""

import asyncio
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
import msgspec

CONNECT_WITHIN = 3
"""Seconds."""

TRY_AGAIN = {
    HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS,
    # It does not know us, or not any more: it has not looked at what was asked, and will when the key is right again.
    HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED,
}  # fmt: skip
"""What is no answer to what was asked, though it has the number of a refusal."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a whole answer may take, from the first byte sent to the last one read."""

    seconds: float
    most_bytes: int


QUESTION = Bounds(10, 1_000_000)
"""A person is waiting, and so is a worker thread."""

FILE = Bounds(120, 200_000_000)
"""Nobody is waiting: a statement of a great many movements."""


@dataclass(slots=True)
class Breaker:
    """How a machine answered lately. Open: it is left alone for a while, then one request may try for all."""

    failures: int = 0
    left_alone_since: float = 0.0

    def lets_through(self) -> bool:
        if self.failures < FAILURES_IN_A_ROW:
            return True
        if time.monotonic() < self.left_alone_since + LEFT_ALONE_FOR:
            return False
        self.left_alone_since = time.monotonic()  # whoever comes while this one tries would only wait beside it
        return True

    def failed(self) -> None:
        self.failures += 1
        self.left_alone_since = time.monotonic()


FAILURES_IN_A_ROW = 3
LEFT_ALONE_FOR = 15.0
"""Seconds."""

BREAKERS: defaultdict[bytes, Breaker] = defaultdict(Breaker)
"""By the machine's address, in this process."""


class RemoteUnavailable(Exception):  # noqa: N818 - a state of the other side, named as it is spoken of
    """No usable answer: whether the other side did anything is unknown, and asking again may help."""


class RemoteRefused(Exception):  # noqa: N818 - as above
    """The other side understood and said no; asking the same again will not help. `status` and `body` are its words."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(f"{status}: {body[:500]}")
        self.status = status
        self.body = body


def post_json(url: str, content: object, *, headers: Mapping[str, str], answer: type[Answer]) -> Answer:
    """Send `content`, answer what came back as an `answer`; raises `RemoteUnavailable` or `RemoteRefused`.

    `headers` say who asks: `{"authorization": "Bearer …"}`, or as the other side wants it.
    """
    sent = {"content": msgspec.json.encode(content), "headers": {"content-type": "application/json", **headers}}
    return _asked("POST", url, QUESTION, msgspec.json.Decoder(answer).decode, sent)


def get_json(url: str, query: Mapping[str, str], *, headers: Mapping[str, str], answer: type[Answer]) -> Answer:
    """Ask, answer what came back as an `answer`; raises `RemoteUnavailable` or `RemoteRefused`."""
    return _asked("GET", url, QUESTION, msgspec.json.Decoder(answer).decode, {"params": query, "headers": headers})


def get_file(
    url: str, query: Mapping[str, str], *, headers: Mapping[str, str], read: Callable[[bytes], Answer]
) -> Answer:
    """Ask, answer what `read` makes of what came back; raises `RemoteUnavailable` or `RemoteRefused`.

    It may be large and take minutes. What `read` raises says that it is no such file.
    """
    return _asked("GET", url, FILE, read, {"params": query, "headers": headers})


def _asked(method: str, url: str, bounds: Bounds, read: Callable[[bytes], Answer], sent: Mapping[str, Any]) -> Answer:
    """Who did not answer several times in a row is not waited for again at once: others would wait behind."""
    breaker = BREAKERS[httpx.URL(url).netloc]
    if not breaker.lets_through():
        raise RemoteUnavailable("did not answer lately")
    try:
        answered = _answered(method, url, bounds, read, sent)
    except RemoteUnavailable:
        breaker.failed()
        raise
    except RemoteRefused:
        breaker.failures = 0
        raise
    breaker.failures = 0
    return answered


def _answered(
    method: str, url: str, bounds: Bounds, read: Callable[[bytes], Answer], sent: Mapping[str, Any]
) -> Answer:
    try:
        status, body = fetched(method, url, bounds, sent)
    except TimeoutError as error:
        raise RemoteUnavailable(f"no whole answer within {bounds.seconds} s") from error
    except httpx.HTTPError as error:
        raise RemoteUnavailable(repr(error)) from error
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in TRY_AGAIN:
        raise RemoteRefused(status, body.decode(errors="replace"))
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise RemoteUnavailable(f"answered {status}")
    try:
        return read(body)
    except Exception as error:  # what other people's bytes make a reader stumble over is no list
        raise RemoteUnavailable(f"answered what cannot be read: {error!r}") from error


def fetched(method: str, url: str, bounds: Bounds, sent: Mapping[str, Any]) -> tuple[int, bytes]:
    """Status and body: the one place where a request leaves this machine. `httpx.HTTPError`, `TimeoutError`."""
    return asyncio.run(_fetched(method, url, bounds, sent))


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that are believed: reading them takes longer than most answers."""
    return httpx.create_ssl_context(trust_env=False)


async def _fetched(method: str, url: str, bounds: Bounds, sent: Mapping[str, Any]) -> tuple[int, bytes]:
    """Only a loop of one's own can stop whoever sends a byte now and then."""
    timeout = httpx.Timeout(bounds.seconds, connect=CONNECT_WITHIN)
    body = bytearray()
    async with (
        asyncio.timeout(bounds.seconds),
        httpx.AsyncClient(timeout=timeout, trust_env=False, verify=trusted()) as client,
        client.stream(method, url, **sent) as response,
    ):
        async for part in response.aiter_bytes():
            body += part
            if len(body) > bounds.most_bytes:
                raise RemoteUnavailable(f"answered more than {bounds.most_bytes} bytes")
    return response.status_code, bytes(body)
