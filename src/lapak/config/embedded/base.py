"""The Django database backend: PostgreSQL's, on a server that is started when it is first needed."""

import atexit
import subprocess
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base, client

from lapak.config.embedded.server import Server


@cache
def embedded_server() -> Server:
    """This process's hold on the embedded server; let go when the process ends."""
    server = Server(settings.HOME)
    atexit.register(server.leave)
    return server


class DatabaseClient(client.DatabaseClient):
    """`psql`, from the embedded server's own programs."""

    connection: "DatabaseWrapper"

    def runshell(self, parameters: Iterable[str]) -> None:
        server = self.connection.server
        server.ensure_running()
        address = {name.upper(): value for name, value in server.address.items()}
        (_, *arguments), environment = self.settings_to_cmd_args_env(
            {**self.connection.settings_dict, **address, "OPTIONS": {}}, list(parameters)
        )
        psql = server.place.programs / "psql"
        subprocess.run([psql, *arguments], env=environment, check=True)  # noqa: S603 - asked for by who typed it


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server."""

    client_class = DatabaseClient

    @property
    def server(self) -> Server:
        return embedded_server()

    def get_connection_params(self) -> dict[str, Any]:
        """Django asks for these before each connection: the moment to see to it that there is a server."""
        self.server.ensure_running()
        return {**super().get_connection_params(), **self.server.address}
