"""Programs that run together: each is started again when it dies, and all stop when one is told to."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from lapak.cli.screen import err

STEADY_AFTER_S = 60
"""A program that ran this long before it died starts again at once; sooner, and it waits twice as long each time."""

LONGEST_PAUSE_S = 30

GRACE_S = 20
"""For the programs to finish what they have begun (the web workers get 15 s of it) before they are killed."""


@dataclass
class Program:
    """A Python module that runs as a process of its own, such as `Program("work", ["lapak", "work"])`."""

    name: str
    module: Sequence[str]
    """Its name and its arguments."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What it gets beside our own."""
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _started_at: float = field(default=0.0, init=False)
    _pause_s: float = field(default=0.0, init=False)

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches only us, and what a killed program leaves behind can be found.
        # Our end of its standard input closes when we die, however we die: `supervised` waits for that.
        self._process = subprocess.Popen(  # noqa: S603 - a module of this repository
            [sys.executable, "-P", "-m", "lapak.cli.supervised", *self.module],
            stdin=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, **self.environment},
        )
        self._started_at = time.monotonic()

    def start_again_if_dead(self) -> None:
        if self._process is None:
            if time.monotonic() >= self._started_at + self._pause_s:
                self.start()
        elif (code := self._process.poll()) is not None:
            self._clear_away(self._process)
            steady = time.monotonic() - self._started_at > STEADY_AFTER_S
            self._pause_s = 0 if steady else min(max(1, self._pause_s * 2), LONGEST_PAUSE_S)
            self._started_at = time.monotonic()
            err.print(f"[yellow]{self.name} stopped unexpectedly (code {code}); starts again in {self._pause_s:.0f} s.")

    def ask_to_stop(self) -> None:
        if self._process is not None:
            self._process.terminate()

    def wait_until(self, deadline: float) -> None:
        """Wait for the end; at the deadline, make it."""
        if self._process is None:
            return
        try:
            self._process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            err.print(f"[yellow]{self.name} did not stop by itself; killed.")
        self._clear_away(self._process)

    def _clear_away(self, process: subprocess.Popen[bytes]) -> None:
        """Kill what is left of a process: its own children hold its port and its database connections."""
        with suppress(ProcessLookupError):  # nothing is left
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        self._process = None


def supervise(
    programs: Sequence[Program],
    *,
    is_up: Callable[[], bool],
    when_up: Callable[[], None],
    meanwhile: Callable[[], object],
) -> None:
    """Run the programs until Ctrl-C or SIGTERM, and leave when all have stopped.

    `when_up` is called once `is_up`, and `meanwhile` several times a second; what it raises stops the programs too.
    """
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    up = False
    try:
        for program in programs:
            program.start()
        while not stop.wait(0.2):
            meanwhile()
            for program in programs:
                program.start_again_if_dead()
            if not up and is_up():
                up = True
                when_up()
    finally:
        _stop(programs)


def _stop(programs: Sequence[Program]) -> None:
    for program in programs:
        program.ask_to_stop()
    deadline = time.monotonic() + GRACE_S
    for program in programs:
        program.wait_until(deadline)
