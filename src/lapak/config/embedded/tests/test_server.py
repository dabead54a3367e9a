"""The embedded server is shared, outlives every crash, and says why when it cannot start."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from lapak.config.embedded import place
from lapak.config.embedded.server import DATABASE, OWNER, Server
from lapak.lib.trouble import Trouble


def ask(server: Server, statement: str) -> object:
    with psycopg.connect(**server.address, user=OWNER, dbname=DATABASE, autocommit=True) as connection:  # type: ignore[arg-type]
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
        return row and row[0]


def pid_of(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def another_process(home: Path, then: str = "") -> "subprocess.Popen[str]":
    """A process that makes sure of the server, prints its number, and does something more."""
    script = f"""
import os, signal
from pathlib import Path
from lapak.config.embedded import place
place.SYSTEM_FOLDER = Path({str(place.SYSTEM_FOLDER)!r})
from lapak.config.embedded.server import Server
server = Server(Path({str(home)!r}))
server.ensure_running()
print((server.data / "postmaster.pid").read_text().split()[0], flush=True)
{then}
"""
    environment = {**os.environ, "PYTHONPATH": str(settings.ROOT / "src")}
    return subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True)


def test_the_last_to_leave_stops_it(new_server: Callable[..., Server]) -> None:
    first, second = new_server(), new_server()
    first.ensure_running()
    started = pid_of(first)
    second.ensure_running()
    first.leave()
    assert (second.is_alive(), pid_of(second)) == (True, started)
    second.leave()
    assert not second.is_alive()


def test_what_was_written_is_there_after_a_restart(server: Server) -> None:
    ask(server, "CREATE TABLE kept_after_restart AS SELECT 42 AS answer")
    server.leave()
    server.ensure_running()
    assert ask(server, "SELECT answer FROM kept_after_restart") == 42


def test_durable_private_and_the_same_everywhere(server: Server) -> None:
    names = "fsync", "synchronous_commit", "full_page_writes", "listen_addresses", "unix_socket_permissions"
    assert [ask(server, f"SHOW {name}") for name in names] == ["on", "on", "on", "", "0700"]
    assert ask(server, "SELECT datlocale FROM pg_database WHERE datname = current_database()") == "C.UTF-8"
    for folder in (server.place.folder, server.place.sockets):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_processes_that_come_at_once_share_one_server(new_server: Callable[..., Server], home: Path) -> None:
    processes = [another_process(home, "server.leave()") for _ in range(4)]
    mine = new_server()
    mine.ensure_running()
    numbers = [process.communicate()[0].strip() for process in processes]
    assert numbers == [str(pid_of(mine))] * 4


def test_adopted_when_every_process_was_killed(new_server: Callable[..., Server], home: Path) -> None:
    process = another_process(home, "os.kill(os.getpid(), signal.SIGKILL)")
    left_behind = process.communicate()[0].strip()
    assert process.returncode == -signal.SIGKILL
    server = new_server()
    server.ensure_running()
    assert str(pid_of(server)) == left_behind
    server.leave()
    assert not server.is_alive()


def test_started_again_when_it_was_killed(server: Server) -> None:
    ask(server, "CREATE TABLE kept_after_kill AS SELECT 7 AS answer")
    killed = pid_of(server)
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while server.is_alive() and time.monotonic() < deadline:
        time.sleep(0.01)
    server.ensure_running()
    assert pid_of(server) != killed
    assert ask(server, "SELECT answer FROM kept_after_kill") == 7


def test_a_pid_file_of_before_the_reboot_is_no_obstacle(new_server: Callable[..., Server], home: Path) -> None:
    server = new_server()
    account = server.place.account
    # By now another process of the same account has the number that the file names.
    stranger = subprocess.Popen(["sleep", "60"], user=account.uid if os.geteuid() == 0 else None)
    try:
        stale = server.data / "postmaster.pid"
        stale.write_text(f"{stranger.pid}\n{server.data}\n0\n5432\n")
        account.take(stale)
        assert not server.is_alive()
        server.ensure_running()
        assert pid_of(server) != stranger.pid
    finally:
        stranger.kill()
        stranger.wait()


def test_not_stopped_under_those_who_use_it(server: Server, new_server: Callable[..., Server]) -> None:
    assert not new_server().stop()
    assert server.is_alive()


def test_two_homes_are_two_databases(server: Server, new_server: Callable[..., Server], tmp_path: Path) -> None:
    other = new_server(tmp_path)
    broken_off = other.place.folder / "data.draft"  # a first start that was killed leaves this behind
    (broken_off / "base").mkdir(parents=True)
    other.ensure_running()
    assert not broken_off.exists()
    ask(server, "CREATE TABLE only_here AS SELECT 1")
    assert ask(other, "SELECT to_regclass('only_here')") is None
    assert pid_of(other) != pid_of(server)
    server.leave()
    assert (server.is_alive(), other.is_alive()) == (False, True)


def test_works_under_a_path_too_long_for_a_socket(new_server: Callable[..., Server], tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    if os.geteuid() == 0:
        # What root's data folder would be if the path of the system folder were long.
        data = Path(place.SYSTEM_FOLDER) / ("c" * 60) / ("d" * 60)
        data.mkdir(parents=True)
        data.parent.chmod(0o755)
        place._system_account().take(data)
        data.chmod(0o700)
        (deep / "postgres").symlink_to(data)
    server = new_server(deep)
    server.ensure_running()
    try:
        assert ask(server, "SELECT 1") == 1
        assert len(str(server.place.sockets)) < 40
        assert server.place.sockets.stat().st_mode & 0o777 == 0o700
    finally:
        server.leave()
        shutil.rmtree(server.place.sockets)


def test_shows_the_log_when_it_does_not_start(new_server: Callable[..., Server]) -> None:
    server = new_server()
    config = server.data / "postgresql.conf"
    good = config.read_text()
    try:
        config.write_text(good + "\nlapak_is = 'no such setting'\n")
        with pytest.raises(Trouble, match="lapak_is"):
            server.ensure_running()
    finally:
        config.write_text(good)
    assert not server.is_alive()


def test_says_that_the_disk_is_full(new_server: Callable[..., Server], tmp_path: Path, system_folder: Path) -> None:
    programs = system_folder / "full"
    programs.mkdir()
    programs.chmod(0o755)
    initdb = programs / "initdb"
    initdb.write_text("#!/bin/sh\necho 'initdb: error: could not write: No space left on device'\nexit 1\n")
    initdb.chmod(0o755)
    server = new_server(tmp_path)
    server.place = replace(server.place, programs=programs)
    with pytest.raises(Trouble, match=r"disk .* is full"):
        server.ensure_running()
    assert not server.data.exists()
