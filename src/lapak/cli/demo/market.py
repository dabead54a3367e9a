"""A whole marketplace running beside this process, for as long as a check or a test needs it."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lapak.cli.demo.browser import Lost
from lapak.cli.ports import answers, free_port
from lapak.testing.stage import Stage


@contextmanager
def running_market(stage: Stage) -> Iterator[str]:
    """`lapak serve` on a free port, with worker and gateway; answers its address."""
    port = free_port()
    command = [sys.executable, "-P", "-m", "lapak", "serve", f"--port={port}"]
    process = subprocess.Popen(command, env=stage.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - ourselves
    try:
        wait_for(lambda: answers("127.0.0.1", port), "the marketplace", seconds=120)
        if process.poll() is not None:
            raise Lost(f"another program answers on port {port}")
        yield f"http://localhost:{port}"
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """It has a minute to end what it is at."""
    process.terminate()
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=10)
        raise


def wait_for(is_there: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Ask again and again until it is there; `Lost` when it does not come."""
    deadline = time.monotonic() + seconds
    while not is_there():
        if time.monotonic() > deadline:
            raise Lost(f"{what} did not come within {seconds:.0f} s")
        time.sleep(0.1)
