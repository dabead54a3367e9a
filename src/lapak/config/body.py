"""What a request carries, read in the event loop: complete, within size and time, before it gets a thread."""

import asyncio
import re
import tempfile
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any

SMALL_BYTES = 64 * 1024
"""Held in memory; whatever is larger goes to a file, so that many slow ones together do not fill it."""

MOST_BYTES = 3_000_000
"""Django refuses forms above 2.5 MB of fields in its own words; what is larger than this is cut off without any."""

WITHIN_S = 20.0
LEAST_BYTES_PER_S = 20_000
"""A phone far from its mast does better than this; who is slower holds a connection, never a thread."""

_LENGTH = re.compile(r"[0-9]{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unread(Exception):  # noqa: N818 - an answer, not an error of ours
    """The body is not taken; the connection is closed with this status."""

    status: HTTPStatus


def has_body(headers: Any) -> bool:
    """Whether anything follows the headers (RSGI's)."""
    return "content-length" in headers or "transfer-encoding" in headers


async def read_body(headers: Any, protocol: Any, most_bytes: int = MOST_BYTES) -> IO[bytes]:
    """The whole body, at its start, for who closes it. Raises `Unread` for too much, too slow, or a nonsense length."""
    length = _length(headers)
    if length is not None and length > most_bytes:
        raise Unread(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
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
