"""Calls of the gateway's API; what goes wrong is one of the contract's two errors."""

from typing import TypeVar

from django.conf import settings

from lapak.lib.json_api import RemoteRefused, RemoteUnavailable, get_json, post_json
from lapak.money.gateways.errors import GatewayRefused, GatewayUnavailable

Answer = TypeVar("Answer")


def post(path: str, content: object, answer: type[Answer]) -> Answer:
    """Send it. `GatewayUnavailable`, `GatewayRefused`."""
    try:
        return post_json(f"{settings.SANDBOX_URL}{path}", content, bearer=settings.SANDBOX_API_KEY, answer=answer)
    except RemoteUnavailable as error:
        raise GatewayUnavailable from error
    except RemoteRefused as error:
        raise GatewayRefused(str(error)) from error


def get(path: str, answer: type[Answer], **query: str) -> Answer:
    """Ask it. `GatewayUnavailable`, `GatewayRefused`."""
    try:
        return get_json(f"{settings.SANDBOX_URL}{path}", query, bearer=settings.SANDBOX_API_KEY, answer=answer)
    except RemoteUnavailable as error:
        raise GatewayUnavailable from error
    except RemoteRefused as error:
        raise GatewayRefused(str(error)) from error
