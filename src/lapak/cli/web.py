"""`lapak web`: the web server alone, as one of many machines runs it."""

from contextlib import nullcontext
from importlib import import_module
from typing import Annotated

import typer

from lapak.cli.ports import held_port
from lapak.cli.serve import Host, Port, Workers

PortIsHeld = Annotated[bool, typer.Option("--port-is-held", hidden=True)]


def web(port: Port = 8000, host: Host = "127.0.0.1", workers: Workers = 2, port_is_held: PortIsHeld = False) -> None:
    """Serve only the web pages. `lapak serve` runs this and `lapak work` together."""
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    # By name, as Granian knows the application: config is imported by none.
    import_module("lapak.config.worker").hear_signals_later()
    server = Server(
        "lapak.config.worker:load",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,  # HTTP/2 ends at the proxy in front
        websockets=False,
        workers=workers,
        blocking_threads=2,  # measured best with two workers: more threads only queue for the interpreter lock
        respawn_failed_workers=True,
        workers_kill_timeout=15,  # for requests under way and clicks not yet written
        log_level=LogLevels.warning,
    )
    with nullcontext() if port_is_held else held_port(host, port):
        server.serve()
