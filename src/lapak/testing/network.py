"""The network edge in tests: no request leaves the machine, and the test says what comes back."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from lapak.lib import remote
from lapak.lib.remote import BREAKERS, Bounds


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
    """Every request of `lapak.lib.remote` in this block goes to the `Network`."""
    network = Network()

    def fetched(method: str, url: str, _bounds: Bounds, sent: Mapping[str, Any]) -> tuple[int, bytes]:
        request = httpx.Request(method, url, **sent)
        network.requests.append(request)
        response = network.answer(request)
        return response.status_code, response.content

    BREAKERS.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remote, "fetched", fetched)
        yield network
    BREAKERS.clear()


def _nobody(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nobody listens", request=request)
