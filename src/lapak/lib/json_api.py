"""One JSON request to another machine, bounded in time; whatever goes wrong is one of two errors."""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
import msgspec

TIMEOUT = httpx.Timeout(10, connect=3)
"""Seconds. A person is waiting, and so is a worker thread."""

TRY_AGAIN = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Breaker:
    """How a machine answered lately. Open: it is left alone for a while, then one more request may try."""

    failures: int = 0
    failed_at: float = 0.0

    def is_open(self) -> bool:
        return self.failures >= FAILURES_IN_A_ROW and time.monotonic() < self.failed_at + LEFT_ALONE_FOR


FAILURES_IN_A_ROW = 3
LEFT_ALONE_FOR = 30.0
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


def post_json(url: str, content: object, *, bearer: str, answer: type[Answer]) -> Answer:
    """Send `content`, answer what came back as an `answer`; raises `RemoteUnavailable` or `RemoteRefused`."""
    return _asked("POST", url, bearer, answer, content=msgspec.json.encode(content))


def get_json(url: str, query: Mapping[str, str], *, bearer: str, answer: type[Answer]) -> Answer:
    """Ask, answer what came back as an `answer`; raises `RemoteUnavailable` or `RemoteRefused`."""
    return _asked("GET", url, bearer, answer, params=query)


def _asked(method: str, url: str, bearer: str, answer: type[Answer], **what: Any) -> Answer:
    """Who did not answer several times in a row is not waited for again at once: others would wait behind."""
    breaker = BREAKERS[httpx.URL(url).netloc]
    if breaker.is_open():
        raise RemoteUnavailable("did not answer lately")
    try:
        answered = _answered(method, url, bearer, answer, **what)
    except RemoteUnavailable:
        breaker.failures += 1
        breaker.failed_at = time.monotonic()
        raise
    except RemoteRefused:
        breaker.failures = 0
        raise
    breaker.failures = 0
    return answered


def _answered(method: str, url: str, bearer: str, answer: type[Answer], **what: Any) -> Answer:
    headers = {"authorization": f"Bearer {bearer}", "content-type": "application/json"}
    try:
        with httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
            response = client.request(method, url, headers=headers, **what)
    except httpx.HTTPError as error:
        raise RemoteUnavailable(repr(error)) from error
    if response.is_client_error and response.status_code not in TRY_AGAIN:
        raise RemoteRefused(response.status_code, response.text)
    if not response.is_success:
        raise RemoteUnavailable(f"answered {response.status_code}")
    try:
        return msgspec.json.decode(response.content, type=answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RemoteUnavailable(f"answered what cannot be read: {error}") from error
