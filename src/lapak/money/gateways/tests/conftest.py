"""The network edge."""

from collections.abc import Iterator

import pytest

from lapak.testing.network import Network, mocked_network


@pytest.fixture
def network() -> Iterator[Network]:
    with mocked_network() as network:
        yield network
