"""`lapak serve`: the whole marketplace on this machine."""

import os
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection

from lapak.cli.as_whom import refuse_root
from lapak.cli.migrate import migrate_if_needed
from lapak.cli.ports import address, answers, held_port, held_port_from
from lapak.cli.screen import err
from lapak.cli.supervisor import Program, supervise
from lapak.cli.work import refuse_wrong_partners, say_where_mail_goes

Port = Annotated[int, typer.Option(help="Port of the web server.", min=1, max=65535)]
Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets other machines in.")]
Workers = Annotated[int, typer.Option(help="Web worker processes: about one for each core.", min=1)]

GATEWAY_HOST = "127.0.0.1"


def serve(port: Port = 8000, host: Host = "127.0.0.1", workers: Workers = 2) -> None:
    """Serve the marketplace, web pages and background jobs, until Ctrl-C.

    Brings the database up to date first. A part that dies is started again. With the sandbox as payment provider its
    gateway runs too, unless LAPAK_SANDBOX_URL names one that runs elsewhere.
    """
    refuse_root()
    # Both held before anything else: another Lapak ten ports further on, started at the same moment, wants neither.
    with held_port(host, port), held_port_from(port + 10, GATEWAY_HOST) as gateway_port:
        migrate_if_needed()
        refuse_wrong_partners()
        say_where_mail_goes()
        supervise(
            marketplace(host, port, workers, gateway_port),
            is_up=lambda: answers(host, port),
            when_up=lambda: err.print(f"Lapak is open at [bold]{address(host, port)}[/]   (Ctrl-C closes it)"),
            meanwhile=connection.get_connection_params,  # the embedded database is started again if it was killed
        )


def marketplace(host: str, port: int, workers: int, gateway_port: int) -> list[Program]:
    """The programs that make up a running marketplace, each told where the others are. Both ports must be held."""
    environment = {"LAPAK_BASE_URL": os.environ.get("LAPAK_BASE_URL", address("localhost", port))}
    place = [f"--port={port}", f"--host={host}", "--port-is-held"]
    programs = [
        Program("web", ["lapak", "web", *place, f"--workers={workers}"], environment),
        Program("work", ["lapak", "work"], environment),
    ]
    if "sandbox" in {settings.PAYMENT_PROVIDER, settings.PAYOUT_PROVIDER} and "LAPAK_SANDBOX_URL" not in os.environ:
        environment["LAPAK_SANDBOX_URL"] = address(GATEWAY_HOST, gateway_port)
        programs.append(_gateway(gateway_port, f"{address(host, port)}/hooks/payments/sandbox"))
    return programs


def _gateway(port: int, webhook: str) -> Program:
    state = settings.HOME / "sandbox_gateway.sqlite3"
    return Program(
        "gateway",
        ["sandbox_gateway", f"--port={port}", "--port-is-held", f"--state={state}", f"--merchant-webhook={webhook}"],
        {
            "SANDBOX_GATEWAY_API_KEY": settings.SANDBOX_API_KEY,
            "SANDBOX_GATEWAY_SECRET": settings.SANDBOX_WEBHOOK_SECRET,
        },
    )
