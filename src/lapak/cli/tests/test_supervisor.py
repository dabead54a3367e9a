"""Programs that run together are kept running, and stop together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from lapak.cli import supervisor
from lapak.cli.supervisor import Program, supervise
from lapak.lib.trouble import Trouble

PROGRAM = """
import os, signal, sys, time
from pathlib import Path

def stop(*_):
    Path(sys.argv[1], "stopped").touch()
    if len(sys.argv) == 2:
        sys.exit(0)

signal.signal(signal.SIGTERM, stop)
Path(sys.argv[1], "pid").write_text(str(os.getpid()))
while True:
    time.sleep(0.05)
"""


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """`supervise` takes over the process's signals; here it must give them back."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Program]:
    """What makes a program that notes its process number, and that it was told to stop."""
    (tmp_path / "sleeper.py").write_text(PROGRAM)
    path = os.pathsep.join([str(settings.ROOT / "src"), str(tmp_path)])
    return lambda *more: Program("sleeper", ["sleeper", str(tmp_path), *more], {"PYTHONPATH": path})


def noted_pid(folder: Path) -> int | None:
    file = folder / "pid"
    return int(file.read_text()) if file.exists() and file.read_text() else None


def stop_us() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def run(program: Program, meanwhile: Callable[[], object]) -> None:
    deadline = time.monotonic() + 120

    def in_time() -> None:
        assert time.monotonic() < deadline
        meanwhile()

    supervise([program], is_up=lambda: False, when_up=lambda: None, meanwhile=in_time)


def test_one_that_dies_is_started_again(program: Callable[..., Program], tmp_path: Path) -> None:
    seen: list[int] = []

    def kill_the_first() -> None:
        pid = noted_pid(tmp_path)
        if pid is None or pid in seen:
            return
        seen.append(pid)
        if len(seen) == 1:
            os.kill(pid, signal.SIGKILL)
        else:
            stop_us()

    run(program(), kill_the_first)
    assert len(seen) == 2
    assert (tmp_path / "stopped").exists()


def test_one_that_does_not_stop_is_killed(
    program: Callable[..., Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "GRACE_S", 0.5)
    run(program("stubborn"), lambda: stop_us() if noted_pid(tmp_path) else None)
    assert (tmp_path / "stopped").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(noted_pid(tmp_path) or 0, 0)


def test_trouble_stops_them_too(program: Callable[..., Program], tmp_path: Path) -> None:
    def full_disk() -> None:
        if noted_pid(tmp_path):
            raise Trouble("the disk is full")

    with pytest.raises(Trouble):
        run(program(), full_disk)
    assert (tmp_path / "stopped").exists()


def test_they_stop_when_the_supervisor_is_killed(program: Callable[..., Program], tmp_path: Path) -> None:
    sleeper = program()
    script = f"""
from lapak.cli.supervisor import Program, supervise
supervise([Program("sleeper", {sleeper.module!r})], is_up=lambda: False, when_up=None, meanwhile=lambda: None)
"""
    process = subprocess.Popen([sys.executable, "-c", script], env={**os.environ, **sleeper.environment})
    _wait_for(lambda: noted_pid(tmp_path) is not None)
    process.kill()
    process.wait()
    _wait_for((tmp_path / "stopped").exists)


def test_says_when_it_is_up_once(program: Callable[..., Program], tmp_path: Path) -> None:
    said: list[str] = []

    def up_and_soon_over() -> None:
        if said:
            stop_us()

    supervise(
        [program()],
        is_up=lambda: noted_pid(tmp_path) is not None,
        when_up=lambda: said.append("up"),
        meanwhile=up_and_soon_over,
    )
    assert said == ["up"]


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
