"""Calls of the gateway's API; what goes wrong is one of the contract's two errors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec
from django.conf import settings

from lapak.lib.remote import RemoteRefused, RemoteUnavailable, get_file, get_json, post_json
from lapak.money.gateways.errors import GatewayRefused, GatewayUnavailable

Answer = TypeVar("Answer")


class Problem(msgspec.Struct):
    """Why it says no, in a word."""

    code: str


class Refused(msgspec.Struct):
    """Every no of it."""

    error: Problem


def post(path: str, content: object, answer: type[Answer]) -> Answer:
    """Send it. `GatewayUnavailable`, `GatewayRefused`."""
    with _asking() as headers:
        return post_json(f"{settings.SANDBOX_URL}{path}", content, headers=headers, answer=answer)


def get(path: str, answer: type[Answer]) -> Answer:
    """Ask it. `GatewayUnavailable`, `GatewayRefused`."""
    with _asking() as headers:
        return get_json(f"{settings.SANDBOX_URL}{path}", {}, headers=headers, answer=answer)


def file(path: str, read: Callable[[bytes], Answer], **query: str) -> Answer:
    """Ask for what may be large; `read` makes sense of it. `GatewayUnavailable`, `GatewayRefused`."""
    with _asking() as headers:
        return get_file(f"{settings.SANDBOX_URL}{path}", query, headers=headers, read=read)


@contextmanager
def _asking() -> Iterator[dict[str, str]]:
    """How it knows us; and what goes wrong in here, in the words of the contract."""
    try:
        yield {"authorization": f"Bearer {settings.SANDBOX_API_KEY}"}
    except RemoteUnavailable as error:
        raise GatewayUnavailable(str(error)) from error
    except RemoteRefused as error:
        raise GatewayRefused(str(error), _word(error.body)) from error


def _word(body: str) -> str:
    """Its code for why it says no; nothing where it gives none."""
    try:
        return msgspec.json.decode(body, type=Refused).error.code
    except (msgspec.DecodeError, RecursionError):
        return ""
