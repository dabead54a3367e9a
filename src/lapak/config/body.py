"""What a request carries, read in the event loop: complete, within size and time, before it gets a thread."""

import asyncio
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any

SMALL_BYTES = 64 * 1024
"""Held in memory; whatever is larger goes to a file, so that many slow ones together do not fill it."""

MOST_BYTES_OF_VISITORS = SMALL_BYTES
"""Their forms hold some words, and what partners tell is shorter (web/hooks/views.py)."""

MOST_BYTES = 3_000_000
"""Of somebody who is signed in: Django refuses forms above 2.5 MB of fields in its own words; what is larger than this is cut
off without any."""

MOST_BYTES_OF_PICTURES = 100_000_000
"""Some ten pictures as large as we take them (goods/catalogue/images.py), of someone who is signed in."""

MOST_BYTES_OF_A_SHOP = 2_200_000_000
"""What moving in takes at once (moving/errors.py), and the form around it."""

MOST_LARGE = 8
"""Uploads a worker process takes at the same time: they fill the disk before anyone has looked at them."""

WITHIN_S = 20.0
LEAST_BYTES_PER_S = 20_000
"""A phone far from its mast does better than this; who is slower holds a connection, never a thread."""

_MOVING_IN = re.compile(r"/sell(/[-\w]+/move-in)?")
"""Of a shop, or while it is being opened."""
_LENGTH = re.compile(r"[0-9]{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unread(Exception):  # noqa: N818 - an answer, not an error of ours
    """The body is not taken; the connection is closed with this status."""

    status: HTTPStatus


def has_body(headers: Any) -> bool:
    """Whether anything follows the headers (RSGI's)."""
    return "content-length" in headers or "transfer-encoding" in headers


_large_at_once = 0


async def read_body(scope: Any, protocol: Any, *, is_signed_in: Callable[[], bool]) -> IO[bytes]:
    """The whole body, at its start, for who closes it.

    Raises `Unread` for too much, too slow, a nonsense length, or too many large ones at once.
    """
    length = _length(scope.headers)
    if length is not None and length <= SMALL_BYTES:
        return await _read(protocol, length, length)
    if not is_signed_in():
        if length is None:
            return await _read(protocol, None, MOST_BYTES_OF_VISITORS)
        raise Unread(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if length is None or length <= MOST_BYTES:
        return await _read(protocol, length, MOST_BYTES)
    if length > _most_bytes(scope):
        raise Unread(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    global _large_at_once  # noqa: PLW0603 - one event loop a process
    if _large_at_once >= MOST_LARGE:
        raise Unread(HTTPStatus.SERVICE_UNAVAILABLE)
    _large_at_once += 1
    try:
        return await _read(protocol, length, length)
    finally:
        _large_at_once -= 1


def _most_bytes(scope: Any) -> int:
    """Files come as multipart forms."""
    if not scope.headers.get("content-type", "").startswith("multipart/form-data"):
        return MOST_BYTES
    return MOST_BYTES_OF_A_SHOP if _MOVING_IN.fullmatch(scope.path) else MOST_BYTES_OF_PICTURES


async def _read(protocol: Any, length: int | None, most_bytes: int) -> IO[bytes]:
    try:
        async with asyncio.timeout(WITHIN_S + (length or 0) / LEAST_BYTES_PER_S):
            if length is not None and length <= SMALL_BYTES:
                return BytesIO(await protocol())
            return await _spooled(protocol, most_bytes)
    except TimeoutError:
        raise Unread(HTTPStatus.REQUEST_TIMEOUT) from None


def _length(headers: Any) -> int | None:
    text = headers.get("content-length")
    if text is None:
        return None
    if not _LENGTH.fullmatch(text):
        raise Unread(HTTPStatus.BAD_REQUEST)
    return int(text)


async def _spooled(protocol: Any, most_bytes: int) -> IO[bytes]:
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=SMALL_BYTES)  # noqa: SIM115 - closed by who reads it
    try:
        await _copy(protocol, file, most_bytes)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


async def _copy(protocol: Any, file: IO[bytes], most_bytes: int) -> None:
    size = 0
    async for chunk in protocol:
        size += len(chunk)
        if size > most_bytes:
            raise Unread(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        file.write(chunk)
