"""The raw limit of answering over HTTP: the same server, and nothing behind it."""

from collections.abc import Awaitable, Callable
from typing import Any


def redirect() -> Callable[[Any, Any], Awaitable[None]]:
    """A constant 302."""

    async def answer(_scope: Any, protocol: Any) -> None:
        protocol.response_empty(302, [("Location", "/p/kemeja-batik"), ("Content-Length", "0")])

    return answer
