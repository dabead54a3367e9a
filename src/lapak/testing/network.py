"""The network edge in tests: no request leaves the machine, and the test says what comes back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest

from lapak.lib.json_api import BREAKERS


class Network:
    """What was sent, and what is answered. Until told otherwise, nobody answers."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answer: Callable[[httpx.Request], httpx.Response] = _nobody

    def answers(self, status: int, body: str | bytes) -> None:
        """From now on this is answered."""
        self.answer = lambda _request: httpx.Response(status, content=body)

    def fails(self, error: httpx.HTTPError) -> None:
        """From now on no answer comes back."""

        def fail(_request: httpx.Request) -> httpx.Response:
            raise error

        self.answer = fail


@contextmanager
def mocked_network() -> Iterator[Network]:
    """Every httpx request in this block goes to the `Network`."""
    network = Network()

    def handle(_transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        network.requests.append(request)
        return network.answer(request)

    BREAKERS.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx.HTTPTransport, "handle_request", handle)
        yield network
    BREAKERS.clear()


def _nobody(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nobody listens", request=request)
