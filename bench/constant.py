"""The raw limit of answering over HTTP: the same server, and nothing behind it."""

from collections.abc import Awaitable, Callable
from typing import Any


def redirect() -> Callable[[Any, Any], Awaitable[None]]:
    """A constant 302."""

    async def answer(_scope: Any, protocol: Any) -> None:
        protocol.response_empty(302, [("Location", "/p/kemeja-batik"), ("Content-Length", "0")])

    return answer


def pages() -> Any:
    """Our own stack, with a constant page of `/<size>` bytes behind all its middleware in place of ours."""
    from django.conf import settings  # noqa: PLC0415 - there is none to set up for the redirect

    from lapak.config.worker import load  # noqa: PLC0415 - likewise

    door = load()
    settings.ROOT_URLCONF = "bench.constant_pages"
    return door
