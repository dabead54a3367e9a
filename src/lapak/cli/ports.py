"""Which ports of this machine are free, and keeping one for ourselves."""

import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from lapak.lib.trouble import Trouble


@contextmanager
def held_port(host: str, port: int) -> Iterator[None]:
    """Keep the port from everybody but our own web workers. Raises `Trouble` when it is taken, and names a free one.

    The workers come a second later and share the port among themselves; without this a second Lapak, started at the
    same moment or later, could join them and take half of the visitors.
    """
    holder = _bound(host, port)
    if holder is None:
        raise Trouble(
            f"Port {port} is taken: another program, or another Lapak, is listening there. "
            f"Stop it, or try --port {free_port_from(port + 1, host)}."
        )
    with _shared_with_our_own(holder):
        yield


@contextmanager
def held_port_from(port: int, host: str) -> Iterator[int]:
    """Keep the first free port from this one on as `held_port` does, and answer which it is: who starts at the same moment
    finds it taken."""
    holder = _first_bound(host, port)
    with _shared_with_our_own(holder):
        yield holder.getsockname()[1]


def free_port() -> int:
    """A port of this machine's own that nobody listens on, another at each call: two who ask at the same moment do not
    get the same."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def free_port_from(port: int, host: str) -> int:
    """The first free port from this one on."""
    with _first_bound(host, port) as bound:
        found: int = bound.getsockname()[1]
        return found


def address(host: str, port: int) -> str:
    """The address under which this machine reaches a server that listens on `host`."""
    near = _near(host)
    return f"http://[{near}]:{port}" if ":" in near else f"http://{near}:{port}"


def answers(host: str, port: int) -> bool:
    """Whether a server accepts connections there."""
    try:
        with socket.create_connection((_near(host), port), timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def _shared_with_our_own(holder: socket.socket) -> Iterator[None]:
    with holder:
        if sys.platform == "linux":
            # It was bound alone; from now on those of the same user who ask to share may come in, and no one else.
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        else:
            holder.close()  # elsewhere our own could not come in
        yield


def _first_bound(host: str, port: int) -> socket.socket:
    for candidate in range(port, 65536):
        if (bound := _bound(host, candidate)) is not None:
            return bound
    raise Trouble(f"No port from {port} on is free on this machine.")


def _bound(host: str, port: int) -> socket.socket | None:
    """A socket that has the port to itself, or none."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections of an earlier run do not count
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            return None
        if error.errno == errno.EACCES:
            raise Trouble(f"Ports below 1024 are for root: choose another than {port} with --port.") from error
        raise Trouble(f"{host} is no address of this machine that a server can listen on ({error}).") from error
    return bound


def _near(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - told from the others, not listened on
