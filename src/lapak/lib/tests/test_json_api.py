"""Asking another machine: an answer, a refusal, or nothing usable."""

from collections.abc import Iterator

import httpx
import pytest

from lapak.lib.json_api import RemoteRefused, RemoteUnavailable, post_json
from lapak.testing.network import Network, mocked_network


@pytest.fixture
def network() -> Iterator[Network]:
    with mocked_network() as network:
        yield network


def ask() -> dict[str, int]:
    return post_json("http://elsewhere/v1", {"a": 1}, bearer="key", answer=dict[str, int])


def test_answers_what_came_back(network: Network) -> None:
    network.answers(200, '{"b": 2}')
    assert ask() == {"b": 2}
    sent = network.requests[0]
    assert (sent.method, sent.read(), sent.headers["authorization"]) == ("POST", b'{"a":1}', "Bearer key")


@pytest.mark.parametrize("status", [302, 408, 429, 500, 503])
def test_an_answer_that_may_change_is_unavailable(network: Network, status: int) -> None:
    network.answers(status, "{}")
    with pytest.raises(RemoteUnavailable, match=str(status)):
        ask()


@pytest.mark.parametrize("body", ["", "<html>", '{"b": "two"}', b"\xff"])
def test_an_answer_that_cannot_be_read_is_unavailable(network: Network, body: str | bytes) -> None:
    network.answers(200, body)
    with pytest.raises(RemoteUnavailable, match="cannot be read"):
        ask()


@pytest.mark.parametrize("error", [httpx.ConnectError("no"), httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("?")])
def test_no_answer_is_unavailable(network: Network, error: httpx.HTTPError) -> None:
    network.fails(error)
    with pytest.raises(RemoteUnavailable):
        ask()


@pytest.mark.parametrize("status", [400, 401, 404, 409, 422])
def test_a_refusal_carries_the_other_sides_words(network: Network, status: int) -> None:
    network.answers(status, '{"error": "why"}')
    with pytest.raises(RemoteRefused) as refused:
        ask()
    assert (refused.value.status, refused.value.body) == (status, '{"error": "why"}')
