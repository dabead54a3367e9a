"""`lapak db …`: the embedded database."""

from typing import Annotated, Any

import typer
from django.db import connection

from lapak.cli.screen import err, out, plain
from lapak.lib.trouble import Trouble

app = typer.Typer(help="Look at the built-in database, or stop it.", no_args_is_help=True)


@app.command()
def status() -> None:
    """Say whether the database runs, and where its files are."""
    server = _embedded_server()
    out.print("The database is [green]running[/]." if server.is_alive() else "The database is stopped.")
    out.print(f"Files: {plain(server.place.folder)}\nLog:   {plain(server.log)}", highlight=False, soft_wrap=True)


@app.command()
def stop() -> None:
    """Stop the database. Only needed after a crash: the last Lapak process stops it by itself."""
    if not _embedded_server().stop():
        raise Trouble("The database is in use by another Lapak. Stop that first (Ctrl-C in its window).")
    err.print("The database is stopped.")


@app.command(context_settings={"ignore_unknown_options": True})
def psql(arguments: Annotated[list[str] | None, typer.Argument(help="Passed on to psql.")] = None) -> None:
    """Open PostgreSQL's own shell on the database."""
    connection.client.runshell(arguments or [])


def _embedded_server() -> Any:
    """The server behind Django's connection. With `DATABASE_URL` it is not ours to look after."""
    server = getattr(connection, "server", None)
    if server is None:
        raise Trouble("DATABASE_URL names a server that Lapak does not run; the built-in database is not in use.")
    return server
