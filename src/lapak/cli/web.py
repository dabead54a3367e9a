"""`lapak web`: the web server alone, as one of many machines runs it."""

import resource
from contextlib import nullcontext
from typing import Annotated

import typer

from lapak.cli.as_whom import refuse_root
from lapak.cli.ports import held_port
from lapak.cli.serve import Host, Port, Workers

HEADERS_WITHIN_MS = 10_000
"""For a request's headers, and for the next one on a kept connection."""

MOST_CONNECTIONS = 20_000
"""A worker's; one that is slow or idle costs some 20 kB."""

PortIsHeld = Annotated[bool, typer.Option("--port-is-held", hidden=True)]


def web(port: Port = 8000, host: Host = "127.0.0.1", workers: Workers = 2, port_is_held: PortIsHeld = False) -> None:
    """Serve only the web pages. `lapak serve` runs this and `lapak work` together."""
    from granian.constants import HTTPModes, Interfaces, Loops
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    from lapak.cli.web_server import WebServer

    refuse_root()
    _open_many_files()
    server = WebServer(
        "lapak.config.worker:load",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        loop=Loops.asyncio,
        http=HTTPModes.http1,  # HTTP/2 ends at the proxy in front
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN_MS),
        websockets=False,
        workers=workers,
        backlog=MOST_CONNECTIONS,
        backpressure=MOST_CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=15,  # for requests under way and clicks not yet written
        log_level=LogLevels.warning,
    )
    with nullcontext() if port_is_held else held_port(host, port):
        server.serve()


def _open_many_files() -> None:
    """As many as this machine lets us: each connection is one, and idle ones must not keep others out."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
