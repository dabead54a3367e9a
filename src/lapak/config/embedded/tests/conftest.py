"""Real servers in throw-away data folders."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lapak.config.embedded import place
from lapak.config.embedded.server import Server


@pytest.fixture(scope="session", autouse=True)
def system_folder() -> Iterator[Path]:
    """In place of /var/lib/lapak: where the tests of root keep databases, for an account that is not root to reach."""
    folder = Path(tempfile.mkdtemp(prefix="lapak-test-", dir="/tmp"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, "SYSTEM_FOLDER", folder)
        yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """A data folder whose database was made, and is stopped."""
    with tempfile.TemporaryDirectory(prefix="lapak-home-", dir="/tmp") as folder:
        server = Server(Path(folder))
        server.ensure_running()
        server.leave()
        yield Path(folder)
        Server(Path(folder)).stop()


@pytest.fixture
def new_server(home: Path) -> Iterator[Callable[..., Server]]:
    """What makes a process's hold on the server; one more call is one more process. All let go at the end."""
    servers: list[Server] = []

    def make(where: Path = home) -> Server:
        servers.append(Server(where))
        return servers[-1]

    yield make
    for server in servers:
        server.leave()


@pytest.fixture
def server(new_server: Callable[..., Server]) -> Server:
    """The running server, and one hold on it."""
    server = new_server()
    server.ensure_running()
    return server


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another account")
