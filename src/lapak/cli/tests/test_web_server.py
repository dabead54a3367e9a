"""A web server that is told to end, ends with 0: at whatever moment, in whatever way, and however often it is told."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from granian.server import MPServer

from lapak.cli.ports import free_port
from lapak.cli.web_server import WebServer

PATIENCE_S = 90
"""For a machine that is busy with other things; longer than what would be killed is given."""

PROGRAM = """
import signal, sys, threading, time
from pathlib import Path

from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from lapak.cli.web_server import WebServer
from lapak.config.worker import hear_the_end_once

place, port = Path(sys.argv[1]), int(sys.argv[2])


class Application:
    def __rsgi_init__(self, loop):
        hear_the_end_once()

    async def __rsgi__(self, scope, protocol):
        place.joinpath("asked").touch()
        body = await protocol()
        protocol.response_bytes(200, [], body)


def load():
    place.joinpath("loading").touch()
    while place.joinpath("loads slowly").exists():
        time.sleep(0.02)
    return Application()


def take_the_word():
    while not place.joinpath("another thread is told").exists():
        time.sleep(0.02)
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
    time.sleep(600)


threading.Thread(target=take_the_word, daemon=True).start()
WebServer(
    "program:load",
    factory=True,
    port=port,
    interface=Interfaces.RSGI,
    loop=Loops.asyncio,
    workers_kill_timeout=30,
    respawn_failed_workers=True,
    log_level=LogLevels.warning,
).serve(target_loader=load, wrap_loader=False)
"""


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """What starts a small program behind our server, in a process group of its own."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", PROGRAM, str(tmp_path), str(port)],
                env=os.environ | {"PYTHONPATH": str(settings.ROOT / "src")},
                start_new_session=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
        return started[0]

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda server: os.kill(server, signal.SIGTERM), id="SIGTERM to the server"),
        pytest.param(lambda server: os.killpg(server, signal.SIGINT), id="Ctrl-C to all its processes"),
        pytest.param(lambda server: os.killpg(server, signal.SIGTERM), id="SIGTERM to all its processes"),
    ],
)
def test_a_worker_that_is_loading_ends_at_once(
    start: Callable[[], subprocess.Popen[str]], tmp_path: Path, end: Callable[[int], None]
) -> None:
    (tmp_path / "loads slowly").touch()
    server = start()
    wait_for(tmp_path / "loading")
    end(server.pid)
    said, _ = server.communicate(timeout=PATIENCE_S)
    assert server.returncode == 0
    assert "Killing" not in said


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_what_is_under_way_is_answered_however_often_the_end_is_wished_for(
    start: Callable[[], subprocess.Popen[str]], tmp_path: Path, port: int, word: signal.Signals
) -> None:
    server = start()
    visitor = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    begin_to_ask(visitor)
    wait_for(tmp_path / "asked")
    for _ in range(4):
        os.killpg(server.pid, word)
        time.sleep(0.1)  # a word that finds the one before unheard is the same word
    visitor.send(b"later")
    assert visitor.getresponse().read() == b"later"
    said, _ = server.communicate(timeout=PATIENCE_S)
    assert server.returncode == 0
    assert said == ""


def test_the_word_is_heard_when_the_system_gives_it_to_another_thread(
    start: Callable[[], subprocess.Popen[str]], tmp_path: Path
) -> None:
    server = start()
    wait_for(tmp_path / "loading")
    (tmp_path / "another thread is told").touch()
    server.communicate(timeout=PATIENCE_S)
    assert server.returncode == 0


def test_a_worker_that_was_told_together_with_its_server_and_ended_sooner_is_no_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server: Any = WebServer("program:load")
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(os, "register_at_fork", lambda **_: None)
    monkeypatch.setattr(MPServer, "serve", lambda _: sys.exit(1))
    with pytest.raises(SystemExit):
        server.serve()
    server.signal_handler_interrupt()
    server.serve()


def test_a_worker_that_ended_is_not_killed_though_its_watcher_has_not_said_so() -> None:
    sentinel, end = os.pipe()
    os.close(end)
    did: list[str] = []
    server: Any = WebServer("program:load", workers_kill_timeout=1)
    server.wrks = [
        SimpleNamespace(
            inner=SimpleNamespace(sentinel=sentinel),
            idx=0,
            is_alive=lambda: True,
            join=lambda _: None,
            terminate=lambda: did.append("told"),
            kill=lambda: did.append("killed"),
        )
    ]
    server._stop_workers()
    os.close(sentinel)
    assert did == ["told"]


def test_the_end_is_heard_while_a_worker_is_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Granian looks for the word, is told, forgets that something happened, and waits for it."""
    server: Any = WebServer("program:load")

    def told_meanwhile(*_: object) -> None:
        server.signal_handler_interrupt()
        server.main_loop_interrupt.clear()

    monkeypatch.setattr(MPServer, "_respawn_workers", told_meanwhile)
    server._respawn_workers([0], None, None)
    assert server.main_loop_interrupt.is_set()


def begin_to_ask(visitor: HTTPConnection) -> None:
    """All but the body, as soon as the server listens."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            visitor.putrequest("POST", "/")
            visitor.putheader("Content-Length", "5")
            visitor.endheaders()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "it never listened"
            visitor.close()
            time.sleep(0.02)
        else:
            return


def wait_for(file: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not file.exists():
        assert time.monotonic() < deadline, f"waited too long until it was {file.name}"
        time.sleep(0.02)
